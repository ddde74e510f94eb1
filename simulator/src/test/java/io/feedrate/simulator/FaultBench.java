package io.feedrate.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.feedrate.collector.Collector;
import io.feedrate.collector.adapter.LinkStatus;
import io.feedrate.collector.config.ConfigLoader;
import io.feedrate.collector.config.RegisterJson;
import io.feedrate.collector.engine.LiveState;
import io.feedrate.collector.engine.Replay;
import io.feedrate.collector.store.ResultRow;
import io.feedrate.collector.store.StoreReader;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.foundation.Completeness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;

/**
 * A simulated line and a collector that reads it over loopback, in this process: faults go in,
 * stored results come out. Faults are injected between {@link #start} and {@link #finish}; results
 * are those of all windows from the first one without any trouble on.
 */
final class FaultBench implements AutoCloseable {
  static final Duration WINDOW = Duration.ofSeconds(2);
  static final Duration LATENESS = Duration.ofSeconds(4);
  static final Duration MODEL_DEADLINE = Duration.ofSeconds(3);

  /** A window is revised until the next one is closed: the shortest that can be had. */
  private static final Duration REVISABLE = WINDOW;

  /** The journal's ticks: slots are settled by them, so that much later than the lateness says. */
  static final long TICK_MS = 1_000;

  private static final String LINE_PATH = LineConfig.SITE + "/" + LineConfig.LINE;
  private static final String KPI = Completeness.EVENTUAL.id();

  private final SimulatedLine line;
  private final Collector collector;
  private final Path data;
  private final StoreReader reader;
  private final long steadyNs;

  /** Windows of each subject, oldest first; after {@link #finish}. */
  private final Map<String, List<ResultRow>> results = new TreeMap<>();

  private LiveState state = LiveState.EMPTY;

  private FaultBench(SimulatedLine line, Collector collector, Path data) {
    this.line = line;
    this.collector = collector;
    this.data = data;
    reader = StoreReader.open(data);
    steadyNs = awaitSteady();
  }

  /**
   * Returns when everything has been right for a window. A window is revised until the next one is
   * closed; what comes later is too late, see {@link #leastFinalMs}.
   */
  static FaultBench start(LinePlan plan, Path directory) throws Exception {
    return start(plan, directory, REVISABLE);
  }

  /** The same, with windows that are revised for so long. */
  static FaultBench start(LinePlan plan, Path directory, Duration revisable) throws Exception {
    SimulatedLine line = SimulatedLine.start(plan);
    Path data = directory.resolve("data");
    LineConfig.Options options =
        new LineConfig.Options(
            data,
            "127.0.0.1:0",
            WINDOW,
            LATENESS,
            revisable,
            MODEL_DEADLINE,
            Duration.ofMillis(200));
    Path file = directory.resolve("gateway.yaml");
    Files.writeString(file, LineConfig.gatewayYaml(line, options));
    return new FaultBench(line, Collector.start(ConfigLoader.load(file), "test"), data);
  }

  static ConditionFactory awaiting() {
    return await().atMost(60, TimeUnit.SECONDS).pollInterval(50, TimeUnit.MILLISECONDS);
  }

  SimulatedLine line() {
    return line;
  }

  Collector collector() {
    return collector;
  }

  StoreReader reader() {
    return reader;
  }

  private long awaitSteady() {
    return awaiting()
        .until(
            () ->
                reader.resultsOf(KPI, LINE_PATH, Span.WINDOW, 0, Long.MAX_VALUE, 1_000).stream()
                    .filter(row -> row.result().counts()[Outcome.GOOD.ordinal()] == slotsOf(row))
                    .mapToLong(row -> row.result().startNs())
                    .max()
                    .orElse(0),
            startNs -> startNs > 0);
  }

  /** All slots of the line in one window. */
  private long slotsOf(ResultRow row) {
    long windowMs = (row.result().endNs() - row.result().startNs()) / 1_000_000;
    return assets().stream()
        .flatMap(asset -> line.signals(asset).stream())
        .mapToLong(signal -> windowMs / signal.period().toMillis())
        .sum();
  }

  private List<String> assets() {
    return Stream.concat(line.machines().stream(), line.nodes().stream()).toList();
  }

  /** Returns when the fault has been in force for this long by the collector's clock. */
  void hold(ActiveFault fault, Duration duration) {
    awaitTime(fault.startMs() + duration.toMillis());
  }

