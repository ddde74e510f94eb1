package io.feedrate.collector.engine;

import io.feedrate.collector.journal.RejectCause;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Outcome;
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
 * @param engine what happened to samples, since the first record of the journal
 * @param rejects by cause since the process started
 * @param register in force
 * @param assets totals by asset id, each of its own signals alone, since the first record
 * @param seconds what was settled in the last seconds
 * @param clockOffsetsNs source minus collector, by link id
 * @param latest newest base window of each KPI and subject; no shifts and days
 * @param modelUpdates all targets that are followed, oldest first
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
    EngineCounts engine,
    Map<RejectCause, Long> rejects,
    Optional<Register> register,
    List<AssetTotals> assets,
    SecondsPane seconds,
    List<Long> clockOffsetsNs,
    Map<Key, Result> latest,
    List<ModelUpdate> modelUpdates,
    long revisions,
    long commits,
    long commitNs,
    long stateBytes) {

  /** Before anything was read. */
  public static final LiveState EMPTY =
      new LiveState(
          Long.MIN_VALUE,
          0,
          0,
          0,
          0,
          0,
          new EngineCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
          Map.of(),
          Optional.empty(),
          List.of(),
          SecondsPane.EMPTY,
          List.of(),
          Map.of(),
          List.of(),
          0,
          0,
          0,
          0);

  /** One KPI of one subject. */
  public record Key(String kpi, String subject) {}

  /**
   * What the engine did with samples and events.
   *
   * @param repeatedMessages inferences, advice and events that came again and did not count
   * @param beyondRevision counts that came too late for any window to be revised
   * @param episodesDropped episodes that lapsed because too many were open
   * @param updatesUntracked reports of model updates that could not be followed
   */
  public record EngineCounts(
      long samples,
      long duplicates,
      long repeatedMessages,
      long withoutSourceTime,
      long tooLate,
      long clockSuspect,
      long overflows,
      long unknownNode,
      long beyondRevision,
      long episodesDropped,
      long updatesUntracked) {}

  /** Totals of one asset. They only grow, as counters of a monitoring system must. */
  public static final class AssetTotals {
    private final long[] slots;
    private final long inferencesOk;
    private final long inferencesFailed;

    AssetTotals(long[] slots, long inferencesOk, long inferencesFailed) {
      this.slots = slots;
      this.inferencesOk = inferencesOk;
      this.inferencesFailed = inferencesFailed;
    }

    /** Slots of the asset's own signals that were settled with this outcome. */
    public long slots(Outcome outcome) {
      return slots[outcome.ordinal()];
    }

    /** Production inferences that succeeded. */
    public long inferencesOk() {
      return inferencesOk;
    }

    /** Production inferences that did not. */
    public long inferencesFailed() {
      return inferencesFailed;
    }
  }
}
