package io.feedrate.collector.sink.influx;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Waiting that a new result, or the end, cuts short. Thread: any. */
final class Pause {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean woken;
  private boolean ended;

  /** Waits until woken, ended, or the time is over. */
  void await(Duration time) {
    await(time, true);
  }

  /** Waits until ended or the time is over. */
  void awaitEnd(Duration time) {
    await(time, false);
  }

  private void await(Duration time, boolean wakeable) {
    lock.lock();
    try {
      long leftNs = time.toNanos();
      while (leftNs > 0 && !ended && !(wakeable && woken)) {
        leftNs = changed.awaitNanos(leftNs);
      }
      if (wakeable) {
        woken = false;
      }
    } catch (InterruptedException e) {
      ended = true; // only close() interrupts
    } finally {
      lock.unlock();
    }
  }

  void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean ended() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }
}
