package io.feedrate.collector.engine;

import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.journal.JournalReader;
import io.feedrate.collector.store.Checkpoint;
import io.feedrate.collector.store.EntryRow;
import io.feedrate.collector.store.ExclusionRow;
import io.feedrate.collector.store.GapRow;
import io.feedrate.collector.store.RegisterRow;
import io.feedrate.collector.store.RejectRow;
import io.feedrate.collector.store.Store;
import io.feedrate.collector.store.StoreBatch;
import io.feedrate.collector.store.StoreReader;
import io.feedrate.kpi.Episode;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.engine.KpiEngine;
import java.io.Closeable;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live engine: reads the journal from its checkpoint on, commits what comes out, publishes.
 *
 * <p>Results and model updates are committed as soon as they come out, other things, episodes among
 * them, within {@link #COMMIT_NS}, and a checkpoint alone every {@link #CHECKPOINT_NS}: that bounds
 * what a restart reads again, and the wear of writing the whole state. The journal is synced before
 * each commit, so that the store never knows more than the journal, also after a power loss.
 *
 * <p><b>Thread</b>: {@link #recover()} and {@link #start()} by who wires, once; {@link #state()},
 * {@link #failure()} any; the rest is the engine thread's own. <b>Errors</b>: whatever the engine
 * thread throws ends it, is kept as {@link #failure()} and told to the listener, once.
 */
public final class EngineThread implements Closeable {
  static final long COMMIT_NS = TimeUnit.SECONDS.toNanos(5);
  static final long CHECKPOINT_NS = TimeUnit.SECONDS.toNanos(30);

  private static final Logger LOG = LoggerFactory.getLogger(EngineThread.class);
  private static final long PUBLISH_NS = TimeUnit.SECONDS.toNanos(1);
  private static final int POLL_LIMIT = 256;
  private static final int STAGED_ROWS = 10_000;
  private static final long MAX_PARK_NS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Journal journal;
  private final Store store;
  private final Consumer<Throwable> onFailure;
  private final Function<String, Register> registers;
  private EngineDriver driver;
  private boolean muted;
  private final StoreBatch batch = new StoreBatch();
  private final LiveFigures figures = new LiveFigures();
  private final Seconds seconds = new Seconds();
  private final Thread thread = new Thread(this::run, "feedrate-engine");
  private @Nullable JournalReader reader;
  private volatile boolean running = true;
  private volatile LiveState state = LiveState.EMPTY;
  private volatile @Nullable Throwable failure;
  private volatile long committedPosition;
  private boolean staged;
  private long commits;
  private long commitNs;
  private long stateBytes;
  private long committedAtNs = System.nanoTime();
  private long publishedAtNs = System.nanoTime();

  /**
   * An engine that stands still.
   *
   * @param registers reads a register's canonical text
   * @param onFailure called on the engine thread when it cannot go on
   */
  public EngineThread(
      Journal journal,
      Store store,
      Function<String, Register> registers,
      Consumer<Throwable> onFailure) {
    this.journal = journal;
    this.store = store;
    this.onFailure = onFailure;
    this.registers = registers;
    this.driver = new EngineDriver(new Output(), registers);
  }

  /** Gathers what comes out until the next commit; muted, it is in the store already. */
  private final class Output implements EngineOutput {
    @Override
    public void onResult(Result result) {
      if (!muted) {
        batch.add(result);
        figures.add(result);
        stageIfMany();
      }
    }

    @Override
    public void onModelUpdate(ModelUpdate update) {
      if (!muted) {
        batch.add(update);
        figures.modelUpdated();
      }
    }

    @Override
    public void onEpisode(Episode episode) {
      if (!muted) {
        batch.add(episode);
        stageIfMany();
      }
    }

    @Override
    public void onTick(long nowNs) {
      seconds.tick(driver.engine(), nowNs);
    }

    @Override
    public void onRegister(Register register, RegisterRow row) {
      if (!muted) {
        batch.add(row);
      }
    }

    @Override
    public void onExclusion(ExclusionRow row) {
      if (!muted) {
        batch.add(row);
      }
    }

    @Override
    public void onGap(GapRow row) {
      if (!muted) {
        batch.add(row);
      }
    }

    @Override
    public void onSwitchedOff(String subject, String signal, long fromNs, long toNs) {
      if (!muted) {
        batch.add(ObservedExclusion.row(subject, signal, fromNs, toNs, driver.timeNs()));
      }
    }

    @Override
    public void onEntry(EntryRow row) {
      if (!muted) {
        batch.add(row);
      }
    }

    @Override
    public void onReject(RejectRow row) {
      if (!muted) {
        batch.add(row);
        figures.add(row.cause());
      }
    }
  }

  /** A long downtime closes very many windows at one tick. */
  private void stageIfMany() {
    if (batch.size() >= STAGED_ROWS) {
      store.stage(batch);
      staged = true;
    }
  }

  /** Goes to where the last run ended: checkpoint, then the rest of the journal. */
  public void recover() {
    long startNs = System.nanoTime();
    Optional<Checkpoint> checkpoint = store.checkpoint();
    if (checkpoint.isPresent()) {
      restore(checkpoint.get());
    } else {
      reader = readerAfter(0);
    }
    committedPosition = driver.position();
    figures.warm(store);
    while (poll() > 0) {
      commitIfDue();
    }
    commit();
    publish(0);
    if (driver.recordCount() > 0 || checkpoint.isPresent()) {
      LOG.info(
          "recovered in {} ms: {} records after the checkpoint",
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs),
          driver.recordCount());
    }
  }

  private void restore(Checkpoint checkpoint) {
    reader = readerAfter(checkpoint.position());
    try {
      driver.restore(checkpoint);
    } catch (IllegalArgumentException e) {
      LOG.warn("reading the journal again, because {}", e.getMessage());
      rebuild(checkpoint);
    }
  }

  /**
   * The journal leads to the same place. Results of before stay as they are. If another version of
   * Feedrate computed them, or the journal's beginning is lost, what follows is marked as computed
   * by a successor.
   */
  private void rebuild(Checkpoint last) {
    driver = new EngineDriver(new Output(), registers);
    boolean complete;
    try (StoreReader rows = store.reader();
        JournalReader all = journal.reader(0)) {
      complete = beginAtBase(rows);
      all.moveAfterOrOldest(driver.position());
      muted = true;
      while (all.poll(driver, POLL_LIMIT, last.position()) > 0) {}
      muted = false;
    }
    if (last.format() != Snapshot.FORMAT || !complete) {
      store.handOver(driver.checkpoint(store.rows()), complete);
      LOG.warn(
          "results of before {} stay as the Feedrate of then computed them; only later ones can be"
              + " verified",
          instant(driver.timeNs()));
    }
  }

  /** Whether that gives all that the journal ever told; an empty driver where nothing is gone. */
  private boolean beginAtBase(StoreReader rows) {
    Optional<Checkpoint> base = rows.base();
    if (base.isEmpty()) {
      return true;
    }
    try {
      driver.restore(base.get());
      return true;
    } catch (IllegalArgumentException e) {
      LOG.warn(
          "the state of {} is lost, and retention removed the journal before it: {}. Model updates,"
              + " episodes and last values that began earlier are not known until they are told"
              + " anew",
          instant(base.get().timeNs()),
          e.getMessage());
      driver = new EngineDriver(new Output(), registers);
      driver.beginWithout(base.get(), rows.enteredExclusions());
      return false;
    }
  }

  private static Instant instant(long epochNs) {
    return Instant.ofEpochSecond(0, epochNs);
  }

  private JournalReader readerAfter(long position) {
    try {
      return journal.reader(position);
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          store.file()
              + " was computed from another journal than the one beside it, or the disk lost part"
              + " of the journal. Move the file away, and heads.log with it: it is computed again from what"
              + " is there",
          e);
    }
  }

  /** Hash of the register in force, "" before the first; before {@link #start()} only. */
  public String registerHash() {
    return driver.registerHash();
  }

  /** Begins to follow the journal, after {@link #recover()}. */
  public void start() {
    thread.start();
  }

  private void run() {
    try {
      IdleStrategy idle = new BackoffIdleStrategy(20, 5, 1_000, MAX_PARK_NS);
      while (running) {
        int n = poll();
        commitIfDue();
        publishIfDue(n);
        idle.idle(n);
      }
      drain();
      commit();
      publish(0);
    } catch (Throwable e) { // also errors: an engine that ended must never look alive
      failure = e;
      onFailure.accept(e);
    }
  }

  /** What was journaled before the stop still counts; what comes meanwhile waits for next time. */
  private void drain() {
    long last = journal.lastPosition();
    while (driver.position() < last && poll() > 0) {
      commitIfDue();
    }
  }

  private int poll() {
    JournalReader cursor = reader;
    if (cursor == null) {
      throw new IllegalStateException("recover first");
    }
    return cursor.poll(driver, POLL_LIMIT);
  }

  private void commitIfDue() {
    long waitingNs = System.nanoTime() - committedAtNs;
    if (batch.hasFigures()
        || staged
        || (waitingNs > COMMIT_NS && !batch.isEmpty())
        || waitingNs > CHECKPOINT_NS) {
      commit();
    }
  }

  private void commit() {
    committedAtNs = System.nanoTime();
    boolean nothingNew = batch.isEmpty() && driver.position() == committedPosition;
    if (driver.register() == null || (nothingNew && !staged)) {
      return; // before the first register there is nothing to go on from
    }
    journal.sync();
    Checkpoint checkpoint = driver.checkpoint(store.rows().plus(batch.rows()));
    store.commit(batch, checkpoint);
    staged = false;
    committedPosition = checkpoint.position();
    commits++;
    commitNs = System.nanoTime() - committedAtNs;
    stateBytes = checkpoint.state().length;
  }

  private void publishIfDue(int polled) {
    if (System.nanoTime() - publishedAtNs > PUBLISH_NS) {
      boolean behind = polled == POLL_LIMIT;
      publish(behind ? Math.max(0, journal.clock().nowNs() - driver.timeNs()) : 0);
    }
  }

  private void publish(long lagNs) {
    publishedAtNs = System.nanoTime();
    KpiEngine engine = driver.engine();
    state =
        new LiveState(
            driver.timeNs(),
            driver.position(),
            lagNs,
            driver.recordCount(),
            driver.sampleCount(),
            driver.misfitCount(),
            LiveFigures.counts(engine),
            figures.rejects(),
            Optional.ofNullable(driver.register()),
            LiveFigures.assets(engine),
            seconds.pane(),
            LiveFigures.clockOffsetsNs(engine),
            figures.latest(),
            figures.modelUpdates(engine),
            figures.revisions(),
            commits,
            commitNs,
            stateBytes);
  }

  /** What the engine knew at most a second ago. */
  public LiveState state() {
    return state;
  }

  /** Position up to which everything is in the store. */
  public long committedPosition() {
    return committedPosition;
  }

  /** Why the engine ended, if it did. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** Reads what is journaled, commits it with a last checkpoint and ends. Safe without start. */
  @Override
  public void close() {
    running = false;
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true; // the last commit is worth waiting for
      }
    }
    if (reader != null) {
      reader.close();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
