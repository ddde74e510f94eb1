package io.feedrate.collector.engine;

import io.feedrate.collector.TestPlant;
import io.feedrate.collector.evidence.HeadKeeper;
import io.feedrate.collector.evidence.KeyRing;
import io.feedrate.collector.journal.DataLock;
import io.feedrate.collector.journal.EpochClock;
import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.journal.SampleBatch;
import io.feedrate.collector.store.Store;
import io.feedrate.kpi.LinkEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A collector without protocols, to be killed: threads like those of adapters append samples as
 * fast as asked for and note each acknowledged batch in a file of their own, ticks go in, the
 * engine runs with its store, heads of the log are signed. Ends by itself, in order, when it is
 * told for how long to run.
 *
 * <p>A sample's value is its number within its link, so that the journal can be checked for gaps
 * and doubles.
 */
final class KillMain {
  static final TestPlant PLANT = new TestPlant(3, 20, 100_000_000L, 1_000_000_000L, 500_000_000L);
  static final int BATCH = PLANT.signals();

  private static volatile boolean running = true;

  private KillMain() {}

  /** Arguments: data directory, milliseconds to run, 0 for ever. */
  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments[0]);
    long runMillis = Long.parseLong(arguments[1]);
    long startNs = System.nanoTime();
    DataLock lock = DataLock.take(data);
    try (Journal journal = Journal.open(Journal.in(data), new EpochClock());
        Store store = Store.open(data);
        HeadKeeper heads =
            new HeadKeeper(
                data, store.heads(), KeyRing.open(data, store, 1), "kill", System::nanoTime);
        EngineThread engine =
            new EngineThread(journal, store, TestPlant::read, e -> Runtime.getRuntime().halt(3))) {
      engine.recover();
      journal.appendStart("test");
      if (!engine.registerHash().equals(PLANT.register().hash())) {
        journal.appendRegister(PLANT.register().hash(), PLANT.json());
      }
      engine.start();
      System.out.printf("ready after %d ms%n", millisSince(startNs));
      List<Thread> threads = new ArrayList<>();
      for (int link = 0; link < PLANT.machines(); link++) {
        threads.add(machine(journal, data, link));
      }
      while (runMillis == 0 || millisSince(startNs) < runMillis) {
        journal.appendTick();
        heads.sign();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
      running = false;
      for (Thread thread : threads) {
        thread.join();
      }
    }
    lock.close();
  }

  private static long millisSince(long startNs) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
  }

  static Path acknowledged(Path data, int link) {
    return data.resolve("acknowledged-" + link);
  }

  private static Thread machine(Journal journal, Path data, int link) {
    Thread thread =
        new Thread(
            () -> {
              try {
                run(journal, data, link);
              } catch (IOException e) {
                e.printStackTrace();
                Runtime.getRuntime().halt(4);
              }
            });
    thread.start();
    return thread;
  }

  /**
   * Goes on with the number after the last one acknowledged; unacknowledged ones are sent again.
   */
  private static void run(Journal journal, Path data, int link) throws IOException {
    try (FileChannel file =
        FileChannel.open(
            acknowledged(data, link),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      ByteBuffer number = ByteBuffer.allocate(Long.BYTES);
      long next = file.read(number, 0) == Long.BYTES ? number.getLong(0) : 0;
      journal.appendLink(link, LinkEvent.UP, 0, "");
      SampleBatch batch = new SampleBatch(link);
      while (running) {
        long nowNs = journal.clock().nowNs();
        for (int s = 0; s < BATCH; s++) {
          batch.add(link * PLANT.signals() + s, nowNs, 0, (double) next++, 0);
        }
        journal.append(batch);
        number.clear().putLong(0, next);
        file.write(number, 0);
        LockSupport.parkNanos(200_000);
      }
    }
  }
}
