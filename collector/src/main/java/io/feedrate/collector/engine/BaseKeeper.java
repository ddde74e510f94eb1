package io.feedrate.collector.engine;

import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.journal.JournalReader;
import io.feedrate.collector.journal.JournalRetention;
import io.feedrate.collector.store.Checkpoint;
import io.feedrate.collector.store.Cursors;
import io.feedrate.collector.store.ExclusionRow;
import io.feedrate.collector.store.RegisterRow;
import io.feedrate.collector.store.RejectRow;
import io.feedrate.kpi.Episode;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongPredicate;

/**
 * Before retention removes an hour of the journal, its records are run through an engine of their
 * own, and that engine's state becomes the base that a replay of the rest begins with. So what is
 * left of a journal can always be verified.
 *
 * <p><b>Thread</b>: retention's.
 */
public final class BaseKeeper implements JournalRetention.BeforeRemoval {
  private static final int POLL_LIMIT = 256;

  private final Journal journal;
  private final Cursors cursors;
  private final Function<String, Register> registers;

  /** A keeper that saves the base through {@code cursors}. */
  public BaseKeeper(Journal journal, Cursors cursors, Function<String, Register> registers) {
    this.journal = journal;
    this.cursors = cursors;
    this.registers = registers;
  }

  @Override
  public boolean prepare(LongPredicate removed) {
    Optional<Checkpoint> base = cursors.base();
    Counter counter = new Counter();
    base.ifPresent(
        b -> {
          counter.results = b.results();
          counter.modelUpdates = b.modelUpdates();
        });
    EngineDriver driver = new EngineDriver(counter, registers);
    base.ifPresent(driver::restore);
    try (JournalReader reader = journal.readerAfterOrOldest(driver.position())) {
      JournalReader.RecordHandler untilKept =
          (templateId, record, header, position) -> {
            if (removed.test(position)) {
              driver.onRecord(templateId, record, header, position);
            }
          };
      int n;
      do {
        n = reader.poll(untilKept, POLL_LIMIT);
      } while (n > 0 && removed.test(reader.position()));
    }
    if (driver.register() == null) {
      return false; // nothing could go on from there
    }
    cursors.saveBase(driver.checkpoint(counter.results, counter.modelUpdates));
    return true;
  }

  /** Counts what the live engine computed of these records. */
  private static final class Counter implements EngineOutput {
    private long results;
    private long modelUpdates;

    @Override
    public void onResult(Result result) {
      results++;
    }

    @Override
    public void onModelUpdate(ModelUpdate update) {
      modelUpdates++;
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
}
