package io.feedrate.simulator;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls an asset at every multiple of its tick since the epoch, late if the computer is busy, but
 * none left out: a healthy line has a value in every slot, whatever the computer does.
 *
 * <p><b>Thread</b>: one call at a time, on a thread of the given scheduler.
 */
final class Ticker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

  /** A computer that was suspended does not make up for the night. */
  private static final long MAX_BEHIND_MS = 10_000;

  private final ScheduledExecutorService scheduler;
  private final long tickMs;
  private final LongConsumer onTick;
  private long nextMs;
  private @Nullable ScheduledFuture<?> task;

  Ticker(ScheduledExecutorService scheduler, long tickMs, LongConsumer onTick) {
    this.scheduler = scheduler;
    this.tickMs = tickMs;
    this.onTick = onTick;
  }

  synchronized void start() {
    long nowMs = System.currentTimeMillis();
    nextMs = (nowMs / tickMs + 1) * tickMs;
    task = scheduler.scheduleAtFixedRate(this::run, nextMs - nowMs, tickMs, TimeUnit.MILLISECONDS);
  }

  private synchronized void run() {
    long nowMs = System.currentTimeMillis();
    if (nowMs - nextMs > MAX_BEHIND_MS) {
      nextMs = nowMs / tickMs * tickMs;
    }
    while (nextMs <= nowMs && task != null) {
      try {
        onTick.accept(nextMs);
      } catch (RuntimeException e) {
        // A scheduled task that throws is never called again.
        LOG.error("A tick of the simulator failed", e);
      }
      nextMs += tickMs;
    }
  }

  /** No call is running when it returns, and none will come. */
  @Override
  public synchronized void close() {
    ScheduledFuture<?> running = task;
    task = null;
    if (running != null) {
      running.cancel(false);
    }
  }
}
