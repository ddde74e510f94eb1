package io.feedrate.collector.sink.influx;

import io.feedrate.collector.config.GatewayConfig.InfluxConfig;
import io.feedrate.collector.sink.ResultFeed;
import io.feedrate.collector.sink.SinkStatus;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Register;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes results from the store to InfluxDB, in order, each at least once; a repeated point
 * overwrites itself there ({@link LineProtocol}).
 *
 * <p>The cursor moves when the server has confirmed a batch. While the server is away, overloaded
 * or refuses our token, the same batch is tried again with growing waits: the store is the buffer.
 * A batch that the server refuses for its contents is halved until the bad results are alone; those
 * are counted, logged with the reason, and passed over.
 *
 * <p><b>Thread</b>: one of its own; the public methods are for any.
 */
public final class InfluxSink implements AutoCloseable {

  /** Name of the sink, and of its cursor in the store. */
  public static final String NAME = "influx";

  /** The most lines of one request. */
  static final int BATCH_LINES = 5000;

  private static final Logger LOG = LoggerFactory.getLogger(InfluxSink.class);
  private static final Duration POLL = Duration.ofSeconds(1);

  private final InfluxConfig config;
  private final ResultFeed feed;
  private final LineProtocol lines;
  private final RetryPolicy retry;
  private final Clock clock;
  private final Pause pause = new Pause();
  private final Batch batch = new Batch();

  // Written by the sink's thread alone.
  private volatile long cursor;
  private final AtomicLong delivered = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong retries = new AtomicLong();
  private volatile SinkStatus.State state = SinkStatus.State.OK;
  private volatile Trouble lastTrouble = new Trouble("", SinkStatus.NONE);

  private @Nullable Thread thread;

  /**
   * A sink that is not yet started.
   *
   * @param kpis what names the counts of the results
   * @param register what tells a subject's kind
   */
  public InfluxSink(InfluxConfig config, ResultFeed feed, Collection<Kpi> kpis, Register register) {
    this(config, feed, new LineProtocol(kpis, register), RetryPolicy.DEFAULT, Clock.systemUTC());
  }

  InfluxSink(
      InfluxConfig config, ResultFeed feed, LineProtocol lines, RetryPolicy retry, Clock clock) {
    this.config = config;
    this.feed = feed;
    this.lines = lines;
    this.retry = retry;
    this.clock = clock;
    this.cursor = feed.cursor(NAME);
  }

  /** Starts delivering; returns at once. */
  public synchronized void start() {
    if (thread != null || pause.ended()) {
      throw new IllegalStateException("a sink is started once");
    }
    thread = new Thread(this::run, "sink-influx");
    thread.setDaemon(true);
    thread.start();
  }

  /** Says that there may be new results: they go out now rather than within a second. */
  public void resultsStored() {
    pause.wake();
  }

  /** State now. Asks the store for the backlog. */
  public SinkStatus status() {
    long from = cursor;
    long backlog = feed.countAfter(from);
    List<ResultFeed.Row> oldest = backlog == 0 ? List.of() : feed.after(from, 1);
    Trouble trouble = lastTrouble;
    return new SinkStatus(
        NAME,
        config.url() + " bucket " + config.bucket(),
        pause.ended() ? SinkStatus.State.CLOSED : state,
        delivered.get(),
        refused.get(),
        retries.get(),
        backlog,
        oldest.isEmpty() ? SinkStatus.NONE : oldest.get(0).result().endNs(),
        trouble.text,
        trouble.atNs);
  }

  /** Stops after the request under way, which gets two seconds. Safe without start, and twice. */
  @Override
  public void close() {
    pause.end();
    Thread running;
    synchronized (this) {
      running = thread;
    }
    if (running == null || running == Thread.currentThread()) {
      return;
    }
    try {
      running.join(2000);
      running.interrupt(); // breaks off a request that hangs
      running.join(2000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (InfluxWriter writer = new InfluxWriter(config)) {
      LOG.info("Results go to {} bucket {}", config.url(), config.bucket());
      int failures = 0;
      while (!pause.ended()) {
        try {
          if (!deliverNext(writer)) {
            pause.await(POLL);
          }
          failures = 0;
        } catch (RuntimeException e) {
          // The store: busy or broken. Nothing was committed, so the batch comes again.
          trouble("The store failed: " + e, SinkStatus.State.RETRYING);
          pause.await(retry.delay(++failures, ThreadLocalRandom.current()));
        }
      }
    }
  }

  /** Delivers the next batch; false when there is none. */
  private boolean deliverNext(InfluxWriter writer) {
    List<ResultFeed.Row> rows = feed.after(cursor, BATCH_LINES / lines.linesPerResult());
    if (rows.isEmpty()) {
      return false;
    }
    batch.fill(rows, lines);
    if (deliver(writer, 0, batch.size())) {
      feed.commit(NAME, batch.lastId());
      cursor = batch.lastId();
    }
    return true;
  }

  /** Delivers some results of the batch, however long it takes; false when closed before. */
  private boolean deliver(InfluxWriter writer, int from, int to) {
    Response response = send(writer, batch.lines(from, to));
    if (response instanceof Response.Accepted) {
      delivered.addAndGet(to - from);
      return true;
    }
    if (!(response instanceof Response.Refused refusal)) {
      return false;
    }
    if (to - from == 1) {
      refused.incrementAndGet();
      trouble(
          "Refused for good, " + refusal.reason() + ": " + batch.lines(from, to).strip(), state);
      return true;
    }
    int middle = (from + to) >>> 1;
    return deliver(writer, from, middle) && deliver(writer, middle, to);
  }

  /** Sends until the server decided about these lines; {@code Later} only when closed before. */
  private Response send(InfluxWriter writer, String text) {
    for (int failures = 1; ; failures++) {
      Response response = writer.write(text);
      if (!(response instanceof Response.Later later)) {
        recovered();
        return response;
      }
      if (pause.ended()) {
        return response;
      }
      trouble(
          later.reason(),
          later.attention() ? SinkStatus.State.ATTENTION : SinkStatus.State.RETRYING);
      Duration wait = retry.delay(failures, ThreadLocalRandom.current());
      pause.awaitEnd(wait.compareTo(later.after()) < 0 ? later.after() : wait);
      if (pause.ended()) {
        return response;
      }
      retries.incrementAndGet();
    }
  }

  private void recovered() {
    if (state != SinkStatus.State.OK) {
      LOG.info("{} takes results again", config.url());
      state = SinkStatus.State.OK;
    }
  }

  /** Keeps the error for the status; logs it, but a repeated outage once only. */
  private void trouble(String text, SinkStatus.State next) {
    if (state != next || next == SinkStatus.State.OK || !text.equals(lastTrouble.text)) {
      LOG.warn("InfluxDB at {}: {}", config.url(), text);
    }
    Instant now = clock.instant();
    lastTrouble = new Trouble(text, now.getEpochSecond() * 1_000_000_000L + now.getNano());
    state = next;
  }

  private record Trouble(String text, long atNs) {}
}
