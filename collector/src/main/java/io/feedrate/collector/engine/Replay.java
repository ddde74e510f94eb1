package io.feedrate.collector.engine;

import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.journal.JournalReader;
import io.feedrate.collector.store.Canonical;
import io.feedrate.collector.store.Checkpoint;
import io.feedrate.collector.store.ExclusionRow;
import io.feedrate.collector.store.RegisterRow;
import io.feedrate.collector.store.RejectRow;
import io.feedrate.collector.store.StoreReader;
import io.feedrate.kpi.Episode;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Computes everything again from the first journal record with a fresh engine, up to the store's
 * checkpoint, and compares it with the store row by row. Where retention removed the journal's
 * beginning it goes on from the state that retention left in its place.
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

  private Replay(Path dataDirectory, boolean verify, Function<String, Register> registers) {
    this.registers = registers;
    this.store = StoreReader.open(dataDirectory);
    this.journal = JournalReader.open(Journal.in(dataDirectory));
    long firstResult = store.base().map(Checkpoint::results).orElse(0L);
    long firstModelUpdate = store.base().map(Checkpoint::modelUpdates).orElse(0L);
    this.results = new RowComparison(verify, firstResult, this::resultRows);
    this.modelUpdates = new RowComparison(verify, firstModelUpdate, this::modelUpdateRows);
  }

  /** What came out. */
  public record Report(
      boolean fromBase,
      long records,
      long samples,
      long misfits,
      long journalTimeNs,
      long durationNs,
      long results,
      long modelUpdates,
      long equalResults,
      long equalModelUpdates,
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
   */
  public static Report run(
      Path dataDirectory, boolean verify, Function<String, Register> registers) {
    try (Replay replay = new Replay(dataDirectory, verify, registers)) {
      return replay.run();
    }
  }

  private Report run() {
    long startNs = System.nanoTime();
    Optional<Checkpoint> end = store.checkpoint();
    EngineDriver driver = new EngineDriver(new Output(), registers);
    store.base().ifPresent(driver::restore);
    long last = end.map(Checkpoint::position).orElse(0L);
    journal.moveAfterOrOldest(driver.position());
    while (journal.poll(driver, POLL_LIMIT, last) > 0) {}
    if (driver.position() != last) {
      throw new IllegalStateException(
          "the journal ends at %x, before the store's checkpoint at %x"
              .formatted(driver.position(), last));
    }
    results.finish(end.map(Checkpoint::results).orElse(0L));
    modelUpdates.finish(end.map(Checkpoint::modelUpdates).orElse(0L));
    List<String> differences = new ArrayList<>(results.differences());
    differences.addAll(modelUpdates.differences());
    return new Report(
        store.base().isPresent(),
        driver.recordCount(),
        driver.sampleCount(),
        driver.misfitCount(),
        driver.timeNs(),
        System.nanoTime() - startNs,
        results.computed(),
        modelUpdates.computed(),
        results.equal(),
        modelUpdates.equal(),
        differences,
        results.differenceCount() + modelUpdates.differenceCount());
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
    public void onEpisode(Episode episode) {}

    @Override
    public void onRegister(Register register, RegisterRow row) {}

    @Override
    public void onExclusion(ExclusionRow row) {}

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

  @Override
  public void close() {
    journal.close();
    store.close();
  }
}
