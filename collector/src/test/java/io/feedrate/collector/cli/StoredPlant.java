package io.feedrate.collector.cli;

import io.feedrate.collector.config.RegisterJson;
import io.feedrate.collector.store.Checkpoint;
import io.feedrate.collector.store.RegisterRow;
import io.feedrate.collector.store.Store;
import io.feedrate.collector.store.StoreBatch;
import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Rules;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.foundation.Completeness;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A store of two lines: m1 of Mill AG and m2 of Turn GmbH on l1, m3 of nobody known on l2. All
 * signals of m1 came, of m2 half of them, of m3 nine of ten, in two minutes from 10:00.
 */
final class StoredPlant implements AutoCloseable {
  static final long START_NS =
      Instant.parse("2026-11-22T10:00:00Z").getEpochSecond() * 1_000_000_000L;
  private static final long MINUTE_NS = 60_000_000_000L;

  private final Store store;

  private StoredPlant(Store store) {
    this.store = store;
  }

  /** Made and still held open, as by a running collector. */
  static StoredPlant in(Path data) {
    Register register = register();
    StoreBatch batch = new StoreBatch();
    batch.add(new RegisterRow(register.hash(), RegisterJson.write(register), START_NS));
    for (int minute = 0; minute < 2; minute++) {
      completeness(batch, register, minute, "acme/l1/m1", 100, 0);
      completeness(batch, register, minute, "acme/l1/m2", 50, 50);
      completeness(batch, register, minute, "acme/l2/m3", 90, 10);
      completeness(batch, register, minute, "acme/l1", 150, 50);
      completeness(batch, register, minute, "acme/l2", 90, 10);
      completeness(batch, register, minute, "acme", 240, 60);
    }
    Store store = Store.open(data);
    store.commit(
        batch, new Checkpoint(1, 1, "", "", new byte[0], store.rows().plus(batch.rows()), 1));
    return new StoredPlant(store);
  }

  private static void completeness(
      StoreBatch batch, Register register, int minute, String path, long good, long silent) {
    Kpi kpi = Completeness.EVENTUAL;
    long[] counts = new long[Outcome.COUNT];
    counts[Outcome.GOOD.ordinal()] = good;
    counts[Outcome.SILENT.ordinal()] = silent;
    long startNs = START_NS + minute * MINUTE_NS;
    batch.add(
        new Result(
            kpi.id(),
            path,
            Span.WINDOW,
            startNs,
            startNs + MINUTE_NS,
            0,
            register.hash(),
            counts,
            new byte[0],
            kpi.figure(counts, null)));
  }

  private static Register register() {
    List<Asset> assets =
        List.of(
            new Asset(0, "acme", Asset.Kind.SITE, Asset.NO_PARENT, Asset.NO_LINK, ""),
            new Asset(1, "acme/l1", Asset.Kind.LINE, 0, Asset.NO_LINK, ""),
            new Asset(2, "acme/l2", Asset.Kind.LINE, 0, Asset.NO_LINK, ""),
            new Asset(3, "acme/l1/m1", Asset.Kind.MACHINE, 1, Asset.NO_LINK, "Mill AG"),
            new Asset(4, "acme/l1/m2", Asset.Kind.MACHINE, 1, Asset.NO_LINK, "Turn GmbH"),
            new Asset(5, "acme/l2/m3", Asset.Kind.MACHINE, 2, Asset.NO_LINK, ""));
    Register without = new Register("", assets, List.of(), List.of(), Rules.STANDARD);
    return new Register(RegisterJson.hash(without), assets, List.of(), List.of(), Rules.STANDARD);
  }

  @Override
  public void close() {
    store.close();
  }
}
