package io.feedrate.collector.view;

import io.feedrate.collector.adapter.LinkStatus;
import io.feedrate.collector.assess.Assessor;
import io.feedrate.collector.config.GatewayConfig;
import io.feedrate.collector.config.RegisterJson;
import io.feedrate.collector.engine.LiveState;
import io.feedrate.collector.engine.SecondsPane;
import io.feedrate.collector.journal.RejectCause;
import io.feedrate.collector.store.ModelUpdateRow;
import io.feedrate.collector.store.RejectRow;
import io.feedrate.collector.store.ResultRow;
import io.feedrate.collector.store.RowCounts;
import io.feedrate.collector.store.StoreReader;
import io.feedrate.collector.web.AssessmentView;
import io.feedrate.collector.web.OutcomeCounts;
import io.feedrate.collector.web.PlantView;
import io.feedrate.collector.web.SecondsView;
import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.ModelUpdate.End;
import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.engine.Kpis;
import io.feedrate.kpi.foundation.Completeness;
import io.feedrate.kpi.window.Histograms;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The plant as it is now. What is looked at often comes from the engine's live state and from what
 * {@link #refresh()} read last; the rest is read from the store when asked for.
 *
 * <p><b>Thread</b>: any for the view; {@link #refresh()} one, every few seconds.
 */
public final class LivePlant implements PlantView, Closeable {

  /** How far back the assessment looks that is shown beside live data. */
  private static final long ASSESSED_NS = 86_400_000_000_000L;

  private static final long ASSESS_EVERY_NS = 5_000_000_000L;

  private static final int RECENT_REJECTS = 20;
  private static final int ENDED_UPDATES_PER_NODE = 10;
  private static final int MAX_SHOWN_UPDATES = 500;

  /** What a live plant looks at; all of them may be called from any thread. */
  public record Sources(
      Supplier<LiveState> state,
      Supplier<List<LinkStatus>> links,
      Supplier<Optional<String>> notReady,
      Supplier<Long> journalBytes,
      Path storeFile) {}

  private record Refreshed(
      @Nullable AssessmentView assessment,
      List<RejectView> rejects,
      Map<String, Long> rejectCounts,
      Map<String, NodeView> nodes) {}

  private final GatewayConfig config;
  private final Register register;
  private final String version;
  private final Instant started = Instant.now();
  private final Assessor assessor;
  private final Sources sources;
  private final StoreReader reader;
  private final StoreReader background;
  private final NodeTotals totals;
  private final Set<String> subjects = new HashSet<>();
  private RowCounts assessedRows = RowCounts.NONE;
  private long assessedAtNs;
  private volatile Refreshed refreshed = new Refreshed(null, List.of(), Map.of(), Map.of());

  /**
   * A view of a running collector.
   *
   * @param reader for questions
   * @param background for {@link #refresh()}; both are closed with the view
   */
  public LivePlant(
      GatewayConfig config,
      Register register,
      String version,
      Assessor assessor,
      Sources sources,
      StoreReader reader,
      StoreReader background) {
    this.config = config;
    this.register = register;
    this.version = version;
    this.assessor = assessor;
    this.sources = sources;
    this.reader = reader;
    this.background = background;
    this.totals = new NodeTotals(background);
    register.assets().forEach(a -> subjects.add(a.path()));
    register.signals().forEach(s -> subjects.add(s.path()));
  }

  /** Reads what is shown often but changes slowly: assessment, rejects, totals of nodes. */
  public void refresh() {
    totals.advance(background);
    LiveState state = sources.state().get();
    Map<String, Long> counts = new HashMap<>();
    for (Map.Entry<RejectCause, Long> e : background.rejectCounts().entrySet()) {
      counts.put(e.getKey().name(), e.getValue());
    }
    refreshed =
        new Refreshed(
            assess(state), rejects(background, RECENT_REJECTS), Map.copyOf(counts), nodes(state));
  }

  /**
   * A day of rows is read for it: not again before there is something new, and not all the time.
   */
  private @Nullable AssessmentView assess(LiveState state) {
    RowCounts rows = background.rows();
    long nowNs = System.nanoTime();
    boolean isNew = !rows.equals(assessedRows);
    if (refreshed.assessment != null && (!isNew || nowNs - assessedAtNs < ASSESS_EVERY_NS)) {
      return refreshed.assessment;
    }
    assessedRows = rows;
    assessedAtNs = nowNs;
    long toNs = state.journalTimeNs();
    long firstNs = background.firstStartNs().orElse(Long.MAX_VALUE);
    long fromNs = Math.max(firstNs, toNs - ASSESSED_NS);
    if (firstNs == Long.MAX_VALUE || fromNs >= toNs) {
      return null;
    }
    return AssessmentView.of(
        assessor.assess(background, config.site(), fromNs, toNs), Times.instant(toNs));
  }

  private Map<String, NodeView> nodes(LiveState state) {
    Map<String, NodeView> nodes = new LinkedHashMap<>();
    for (Asset asset : register.assets()) {
      if (asset.kind() == Asset.Kind.NODE) {
        nodes.put(asset.path(), node(asset, state));
      }
    }
    return nodes;
  }

  private NodeView node(Asset asset, LiveState state) {
    Optional<ModelUpdate> serving =
        state.modelUpdates().stream()
            .filter(u -> u.node().equals(asset.path()) && u.end() == End.SERVED)
            .max(Comparator.comparingLong(ModelUpdate::endReceivedNs));
    boolean known = asset.id() < state.assets().size();
    return new NodeView(
        asset.path(),
        serving.map(ModelUpdate::model).orElse(""),
        serving.map(ModelUpdate::version).orElse(""),
        known ? state.assets().get(asset.id()).inferencesOk() : 0,
        known ? state.assets().get(asset.id()).inferencesFailed() : 0,
        totals.ended(asset.path()),
        totals.updates(asset.path()),
        totals.inferences(asset.path()));
  }

  @Override
  public Snapshot now() {
    LiveState state = sources.state().get();
    Refreshed slow = refreshed;
    return new Snapshot(
        Instant.now(),
        gateway(),
        health(state),
        engine(state),
        assets(state),
        seconds(state.seconds()),
        List.copyOf(slow.nodes.values()),
        links(state),
        slow.rejectCounts,
        slow.rejects,
        shownUpdates(state),
        slow.assessment);
  }

  private Gateway gateway() {
    return new Gateway(
        config.id(),
        version,
        started,
        config.site(),
        register.hash(),
        register.windowNs() / 1e9,
        register.modelUpdateDeadlineNs() / 1e9);
  }

  private Health health(LiveState state) {
    Optional<String> notReady = sources.notReady().get();
    boolean ticked = state.journalTimeNs() != LiveState.EMPTY.journalTimeNs();
    return new Health(
        notReady.isEmpty(),
        notReady.orElse(""),
        state.records(),
        state.lagNs() / 1e9,
        ticked ? Times.instant(state.journalTimeNs()) : null,
        storeSize(),
        sources.journalBytes().get());
  }

  private static EngineView engine(LiveState state) {
    LiveState.EngineCounts c = state.engine();
    return new EngineView(
        c.samples(),
        c.duplicates(),
        c.withoutSourceTime(),
        c.tooLate(),
        c.clockSuspect(),
        c.overflows(),
        c.repeatedMessages(),
        c.unknownNode(),
        c.beyondRevision(),
        c.episodesDropped(),
        c.updatesUntracked(),
        state.misfits(),
        state.revisions());
  }

  private SecondsView seconds(SecondsPane pane) {
    List<SecondsView.Row> rows = new ArrayList<>();
    for (Asset a : register.assets()) {
      if (a.id() < pane.assets()) {
        rows.add(new SecondsView.Row(a.path(), pane.usable(a.id()), pane.inScope(a.id())));
      }
    }
    return new SecondsView(pane.lastSecond(), rows);
  }

  /** With SQLite's write-ahead log beside it, where most of a young store is. */
  private long storeSize() {
    Path file = sources.storeFile();
    return size(file) + size(file.resolveSibling(file.getFileName() + "-wal"));
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }

  private List<AssetView> assets(LiveState state) {
    List<Asset> assets = register.assets();
    long[][] sums = new long[assets.size()][Outcome.COUNT];
    int[] signals = new int[assets.size()];
    register.signals().forEach(s -> signals[s.asset()]++);
    for (int a = assets.size() - 1; a >= 0; a--) {
      if (a < state.assets().size()) {
        for (Outcome o : Outcome.values()) {
          sums[a][o.ordinal()] += state.assets().get(a).slots(o);
        }
      }
      int parent = assets.get(a).parent();
      if (parent >= 0) {
        signals[parent] += signals[a];
        for (int o = 0; o < Outcome.COUNT; o++) {
          sums[parent][o] += sums[a][o];
        }
      }
    }
    List<AssetView> views = new ArrayList<>();
    for (Asset a : assets) {
      Result last = state.latest().get(new LiveState.Key(Completeness.EVENTUAL.id(), a.path()));
      views.add(
          new AssetView(
              a.path(),
              a.parent() < 0 ? "" : assets.get(a.parent()).path(),
              a.kind(),
              a.supplier(),
              a.link() < 0 ? "" : register.links().get(a.link()),
              signals[a.id()],
              OutcomeCounts.of(sums[a.id()]),
              last == null ? null : window(last)));
    }
    return views;
  }

  private List<LinkView> links(LiveState state) {
    return sources.links().get().stream().map(status -> link(status, state)).toList();
  }

  private static LinkView link(LinkStatus status, LiveState state) {
    boolean known = status.link() < state.clockOffsetsNs().size();
    long offsetNs = known ? state.clockOffsetsNs().get(status.link()) : 0;
    // The engine begins with 0; a measured offset is never exactly that.
    return new LinkView(status, offsetNs == 0 ? Double.NaN : offsetNs / 1e9, Double.NaN);
  }

  /** All open updates, and the last ended ones of each node. */
  private static List<ModelUpdate> shownUpdates(LiveState state) {
    Map<String, Integer> ended = new HashMap<>();
    List<ModelUpdate> shown = new ArrayList<>();
    List<ModelUpdate> all = state.modelUpdates();
    for (int i = all.size() - 1; i >= 0 && shown.size() < MAX_SHOWN_UPDATES; i--) {
      ModelUpdate u = all.get(i);
      if (u.end() == End.PENDING
          || ended.merge(u.node(), 1, Integer::sum) <= ENDED_UPDATES_PER_NODE) {
        shown.add(u);
      }
    }
    return shown;
  }

  @Override
  public boolean isSubject(String path) {
    return subjects.contains(path);
  }

  @Override
  public List<Kpi> kpis() {
    return Kpis.ALL;
  }

  private static Window window(Result r) {
    return Window.of(
        Times.instant(r.startNs()),
        Times.instant(r.endNs()),
        r.revision(),
        OutcomeCounts.of(r.counts()));
  }

  @Override
  public Map<String, List<Window>> windows(Collection<String> of, Instant from, Instant to) {
    Map<String, List<Window>> windows = new HashMap<>();
    for (String subject : of) {
      List<Window> its =
          rows(Completeness.EVENTUAL.id(), subject, Span.WINDOW, from, to, StoreReader.MAX_ROWS)
              .map(LivePlant::window)
              .toList();
      if (!its.isEmpty()) {
        windows.put(subject, its);
      }
    }
    return windows;
  }

  private Stream<Result> rows(
      String kpi, String subject, Span span, Instant from, Instant to, int limit) {
    return reader.resultsOf(kpi, subject, span, Times.ns(from), Times.ns(to), limit).stream()
        .map(ResultRow::result);
  }

  @Override
  public List<SignalView> signals(String asset, Instant from, Instant to) {
    List<Signal> its =
        register.signals().stream()
            .filter(s -> register.assets().get(s.asset()).path().equals(asset))
            .toList();
    Map<String, List<Window>> windows = windows(its.stream().map(Signal::path).toList(), from, to);
    return its.stream().map(s -> signal(s, windows)).toList();
  }

  private static SignalView signal(Signal s, Map<String, List<Window>> windows) {
    return new SignalView(
        s.path(),
        s.path().substring(s.path().lastIndexOf('/') + 1),
        s.unit(),
        s.mode(),
        s.periodNs() / 1e9,
        s.deadlineNs() / 1e9,
        s.min(),
        s.max(),
        s.text(),
        windows.getOrDefault(s.path(), List.of()));
  }

  @Override
  public List<Result> results(
      String kpi, String subject, Span span, Instant from, Instant to, int limit) {
    Kpi asked = Kpis.byId(kpi);
    Stream<Result> rows = rows(asked.basis(), subject, span, from, to, limit);
    return (asked.id().equals(asked.basis()) ? rows : rows.map(r -> derived(asked, r))).toList();
  }

  /** The result of a KPI that is computed from another one's counts. */
  private static Result derived(Kpi kpi, Result basis) {
    return new Result(
        kpi.id(),
        basis.subject(),
        basis.span(),
        basis.startNs(),
        basis.endNs(),
        basis.revision(),
        basis.registerHash(),
        basis.counts(),
        basis.histogram(),
        kpi.figure(basis.counts(), Histograms.decode(basis.histogram())));
  }

  @Override
  public List<ModelUpdate> modelUpdates(Instant from, Instant to) {
    return reader.modelUpdatesOpenIn(Times.ns(from), Times.ns(to)).stream()
        .map(ModelUpdateRow::update)
        .toList();
  }

  @Override
  public List<RejectView> rejects(int limit) {
    return rejects(reader, limit);
  }

  private List<RejectView> rejects(StoreReader from, int limit) {
    return from.rejects(limit).stream().map(this::reject).toList();
  }

  private RejectView reject(RejectRow r) {
    boolean known = r.link() >= 0 && r.link() < register.links().size();
    return new RejectView(
        Times.instant(r.receivedNs()),
        known ? register.links().get(r.link()) : "",
        r.cause().name(),
        r.origin(),
        r.detail(),
        new String(r.payload(), StandardCharsets.UTF_8));
  }

  @Override
  public String registerJson() {
    return RegisterJson.write(register);
  }

  @Override
  public void close() {
    reader.close();
    background.close();
  }
}
