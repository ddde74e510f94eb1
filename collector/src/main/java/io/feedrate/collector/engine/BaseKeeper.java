package io.feedrate.collector.engine;

import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.journal.JournalReader;
import io.feedrate.collector.journal.JournalRetention;
import io.feedrate.collector.store.Checkpoint;
import io.feedrate.collector.store.Cursors;
import io.feedrate.collector.store.ExclusionRow;
import io.feedrate.collector.store.GapRow;
import io.feedrate.collector.store.RegisterRow;
import io.feedrate.collector.store.RejectRow;
import io.feedrate.collector.store.RowCounts;
import io.feedrate.kpi.Episode;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Before retention removes an hour of the journal, its records are run through an engine of their
 * own, and that engine's state becomes the base that a replay of the rest begins with. So what is
 * left of a journal can always be verified. Where the base lies later than what goes, because
 * another version of Feedrate took over since, it stays as it is.
 *
 * <p><b>Thread</b>: retention's.
 */
public final class BaseKeeper implements JournalRetention.BeforeRemoval {
  private static final Logger LOG = LoggerFactory.getLogger(BaseKeeper.class);
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
    Counter counter = new Counter();
    EngineDriver driver = new EngineDriver(counter, registers);
    Optional<Checkpoint> base = cursors.base();
    if (base.isPresent()) {
      try {
        driver.restore(base.get());
        counter.rows = base.get().rows();
      } catch (IllegalArgumentException e) {
        return beginWithTheEngine(e);
      }
    }
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
    cursors.saveBase(driver.checkpoint(counter.rows));
    return true;
  }

  /**
   * A base that cannot be used leads nowhere: from now on a replay begins where the engine is. What
   * retention may remove, the engine has committed.
   */
  private boolean beginWithTheEngine(IllegalArgumentException reason) {
    LOG.warn(
        "the state before the journal's first record cannot be used: {}. Results of before now"
            + " cannot be verified any more",
        reason.getMessage());
    Optional<Checkpoint> engine = cursors.engine();
    engine.ifPresent(cursors::saveBase);
    return engine.isPresent();
  }

  /** Counts what the live engine computed of these records. */
  private static final class Counter implements EngineOutput {
    private static final RowCounts RESULT = new RowCounts(1, 0, 0);
    private static final RowCounts MODEL_UPDATE = new RowCounts(0, 1, 0);
    private static final RowCounts EPISODE = new RowCounts(0, 0, 1);

    private RowCounts rows = RowCounts.NONE;

    @Override
    public void onResult(Result result) {
      rows = rows.plus(RESULT);
    }

    @Override
    public void onModelUpdate(ModelUpdate update) {
      rows = rows.plus(MODEL_UPDATE);
    }

    @Override
    public void onEpisode(Episode episode) {
      rows = rows.plus(EPISODE);
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
}
