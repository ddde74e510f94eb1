package io.feedrate.collector.evidence.bundle;

import io.feedrate.collector.TestPlant;
import io.feedrate.collector.assess.ProfileException;
import io.feedrate.collector.assess.ProfileLoader;
import io.feedrate.collector.config.RegisterJson;
import io.feedrate.collector.engine.EngineThread;
import io.feedrate.collector.engine.PlantJournal;
import io.feedrate.collector.entries.EntryIntake;
import io.feedrate.collector.evidence.HeadKeeper;
import io.feedrate.collector.evidence.KeyRing;
import io.feedrate.collector.journal.EntryKind;
import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.journal.ManualTime;
import io.feedrate.collector.store.LogReader;
import io.feedrate.collector.store.Store;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.engine.Kpis;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The data directory of a small plant that ran for some minutes of a manual time. */
final class PlantData {
  static final long SECOND = 1_000_000_000L;
  static final String SITE = "site";
  static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  final Path data;

  /** Stamps the heads of bundles, if there is one. */
  Optional<URI> authority = Optional.empty();

  final ManualTime time = new ManualTime(START);
  private final TestPlant plant = new TestPlant(2, 8, SECOND, 10 * SECOND, 3 * SECOND);

  PlantData(Path data) {
    this.data = data;
  }

  /** The collector runs for some seconds, and signs at the end. */
  void session(long seed, int seconds) throws IOException {
    Register register = plant.register();
    Register hashed =
        new Register(
            RegisterJson.hash(register),
            register.assets(),
            register.signals(),
            register.links(),
            register.rules());
    try (Journal journal = Journal.open(Journal.in(data), time.clock());
        Store store = Store.open(data);
        HeadKeeper heads =
            new HeadKeeper(
                data,
                store.heads(),
                KeyRing.open(data, store, time.wallNs()),
                "gate-7",
                time::wallNs);
        EngineThread engine =
            new EngineThread(
                journal,
                store,
                RegisterJson::read,
                e -> {
                  throw new AssertionError(e);
                })) {
      heads.sign();
      store.describe(Kpis.ALL);
      engine.recover();
      PlantJournal sent = new PlantJournal(journal, time, plant, seed);
      sent.begin(hashed.hash(), RegisterJson.write(hashed));
      new EntryIntake(data, EntryKind.STATEMENT, journal, () -> LogReader.open(data)).begin();
      journal.appendExclusion(
          "site/line/m0", time.wallNs(), time.wallNs() + 20 * SECOND, "maintenance", "B. Boss");
      sent.run(seconds);
      engine.start();
    }
    time.pass(5, TimeUnit.SECONDS);
  }

  /** An order of the whole plant and all that it ever measured. */
  BundleOrder order() {
    return order(List.of(), Optional.empty(), false, "");
  }

  BundleOrder order(
      List<String> assets, Optional<Path> previous, boolean journal, String challenge) {
    try {
      return new BundleOrder(
          data,
          assets,
          TimeUnit.SECONDS.toNanos(START.getEpochSecond()),
          time.wallNs(),
          ProfileLoader.shipped("aimm-provisional"),
          ProfileLoader.text("aimm-provisional", Path.of("")),
          challenge,
          "R. Sponsible",
          previous,
          journal,
          authority,
          time.instant(),
          "test");
    } catch (ProfileException e) {
      throw new IllegalStateException(e);
    }
  }
}
