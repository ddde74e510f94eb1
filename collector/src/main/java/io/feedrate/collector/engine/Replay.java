package io.feedrate.collector.engine;

import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.journal.JournalReader;
import io.feedrate.collector.store.Canonical;
import io.feedrate.collector.store.Checkpoint;
import io.feedrate.collector.store.ExclusionRow;
import io.feedrate.collector.store.GapRow;
import io.feedrate.collector.store.RegisterRow;
import io.feedrate.collector.store.RejectRow;
import io.feedrate.collector.store.RowCounts;
import io.feedrate.collector.store.StoreReader;
import io.feedrate.kpi.Episode;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Snapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Computes everything again from the first journal record with a fresh engine, up to the store's
 * checkpoint, and compares it with the store row by row. Where retention removed the journal's
 * beginning, or another version of Feedrate computed what was before, it goes on from the state
 * that was left in its place.
 *
 * <p><b>Thread</b>: its owner's. Reads only.
 */
public final class Replay implements AutoCloseable {
  private static final int POLL_LIMIT = 1024;
  private static final int PAGE = 1000;

  private final StoreReader store;
  private final JournalReader journal;
  private final Function<String, Register> registers;
  private final RowComparison results;
  private final RowComparison modelUpdates;
  private final RowComparison episodes;

  private Replay(Path dataDirectory, boolean verify, Function<String, Register> registers) {
    this.registers = registers;
    this.store = StoreReader.open(dataDirectory);
    this.journal = JournalReader.open(Journal.in(dataDirectory));
    RowCounts first = store.base().map(Checkpoint::rows).orElse(RowCounts.NONE);
    this.results =
        new RowComparison(verify, first.results(), Canonical.RESULT_KEY_LINES, this::resultRows);
    this.modelUpdates =
        new RowComparison(
            verify, first.modelUpdates(), Canonical.MODEL_UPDATE_KEY_LINES, this::modelUpdateRows);
    this.episodes =
        new RowComparison(verify, first.episodes(), Canonical.EPISODE_KEY_LINES, this::episodeRows);
  }

  /**
   * What came out.
   *
   * @param fromBase whether it began with a stored state instead of the first record
   * @param beganNs journal time of that state, the smallest long where it began with the first
   * @param handedOver whether another version of Feedrate computed what was before
   */
  public record Report(
      boolean fromBase,
      long beganNs,
      boolean handedOver,
      long records,
      long samples,
      long misfits,
      long journalTimeNs,
      long durationNs,
      long results,
      long modelUpdates,
      long episodes,
      long equalResults,
      long equalModelUpdates,
      long equalEpisodes,
      List<String> differences,
      long differenceCount) {

    /** Whether nothing differs. */
    public boolean isEqual() {
      return differenceCount == 0;
    }
  }

  /**
   * Replays a data directory on which no collector runs.
   *
   * @param verify whether to compare with the store
   * @param registers reads a register's canonical text
   * @throws IllegalStateException if another version of Feedrate wrote the store's states
   */
  public static Report run(
      Path dataDirectory, boolean verify, Function<String, Register> registers) {
    try (Replay replay = new Replay(dataDirectory, verify, registers)) {
      return replay.run();
    }
  }

  private Report run() {
    long startNs = System.nanoTime();
    Optional<Checkpoint> base = store.base();
    Optional<Checkpoint> end = store.checkpoint();
    EngineDriver driver = new EngineDriver(new Output(), registers);
    end.ifPresent(Replay::requireFormat);
    base.ifPresent(Replay::requireFormat);
    base.ifPresent(driver::restore);
    long last = end.map(Checkpoint::position).orElse(0L);
    journal.moveAfterOrOldest(driver.position());
    while (journal.poll(driver, POLL_LIMIT, last) > 0) {}
    if (driver.position() != last) {
      throw new IllegalStateException(
          "the journal ends at %x, before the store's checkpoint at %x"
              .formatted(driver.position(), last));
    }
    RowCounts stored = end.map(Checkpoint::rows).orElse(RowCounts.NONE);
    results.finish(stored.results());
    modelUpdates.finish(stored.modelUpdates());
    episodes.finish(stored.episodes());
    return report(driver, base, System.nanoTime() - startNs);
  }

  /**
   * Rows of another version may be computed in another way: to call that a fault would be wrong.
   */
  private static void requireFormat(Checkpoint checkpoint) {
    if (checkpoint.format() != Snapshot.FORMAT) {
      throw new IllegalStateException(
          "another version of Feedrate computed these results (format %d, this one has %d): verify"
                  .formatted(checkpoint.format(), Snapshot.FORMAT)
              + " them with that version, or run this one on the directory first; it can then"
              + " verify what it computed itself");
    }
  }

  private Report report(EngineDriver driver, Optional<Checkpoint> base, long durationNs) {
    List<RowComparison> all = List.of(results, modelUpdates, episodes);
    return new Report(
        base.isPresent(),
        base.map(Checkpoint::timeNs).orElse(Long.MIN_VALUE),
        !store.handovers().isEmpty(),
        driver.recordCount(),
        driver.sampleCount(),
        driver.misfitCount(),
        driver.timeNs(),
        durationNs,
        results.computed(),
        modelUpdates.computed(),
        episodes.computed(),
        results.equal(),
        modelUpdates.equal(),
        episodes.equal(),
        all.stream().flatMap(each -> each.differences().stream()).toList(),
        all.stream().mapToLong(RowComparison::differenceCount).sum());
  }

  private final class Output implements EngineOutput {
    @Override
    public void onResult(Result result) {
      results.onComputed(Canonical.text(result));
    }

    @Override
    public void onModelUpdate(ModelUpdate update) {
      modelUpdates.onComputed(Canonical.text(update));
    }

    @Override
    public void onEpisode(Episode episode) {
      episodes.onComputed(Canonical.text(episode));
    }

    @Override
    public void onRegister(Register register, RegisterRow row) {}

    @Override
    public void onExclusion(ExclusionRow row) {}

    @Override
    public void onGap(GapRow row) {}

    @Override
    public void onReject(RejectRow row) {}
  }

  private List<RowComparison.Row> resultRows(long afterId) {
    return store.resultsAfter(afterId, PAGE).stream()
        .map(row -> new RowComparison.Row(row.id(), Canonical.text(row.result())))
        .toList();
  }

  private List<RowComparison.Row> modelUpdateRows(long afterId) {
    return store.modelUpdatesAfter(afterId, PAGE).stream()
        .map(row -> new RowComparison.Row(row.id(), Canonical.text(row.update())))
        .toList();
  }

  private List<RowComparison.Row> episodeRows(long afterId) {
    return store.episodesAfter(afterId, PAGE).stream()
        .map(row -> new RowComparison.Row(row.id(), Canonical.text(row.episode())))
        .toList();
  }

  @Override
  public void close() {
    journal.close();
    store.close();
  }
}
