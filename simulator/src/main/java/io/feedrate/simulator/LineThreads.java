package io.feedrate.simulator;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** All threads of one line, so that closing it leaves none behind. */
final class LineThreads implements AutoCloseable {
  static final String PREFIX = "simulator-";

  private static final int CLOSE_SECONDS = 10;

  private final EventLoopGroup network =
      new MultiThreadIoEventLoopGroup(2, named("network"), NioIoHandler.newFactory());
  private final ExecutorService requests = Executors.newCachedThreadPool(named("request"));
  private final ScheduledThreadPoolExecutor timers = scheduler(2, "timer");
  private final ScheduledThreadPoolExecutor publishing = scheduler(2, "publishing");

  private static ScheduledThreadPoolExecutor scheduler(int threads, String name) {
    ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(threads, named(name));
    scheduler.setRemoveOnCancelPolicy(true);
    scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return scheduler;
  }

  private static ThreadFactory named(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, PREFIX + name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Sockets of the OPC UA servers and of the relays. */
  EventLoopGroup network() {
    return network;
  }

  /** Requests of OPC UA clients. */
  ExecutorService requests() {
    return requests;
  }

  /** Ticks of all assets. */
  ScheduledExecutorService timers() {
    return timers;
  }

  /** Publishing timers of the OPC UA servers: not on the ticks' threads, which may be busy. */
  ScheduledExecutorService publishing() {
    return publishing;
  }

  @Override
  public void close() {
    timers.shutdownNow();
    publishing.shutdownNow();
    requests.shutdownNow();
    network.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
    await(timers);
    await(publishing);
    await(requests);
  }

  private static void await(ExecutorService executor) {
    try {
      if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("threads of the simulator do not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
