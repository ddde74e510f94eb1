package io.feedrate.collector.entries;

import io.feedrate.collector.TestPlant;
import io.feedrate.collector.engine.EngineThread;
import io.feedrate.collector.evidence.HeadKeeper;
import io.feedrate.collector.evidence.KeyRing;
import io.feedrate.collector.journal.DataLock;
import io.feedrate.collector.journal.EntryKind;
import io.feedrate.collector.journal.EpochClock;
import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.store.LogReader;
import io.feedrate.collector.store.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A collector that takes entries and nothing else, to be killed. */
final class EntriesMain {
  static final TestPlant PLANT = new TestPlant(1, 1, 1_000_000_000L, 1_000_000_000L, 500_000_000L);

  private EntriesMain() {}

  /** Arguments: data directory, milliseconds to run, 0 for ever. */
  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments[0]);
    long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[1]));
    DataLock lock = DataLock.take(data);
    try (Journal journal = Journal.open(Journal.in(data), new EpochClock());
        Store store = Store.open(data);
        HeadKeeper heads =
            new HeadKeeper(
                data, store.heads(), KeyRing.open(data, store, 1), "kill", System::nanoTime);
        EngineThread engine =
            new EngineThread(journal, store, TestPlant::read, e -> Runtime.getRuntime().halt(3))) {
      engine.recover();
      if (engine.registerHash().isEmpty()) {
        journal.appendRegister(PLANT.register().hash(), PLANT.json());
      }
      List<EntryIntake> intakes = new ArrayList<>();
      for (EntryKind kind : EntryKind.values()) {
        EntryIntake intake = new EntryIntake(data, kind, journal, () -> LogReader.open(data));
        intake.begin();
        intakes.add(intake);
      }
      engine.start();
      System.out.println("ready");
      while (arguments[1].equals("0") || System.nanoTime() < endNs) {
        intakes.forEach(EntryIntake::run);
        journal.appendTick();
        heads.sign();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
      }
    }
    lock.close();
  }
}
