package io.feedrate.collector;

import java.io.Closeable;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Does something again and again on a thread of its own until it is closed or fails. */
final class Periodic implements Closeable {
  private final long everyNs;
  private final Task task;
  private final Consumer<Throwable> onFailure;
  private final Thread thread;
  private volatile boolean running = true;

  private Periodic(String name, Duration every, Task task, Consumer<Throwable> onFailure) {
    this.everyNs = every.toNanos();
    this.task = task;
    this.onFailure = onFailure;
    this.thread = new Thread(this::run, name);
  }

  /** What is done. */
  @FunctionalInterface
  interface Task {
    void run() throws Exception;
  }

  /** Starts the thread; the task runs at once and then every so often. */
  static Periodic start(String name, Duration every, Task task, Consumer<Throwable> onFailure) {
    Periodic periodic = new Periodic(name, every, task, onFailure);
    periodic.thread.start();
    return periodic;
  }

  private void run() {
    long nextNs = System.nanoTime();
    try {
      while (running) {
        task.run();
        // What was missed while the machine slept is not made up for.
        nextNs = Math.max(nextNs + everyNs, System.nanoTime() - everyNs);
        long waitNs;
        while (running && (waitNs = nextNs - System.nanoTime()) > 0) {
          LockSupport.parkNanos(waitNs);
        }
      }
    } catch (Exception | Error e) {
      onFailure.accept(e);
    }
  }

  /** Waits for the task if it runs just now. */
  @Override
  public void close() {
    running = false;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
