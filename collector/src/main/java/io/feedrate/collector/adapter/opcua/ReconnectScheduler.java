package io.feedrate.collector.adapter.opcua;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Milo's timer, with its reconnect waits bounded. Milo waits 1, 2, 4, 8 and 16 s, for the channel
 * and for the session each, and lets nobody configure that; a server back after a minute would be
 * read half a minute later. These waits are the only ones that Milo schedules in seconds.
 */
final class ReconnectScheduler extends ScheduledThreadPoolExecutor {

  /** Two of them in a row, with jitter, make at most 10 s. */
  private static final long MAX_WAIT_SECONDS = 4;

  ReconnectScheduler(ThreadFactory threads) {
    super(2, threads);
    setRemoveOnCancelPolicy(true);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    if (unit == TimeUnit.SECONDS) {
      long ms = TimeUnit.SECONDS.toMillis(Math.min(delay, MAX_WAIT_SECONDS));
      return super.schedule(command, Backoff.jitter(ms), TimeUnit.MILLISECONDS);
    }
    return super.schedule(command, delay, unit);
  }
}
