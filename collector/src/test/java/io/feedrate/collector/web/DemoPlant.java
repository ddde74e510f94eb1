package io.feedrate.collector.web;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.SignalMode;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.engine.Kpis;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A small plant with every kind of trouble, made by formula: five machines and two inference nodes
 * on one line. Windows are a function of their start alone, so that every answer agrees.
 */
final class DemoPlant implements PlantView {

  static final String SITE = "demo/works";
  static final String LINE = SITE + "/line-1";
  static final String HOSTILE = "<img src=x onerror=\"document.title='owned'\">";
  static final List<String> MACHINES =
      List.of("cnc-01", "cnc-02", "cnc-03", "cnc-04", "cnc-05", "vision-01", "vision-02");

  private static final int WINDOW_SECONDS = 60;
  private static final int SLOTS = 480;
  private static final List<String> SIGNALS =
      List.of("spindle-speed", "spindle-load", "feed-rate", "program", HOSTILE, "coolant-level");

  private final Clock clock;
  private final Instant started;
  private final AtomicLong records = new AtomicLong(4_812_377);
  volatile boolean ready = true;
  volatile boolean assessed = true;
  volatile boolean answering = true;
  volatile String padding = "";
  volatile CountDownLatch store = new CountDownLatch(0);

  DemoPlant(Clock clock) {
    this.clock = clock;
    this.started = clock.instant().minus(Duration.ofHours(30));
  }

  @Override
  public Snapshot now() {
    if (!answering) {
      throw new IllegalStateException("no snapshot can be made");
    }
    Instant now = clock.instant();
    records.addAndGet(137);
    return new Snapshot(
        now,
        new Gateway("gw-line-1", "0.1.0", started, SITE, "9f2c4e7ab1d8835c", 60, 3600),
        new Health(
            ready,
            ready ? padded() : "the journal's disk is full",
            records.get(),
            0.012,
            now.minusMillis(400),
            48_300_000,
            1_870_000_000),
        new EngineView(records.get(), 12, 3, 4, 5, 6, 7, 8, 9, 10, 11, 2, 1),
        assets(now),
        seconds(now),
        List.of(node("vision-01", "7", 182_344, 12), node("vision-02", "6", 91_022, 3_411)),
        DemoLinks.links(now, records.get()),
        Map.of("MALFORMED", 14L, "UNKNOWN_SIGNAL", 3L, "WRONG_TYPE", 1L),
        rejects(20),
        updates(now),
        assessed ? DemoAssessment.at(now) : null);
  }

  private static SecondsView seconds(Instant now) {
    int[] inScope = new int[SecondsView.MOST];
    int[] usable = new int[SecondsView.MOST];
    for (int i = 0; i < inScope.length; i++) {
      inScope[i] = 8;
      usable[i] = (int) ((now.getEpochSecond() + i) % 9);
    }
    return new SecondsView(
        now.getEpochSecond(),
        Stream.concat(Stream.of(SITE, LINE), MACHINES.stream().map(m -> LINE + "/" + m))
            .map(path -> new SecondsView.Row(path, usable, inScope))
            .toList());
  }

  private String padded() {
    return padding.isEmpty() ? "" : padding + records.get();
  }

  private List<AssetView> assets(Instant now) {
    List<AssetView> assets = new ArrayList<>();
    assets.add(asset(SITE, "", Asset.Kind.SITE, "", "", now));
    assets.add(asset(LINE, SITE, Asset.Kind.LINE, "", "", now));
    for (String name : MACHINES) {
      boolean node = name.startsWith("vision");
      assets.add(
          asset(
              LINE + "/" + name,
              LINE,
              node ? Asset.Kind.NODE : Asset.Kind.MACHINE,
              node
                  ? "Northlight Vision"
                  : name.equals("cnc-04") ? "Brandt & Söhne" : "Example Machine Tools",
              name,
              now));
    }
    return assets;
  }

  private AssetView asset(
      String path, String parent, Asset.Kind kind, String supplier, String link, Instant now) {
    long lastStart = (now.getEpochSecond() / WINDOW_SECONDS - 2) * WINDOW_SECONDS;
    OutcomeCounts totals = window(path, lastStart).outcomes();
    long[] grown = totals.toArray();
    grown[Outcome.GOOD.ordinal()] += records.get();
    return new AssetView(
        path,
        parent,
        kind,
        supplier,
        link,
        SIGNALS.size(),
        OutcomeCounts.of(grown),
        window(path, lastStart));
  }

  private static NodeView node(String name, String version, long ok, long failed) {
    Distribution updates =
        Distribution.empty(Distribution.UPDATE_BOUNDS).plus(41.2).plus(133).plus(1_900);
    Distribution inferences = Distribution.empty(Distribution.INFERENCE_BOUNDS);
    for (int i = 0; i < 40; i++) {
      inferences = inferences.plus(0.006 + i * 0.0004);
    }
    return new NodeView(
        LINE + "/" + name,
        "surface-defect",
        version,
        ok,
        failed,
        Map.of(ModelUpdate.End.SERVED, 3L, ModelUpdate.End.FAILED, 1L),
        updates,
        inferences);
  }

  private static List<ModelUpdate> updates(Instant now) {
    return List.of(
        update("vision-01", "7", ModelUpdate.End.SERVED, now.minusSeconds(1_520), 41.2, 6),
        update("vision-01", "6", ModelUpdate.End.SUPERSEDED, now.minusSeconds(5_200), 3_680, 3),
        update("vision-01", "5", ModelUpdate.End.SERVED, now.minusSeconds(90_000), 133, 6),
        update("vision-02", "7", ModelUpdate.End.PENDING, now.minusSeconds(1_520), 0, 2),
        update("vision-02", "6", ModelUpdate.End.SERVED, now.minusSeconds(80_000), 1_900, 6),
        update("vision-02", "5", ModelUpdate.End.FAILED, now.minusSeconds(95_000), 84, 4));
  }

