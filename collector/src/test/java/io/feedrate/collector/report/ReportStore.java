package io.feedrate.collector.report;

import io.feedrate.collector.assess.ProfileException;
import io.feedrate.collector.assess.ProfileLoader;
import io.feedrate.collector.config.RegisterJson;
import io.feedrate.collector.statements.Stated;
import io.feedrate.collector.store.Checkpoint;
import io.feedrate.collector.store.ExclusionRow;
import io.feedrate.collector.store.RegisterRow;
import io.feedrate.collector.store.Store;
import io.feedrate.collector.store.StoreBatch;
import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Episode;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Rules;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.engine.Kpis;
import io.feedrate.kpi.window.Histograms;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.HdrHistogram.Histogram;

/**
 * A store in which every KPI has results over some hours, with names that are hard to print: long
 * ones, markup, Chinese, and a letter that no font here has.
 */
final class ReportStore {
  static final long HOUR_NS = 3_600_000_000_000L;
  static final long START_NS =
      Instant.parse("2026-11-21T22:00:00Z").getEpochSecond() * 1_000_000_000L;
  static final String SITE = "acme";
  static final String LINE = "acme/linie-1";
  static final List<String> MACHINES =
      List.of(
          LINE + "/m1",
          LINE + "/5-axis-machining-centre-with-a-very-long-name-that-nobody-shortened",
          LINE + "/<b>fräse & \"co\"</b>",
          LINE + "/铣床-04",
          LINE + "/emoji-\uD83D\uDE80");

  private static final long MINUTE_NS = 60_000_000_000L;
  private static final long WINDOW_NS = 10 * MINUTE_NS;

  private final Random random = new Random(7);
  private final Register register;

  private ReportStore() {
    List<Asset> assets = new ArrayList<>();
    assets.add(new Asset(0, SITE, Asset.Kind.SITE, Asset.NO_PARENT, Asset.NO_LINK, ""));
    assets.add(new Asset(1, LINE, Asset.Kind.LINE, 0, Asset.NO_LINK, ""));
    for (String machine : MACHINES) {
      assets.add(
          new Asset(
              assets.size(), machine, Asset.Kind.MACHINE, 1, Asset.NO_LINK, "Werk & Söhne GmbH"));
    }
    Rules rules = Rules.STANDARD.windows(WINDOW_NS, WINDOW_NS);
    Register without = new Register("", assets, List.of(), List.of(), rules);
    register = new Register(RegisterJson.hash(without), assets, List.of(), List.of(), rules);
  }

  /** Writes the store into a data directory and closes it. */
  static void write(Path data, int hours) {
    ReportStore its = new ReportStore();
    StoreBatch batch = new StoreBatch();
    String json = RegisterJson.write(its.register);
    batch.add(new RegisterRow(its.register.hash(), json, START_NS));
    for (long at = START_NS; at < START_NS + hours * HOUR_NS; at += WINDOW_NS) {
      its.window(batch, at);
    }
    its.updates(batch);
    its.episodes(batch);
    batch.add(
        new ExclusionRow(
            LINE,
            START_NS + HOUR_NS,
            START_NS + 2 * HOUR_NS,
            "Wartung <der> Linie",
            "A. Müller",
            START_NS + 3 * HOUR_NS));
    try (Store store = Store.open(data)) {
      store.commit(
          batch, new Checkpoint(1, 1, "", "", new byte[0], store.rows().plus(batch.rows()), 1));
    }
  }

  private void window(StoreBatch batch, long atNs) {
    for (Kpi kpi : Kpis.ALL) {
      if (kpi.waiting().isPresent() || !kpi.basis().equals(kpi.id())) {
        continue;
      }
      long[] counts = new long[kpi.counts().size()];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = i == 0 ? 900 + random.nextInt(100) : random.nextInt(20);
      }
      Histogram histogram = Histograms.empty();
      for (int i = 0; i < 50; i++) {
        histogram.recordValue(1000 + random.nextInt(50_000));
      }
      List<String> subjects = new ArrayList<>(List.of(SITE, LINE));
      subjects.addAll(MACHINES);
      for (String subject : subjects) {
        batch.add(result(kpi, subject, Span.WINDOW, atNs, atNs + WINDOW_NS, counts, histogram));
      }
    }
  }

  private Result result(
      Kpi kpi,
      String subject,
      Span span,
      long fromNs,
      long toNs,
      long[] counts,
      Histogram histogram) {
    return new Result(
        kpi.id(),
        subject,
        span,
        fromNs,
        toNs,
        0,
        register.hash(),
        counts,
        Histograms.encode(histogram),
        kpi.figure(counts, histogram));
  }

  private void updates(StoreBatch batch) {
    for (int i = 0; i < 60; i++) {
      long approved = START_NS + 3 * MINUTE_NS * i;
      boolean pending = i % 20 == 19;
      long end = pending ? ModelUpdate.PENDING : approved + (20L + i) * 1_000_000_000L;
      batch.add(
          new ModelUpdate(
              MACHINES.get(i % MACHINES.size()),
              "surface-defect",
              "v" + i,
              "ab".repeat(32),
              1,
              0,
              approved,
              approved,
              end,
              end,
              pending ? ModelUpdate.End.PENDING : ModelUpdate.End.SERVED,
              ModelUpdate.PENDING,
              Map.of()));
    }
  }

  private void episodes(StoreBatch batch) {
    for (Episode.Kind kind : Episode.Kind.values()) {
      for (int i = 0; i < 40; i++) {
        long start = START_NS + 4 * MINUTE_NS * i;
        long end = start + (5L + i) * 1_000_000_000L;
        batch.add(
            new Episode(kind, MACHINES.get(0), i, start, start, end, end, Episode.End.DONE, 0));
      }
    }
  }

  /** The whole site over the hours that were written. */
  static ReportRequest request(int hours) {
    return request(SITE, START_NS, START_NS + hours * HOUR_NS, "aimm-provisional");
  }

  static ReportRequest request(String subject, long fromNs, long toNs, String profile) {
    try {
      return new ReportRequest(
          subject,
          fromNs,
          toNs,
          ProfileLoader.resolve(profile, Path.of("")),
          Stated.NOTHING,
          false,
          START_NS + 100 * HOUR_NS,
          "Feedrate test",
          Optional.empty());
    } catch (ProfileException e) {
      throw new IllegalStateException(e);
    }
  }
}
