package io.feedrate.collector.engine;

import io.feedrate.collector.journal.RejectCause;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the engine knew when it was published; nothing in it changes afterwards.
 *
 * @param journalTimeNs time of the last record handled; the smallest long before the first
 * @param position of that record
 * @param lagNs how far the engine was behind the journal's end, 0 if it had caught up
 * @param records handled since the process started, the recovery included
 * @param samples handled since the process started
 * @param misfits records and samples that fit neither the register nor this version
 * @param rejects by cause since the process started
 * @param register in force
 * @param latest newest window of each KPI and subject
 * @param totals base counts added up over all windows that closed since the process started, first
 *     revisions only: they only grow, as counters of a monitoring system must
 * @param modelUpdates where the last targets stand, at most {@link #MAX_MODEL_UPDATES}, oldest
 *     first
 * @param revisions results that superseded an earlier one since the process started
 * @param commits transactions since the process started
 * @param commitNs how long the last transaction took
 * @param stateBytes size of the last checkpoint
 */
public record LiveState(
    long journalTimeNs,
    long position,
    long lagNs,
    long records,
    long samples,
    long misfits,
    Map<RejectCause, Long> rejects,
    Optional<Register> register,
    Map<Key, Result> latest,
    Map<Key, Counts> totals,
    List<ModelUpdate> modelUpdates,
    long revisions,
    long commits,
    long commitNs,
    long stateBytes) {

  /** The most model update targets that are kept here; the store has all. */
  public static final int MAX_MODEL_UPDATES = 1000;

  /** Before anything was read. */
  public static final LiveState EMPTY =
      new LiveState(
          Long.MIN_VALUE,
          0,
          0,
          0,
          0,
          0,
          Map.of(),
          Optional.empty(),
          Map.of(),
          Map.of(),
          List.of(),
          0,
          0,
          0,
          0);

  /** One KPI of one subject. */
  public record Key(String kpi, String subject) {}

  /** Base counts that do not change. */
  public static final class Counts {
    private final long[] values;

    Counts(long[] values) {
      this.values = values;
    }

    /** The count at an index of {@link io.feedrate.kpi.Kpi#counts()}. */
    public long get(int index) {
      return values[index];
    }

    /** How many counts there are. */
    public int size() {
      return values.length;
    }

    Counts plus(long[] more) {
      long[] sum = java.util.Arrays.copyOf(more, more.length);
      for (int i = 0; i < Math.min(sum.length, values.length); i++) {
        sum[i] += values[i];
      }
      return new Counts(sum);
    }
  }
}