  /** Returns when the engine has come to this time. */
  void awaitTime(long epochMs) {
    awaiting().until(() -> collector.state().journalTimeNs() / 1_000_000 >= epochMs);
  }

  /** Returns when the link of an asset is in this state; since when, in epoch milliseconds. */
  long awaitLink(String asset, LinkStatus.State wanted) {
    return awaiting().until(() -> link(asset), link -> link.state() == wanted).sinceNs()
        / 1_000_000;
  }

  private LinkStatus link(String asset) {
    return collector.links().stream()
        .filter(link -> link.name().equals(asset))
        .findFirst()
        .orElseThrow();
  }

  /** The clock of an asset as the engine knows it, source minus collector. */
  Duration clockOffset(String asset) {
    List<Long> offsets = collector.state().clockOffsetsNs();
    return Duration.ofNanos(offsets.get(link(asset).link()));
  }

  /** Waits until every window that holds a moment before now is stored, ends all, reads them. */
  void finish() {
    long untilNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis() + WINDOW.toMillis());
    awaiting()
        .until(
            () ->
                reader.resultsOf(
                    KPI, LINE_PATH, Span.WINDOW, untilNs - WINDOW.toNanos(), Long.MAX_VALUE, 9),
            rows -> rows.stream().anyMatch(row -> row.result().endNs() >= untilNs));
    state = collector.state();
    collector.close();
    line.close();
    for (ResultRow row :
        reader.results(KPI, "", Span.WINDOW, steadyNs, Long.MAX_VALUE, StoreReader.MAX_ROWS)) {
      results.computeIfAbsent(row.result().subject(), s -> new ArrayList<>()).add(row);
    }
  }

  /**
   * Slots that end by this had their last word, at the least, when something came at a time: a slot
   * that is settled is still bettered as long as its window is open, or is the last that was
   * closed. Windows are closed by a tick, and the last one may have been {@link #TICK_MS} before.
   */
  static long leastFinalMs(long cameMs) {
    return finalMs(cameMs - TICK_MS);
  }

  /** The same at the most: what comes all at once takes less than a tick to be handed over. */
  static long mostFinalMs(long cameMs) {
    return finalMs(cameMs + TICK_MS);
  }

  private static long finalMs(long tickMs) {
    long windowMs = WINDOW.toMillis();
    long closedMs = Math.floorDiv(tickMs - LATENESS.toMillis(), windowMs) * windowMs;
    return closedMs - REVISABLE.toMillis();
  }

  /** Where the first window begins that is read, in epoch milliseconds. */
  long fromMs() {
    return steadyNs / 1_000_000;
  }

  /** Where the last window ends that is read; after {@link #finish}. */
  long toMs() {
    List<ResultRow> windows = results.getOrDefault(LINE_PATH, List.of());
    return windows.get(windows.size() - 1).result().endNs() / 1_000_000;
  }

  /** One base count of a KPI of an asset, over all windows; "" for the line. */
  long count(Kpi kpi, String asset, String name) {
    int index = kpi.counts().indexOf(name);
    assertThat(index).as("%s counts %s", kpi.id(), name).isNotNegative();
    String subject = asset.isEmpty() ? LINE_PATH : LINE_PATH + "/" + asset;
    long toNs = toMs() * 1_000_000;
    return reader
        .resultsOf(kpi.basis(), subject, Span.WINDOW, steadyNs, toNs, StoreReader.MAX_ROWS)
        .stream()
        .mapToLong(row -> row.result().counts()[index])
        .sum();
  }

  /** What the engine counted in all, at the end. */
  LiveState.EngineCounts counts() {
    return state.engine();
  }

  /** Outcomes of an asset's signal, those that occurred. */
  Map<Outcome, Long> slots(String asset, String signal) {
    return outcomes(LINE_PATH + "/" + asset + "/" + signal);
  }

  /** Outcomes of all periodic signals of an asset together. */
  Map<Outcome, Long> periodicSlots(String asset) {
    Map<Outcome, Long> sum = new EnumMap<>(Outcome.class);
    for (SignalSpec signal : line.signals(asset)) {
      if (signal.isPeriodic()) {
        slots(asset, signal.name()).forEach((o, n) -> sum.merge(o, n, Long::sum));
      }
    }
    return sum;
  }

  private Map<Outcome, Long> outcomes(String subject) {
    Map<Outcome, Long> sum = new EnumMap<>(Outcome.class);
    for (ResultRow row : results.getOrDefault(subject, List.of())) {
      for (Outcome outcome : Outcome.values()) {
        long count = row.result().counts()[outcome.ordinal()];
        if (count > 0) {
          sum.merge(outcome, count, Long::sum);
        }
      }
    }
    return sum;
  }

  /** Base counts of a KPI of an asset over all windows. */
  long[] counts(Kpi kpi, String asset) {
    long[] sum = new long[kpi.counts().size()];
    for (ResultRow row :
        reader.resultsOf(
            kpi.id(),
            LINE_PATH + "/" + asset,
            Span.WINDOW,
            steadyNs,
            Long.MAX_VALUE,
            StoreReader.MAX_ROWS)) {
      Arrays.setAll(sum, i -> sum[i] + row.result().counts()[i]);
    }
    return sum;
  }

  static long sum(Map<Outcome, Long> slots, Outcome... outcomes) {
    long sum = 0;
    for (Outcome outcome : outcomes) {
      sum += slots.getOrDefault(outcome, 0L);
    }
    return sum;
  }

  /** A signal lost exactly so many slots to one cause; all others had a usable value. */
  void assertLost(String asset, String signal, Outcome cause, long slots) {
    assertLost(asset, signal, cause, slots, 0);
  }

  /** The same, give or take {@code tolerance} slots. */
  void assertLost(String asset, String signal, Outcome cause, long slots, long tolerance) {
    Map<Outcome, Long> found = slots(asset, signal);
    // Late by a busy computer is not what is tested here.
    assertThat(found)
        .as("%s %s", asset, signal)
        .containsOnlyKeys(
            found.containsKey(Outcome.GOOD_LATE)
                ? List.of(Outcome.GOOD, Outcome.GOOD_LATE, cause)
                : List.of(Outcome.GOOD, cause));
    assertThat(found.get(cause))
        .as("%s %s %s", asset, signal, found)
        .isBetween(slots - tolerance, slots + tolerance);
  }

  /** Every slot of these signals had a usable value; of all signals of the asset if none named. */
  void assertUnaffected(String asset, String... signals) {
    List<String> names =
        signals.length > 0
            ? List.of(signals)
            : line.signals(asset).stream().map(SignalSpec::name).toList();
    for (String signal : names) {
      assertThat(slots(asset, signal).keySet())
          .as("%s %s", asset, signal)
          .isSubsetOf(Outcome.GOOD, Outcome.GOOD_LATE)
          .isNotEmpty();
    }
  }

  /**
   * Windows follow each other, each signal's outcomes add up to the slots of its window, and what
   * is above it adds up to what is below it.
   */
  void assertBooksBalance() {
    for (String asset : assets()) {
      Map<Outcome, Long> ofAsset = new EnumMap<>(Outcome.class);
      for (SignalSpec signal : line.signals(asset)) {
        String path = LINE_PATH + "/" + asset + "/" + signal.name();
        assertWindows(path, signal.period());
        outcomes(path).forEach((o, n) -> ofAsset.merge(o, n, Long::sum));
      }
      assertThat(outcomes(LINE_PATH + "/" + asset)).as(asset).isEqualTo(ofAsset);
    }
    Map<Outcome, Long> ofLine = new EnumMap<>(Outcome.class);
    assets()
        .forEach(
            asset ->
                outcomes(LINE_PATH + "/" + asset).forEach((o, n) -> ofLine.merge(o, n, Long::sum)));
    assertThat(outcomes(LINE_PATH)).isEqualTo(ofLine);
    assertThat(outcomes(LineConfig.SITE)).isEqualTo(ofLine);
  }

  private void assertWindows(String path, Duration period) {
    List<ResultRow> windows = results.getOrDefault(path, List.of());
    assertThat(windows).as(path).hasSizeGreaterThan(3);
    long expectedNs = steadyNs;
    for (ResultRow row : windows) {
      assertThat(row.result().startNs()).as(path).isEqualTo(expectedNs);
      assertThat(Arrays.stream(row.result().counts()).sum())
          .as("%s %s", path, row.result())
          .isEqualTo(WINDOW.toNanos() / period.toNanos());
      expectedNs = row.result().endNs();
    }
  }

  /** The journal gives exactly what is stored. */
  void assertReplayIsEqual() {
    Replay.Report report = Replay.run(data, true, RegisterJson::read);
    assertThat(report.differences()).isEmpty();
    assertThat(report.isEqual()).isTrue();
    assertThat(report.equalResults()).isPositive();
  }

  @Override
  public void close() {
    reader.close();
    collector.close();
    line.close();
  }
}