  private static ModelUpdate update(
      String node, String version, ModelUpdate.End end, Instant approved, double seconds, int n) {
    long start = Times.ns(approved);
    boolean open = end == ModelUpdate.End.PENDING;
    double total = open ? 60 : seconds;
    long endNs = open ? ModelUpdate.PENDING : start + (long) (seconds * 1e9);
    List<ModelStage> order =
        List.of(
            ModelStage.APPROVED,
            ModelStage.ANNOUNCED,
            ModelStage.DOWNLOADING,
            ModelStage.DOWNLOADED,
            ModelStage.VERIFIED,
            ModelStage.LOADED);
    double[] at = {0, 0.02, 0.06, 0.62, 0.7, 0.93};
    Map<ModelStage, Long> stages = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(n, order.size()); i++) {
      stages.put(order.get(i), start + (long) (at[i] * total * 1e9));
    }
    if (open) {
      stages.put(ModelStage.DOWNLOADING, start + 4_000_000_000L);
    }
    return new ModelUpdate(
        LINE + "/" + node,
        "surface-defect",
        version,
        "5f3a",
        1,
        open ? 0 : 1,
        start,
        start + 20_000_000,
        endNs,
        open ? ModelUpdate.PENDING : endNs + 30_000_000,
        end,
        ModelUpdate.PENDING,
        stages);
  }

  @Override
  public boolean isSubject(String path) {
    return path.equals(SITE)
        || path.equals(LINE)
        || MACHINES.stream()
            .map(m -> LINE + "/" + m)
            .anyMatch(
                m -> path.equals(m) || SIGNALS.stream().anyMatch(s -> path.equals(m + "/" + s)));
  }

  @Override
  public List<Kpi> kpis() {
    return Kpis.ALL;
  }

  @Override
  public Map<String, List<Window>> windows(Collection<String> subjects, Instant from, Instant to) {
    try {
      store.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Map<String, List<Window>> all = new LinkedHashMap<>();
    for (String subject : subjects) {
      all.put(subject, windows(subject, from, to));
    }
    return all;
  }

  private List<Window> windows(String subject, Instant from, Instant to) {
    List<Window> windows = new ArrayList<>();
    long closed = clock.instant().getEpochSecond() - WINDOW_SECONDS - 10;
    long first = Math.max(from.getEpochSecond(), started.getEpochSecond());
    long start = (first + WINDOW_SECONDS - 1) / WINDOW_SECONDS * WINDOW_SECONDS;
    for (; start < to.getEpochSecond() && start <= closed; start += WINDOW_SECONDS) {
      windows.add(window(subject, start));
    }
    return windows;
  }

  private Window window(String subject, long start) {
    OutcomeCounts counts = DemoTrouble.counts(subject, start, SLOTS);
    return Window.of(
        Instant.ofEpochSecond(start), Instant.ofEpochSecond(start + WINDOW_SECONDS), 0, counts);
  }

  @Override
  public List<SignalView> signals(String asset, Instant from, Instant to) {
    return SIGNALS.stream()
        .map(
            name ->
                new SignalView(
                    asset + "/" + name,
                    name,
                    name.equals("spindle-speed") ? "1/min" : "1",
                    name.equals("program") ? SignalMode.ON_CHANGE : SignalMode.PERIODIC,
                    1,
                    0.5,
                    name.equals("spindle-speed") ? 0 : Double.NEGATIVE_INFINITY,
                    name.equals("spindle-speed") ? 12_000 : Double.POSITIVE_INFINITY,
                    name.equals("program"),
                    windows(asset + "/" + name, from, to)))
        .toList();
  }

  @Override
  public List<Result> results(
      String kpi, String subject, Span span, Instant from, Instant to, int limit) {
    return windows(subject, from, to).stream()
        .limit(limit)
        .map(
            w ->
                new Result(
                    kpi,
                    subject,
                    span,
                    Times.ns(w.start()),
                    Times.ns(w.end()),
                    0,
                    "9f2c4e7ab1d8835c",
                    w.outcomes().toArray(),
                    new byte[0],
                    w.figures().ev()))
        .toList();
  }

  @Override
  public List<ModelUpdate> modelUpdates(Instant from, Instant to) {
    return updates(clock.instant());
  }

  @Override
  public List<RejectView> rejects(int limit) {
    Instant now = clock.instant().minusSeconds(40);
    String topic = "feedrate/v1/vision-01/";
    return Stream.of(
            new RejectView(
                now,
                "vision-01",
                "MALFORMED",
                topic + "samples",
                "not JSON: unexpected end after 118 bytes",
                "{\"seq\": 4711, \"samples\": [{\"signal\": \"camera-temper"),
            new RejectView(
                now.minusSeconds(312),
                "vision-01",
                "UNKNOWN_SIGNAL",
                topic + "samples",
                "no signal " + HOSTILE + " is registered for this source",
                HOSTILE),
            new RejectView(
                now.minusSeconds(900),
                "vision-02",
                "WRONG_TYPE",
                "feedrate/v1/vision-02/inference",
                "latencyMs must be a number, is a text",
                "{\"inferenceId\":\"a-1\",\"latencyMs\":\"fast\"}"),
            new RejectView(
                now.minusSeconds(100_000),
                "",
                "UNKNOWN_TOPIC",
                "feedrate/v1/vision-09/status",
                "no source is configured for this topic",
                "{\"online\":true}"))
        .limit(limit)
        .toList();
  }

  @Override
  public String registerJson() {
    return "{\"hash\":\"9f2c4e7ab1d8835c\",\"signals\":[]}";
  }
}
