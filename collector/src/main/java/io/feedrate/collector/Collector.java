package io.feedrate.collector;

import io.feedrate.collector.access.AccessException;
import io.feedrate.collector.access.FailedLoginReport;
import io.feedrate.collector.access.FailedLogins;
import io.feedrate.collector.access.LiveUsers;
import io.feedrate.collector.adapter.Adapter;
import io.feedrate.collector.adapter.AdapterFactory;
import io.feedrate.collector.adapter.LinkStatus;
import io.feedrate.collector.adapter.mqtt.MqttAdapters;
import io.feedrate.collector.adapter.opcua.OpcUaAdapters;
import io.feedrate.collector.assess.Assessor;
import io.feedrate.collector.assess.ProfileException;
import io.feedrate.collector.assess.ProfileLoader;
import io.feedrate.collector.audit.AuditFile;
import io.feedrate.collector.config.GatewayConfig;
import io.feedrate.collector.config.GatewayConfig.Access;
import io.feedrate.collector.config.GatewayConfig.HttpAddress;
import io.feedrate.collector.config.GatewayConfig.InfluxConfig;
import io.feedrate.collector.config.RegisterFactory;
import io.feedrate.collector.config.RegisterJson;
import io.feedrate.collector.engine.BaseKeeper;
import io.feedrate.collector.engine.EngineThread;
import io.feedrate.collector.engine.LiveState;
import io.feedrate.collector.entries.EntryIntake;
import io.feedrate.collector.evidence.HeadKeeper;
import io.feedrate.collector.evidence.KeyRing;
import io.feedrate.collector.exclusions.ConfiguredExclusions;
import io.feedrate.collector.exclusions.ExclusionFile;
import io.feedrate.collector.exclusions.ExclusionIntake;
import io.feedrate.collector.journal.DataLock;
import io.feedrate.collector.journal.EntryKind;
import io.feedrate.collector.journal.EpochClock;
import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.journal.JournalRetention;
import io.feedrate.collector.sink.influx.InfluxSink;
import io.feedrate.collector.sink.prometheus.PlantMetrics;
import io.feedrate.collector.statements.Stated;
import io.feedrate.collector.statements.StatementException;
import io.feedrate.collector.statements.StatementFile;
import io.feedrate.collector.store.Cursors;
import io.feedrate.collector.store.ExclusionRow;
import io.feedrate.collector.store.LogReader;
import io.feedrate.collector.store.Store;
import io.feedrate.collector.store.StoreException;
import io.feedrate.collector.store.StoreFeed;
import io.feedrate.collector.store.StoreReader;
import io.feedrate.collector.view.LivePlant;
import io.feedrate.collector.web.WebServer;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.engine.Kpis;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One gateway, wired and running. Parts are closed in the reverse order of their opening: adapters
 * first, so that the engine commits all that was received; the lock last.
 *
 * <p><b>Thread</b>: any. <b>Errors</b>: whatever cannot go on, such as the engine or a full disk,
 * ends the collector as a whole: see {@link #end()}.
 */
public final class Collector implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

  private static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration VIEW = Duration.ofSeconds(2);
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration RETENTION = Duration.ofMinutes(1);
  private static final Duration HEADS = Duration.ofMinutes(1);
  private static final long MAX_LAG_NS = TimeUnit.SECONDS.toNanos(10);
  private static final long CLOCK_BEHIND_NS = TimeUnit.SECONDS.toNanos(1);

  /** With less free space the collector ends: writing mapped files to a full disk would kill it. */
  private static final long MIN_FREE_BYTES = 128L << 20;

  private static final List<AdapterFactory> PROTOCOLS =
      List.of(OpcUaAdapters::create, MqttAdapters::create);

  private final GatewayConfig config;
  private final String version;
  private final Register register;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final CompletableFuture<Optional<Throwable>> end = new CompletableFuture<>();
  private final Journal journal;
  private final Store store;
  private final Cursors cursors;
  private final HeadKeeper heads;
  private final EngineThread engine;
  private final JournalRetention retention;
  private final Assessor assessor;
  private final String profileText;
  private final LiveUsers users;
  private final FailedLogins failedLogins = new FailedLogins(System::nanoTime);
  private final FailedLoginReport failedLoginReport;
  private @Nullable HttpAddress address;
  private final List<Adapter> adapters = new ArrayList<>();
  private boolean clockWasBehind;

  private Collector(GatewayConfig config, String version) throws IOException, ProfileException {
    this.config = config;
    this.version = version;
    this.assessor =
        new Assessor(
            ProfileLoader.resolve(config.profile(), directory(config.file())), this::stated);
    this.profileText = ProfileLoader.text(config.profile(), directory(config.file()));
    this.register = RegisterFactory.register(config);
    this.users = new LiveUsers(config.data());
    this.failedLoginReport =
        new FailedLoginReport(failedLogins, new AuditFile(config.data()), System::nanoTime);
    try {
      open(DataLock.take(config.data()));
      requireUsers();
      requireSpace();
      journal = open(Journal.open(Journal.in(config.data()), new EpochClock()));
      store = open(Store.open(config.data()));
      cursors = open(store.cursors());
      heads = open(heads());
      engine = open(new EngineThread(journal, store, RegisterJson::read, this::fail));
      retention =
          new JournalRetention(
              journal,
              config.journal().maxAge(),
              config.journal().maxBytes(),
              engine::committedPosition,
              () -> Long.MAX_VALUE,
              new BaseKeeper(journal, cursors, RegisterJson::read));
    } catch (IOException | RuntimeException e) {
      closeParts();
      throw e;
    }
  }

  /** Where nobody could log in it is better to hear so at the start than at a locked page. */
  private void requireUsers() throws IOException {
    try {
      if (users.isEmpty() && config.http().access() == Access.LOGIN) {
        throw new IOException(
            ("there are no users, and without a login nobody may read at %s: add one with feedrate"
                    + " users add NAME --role engineer --data %s, or write access: open below"
                    + " gateway.http, if everybody who reaches the port may read")
                .formatted(config.http().listen().host(), config.data()));
      }
    } catch (AccessException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Closed after the engine, so that it signs what that commits at the end. */
  private HeadKeeper heads() throws IOException {
    return new HeadKeeper(
        config.data(),
        store.heads(),
        KeyRing.open(config.data(), store, journal.clock().nowNs()),
        config.id(),
        Collector::wallNs); // as it is: that it was set back is to be seen
  }

  private static long wallNs() {
    Instant now = Instant.now();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }

  /** What people stated. A broken file costs the page their statements, and nothing else. */
  private Stated stated() {
    try {
      return Stated.of(new StatementFile(config.data()).read());
    } catch (StatementException e) {
      LOG.warn("documents and declarations are left out of the assessment: {}", e.getMessage());
      return Stated.NOTHING;
    }
  }

  private static Path directory(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file : parent;
  }

  private <T extends AutoCloseable> T open(T part) {
    parts.push(part);
    return part;
  }

  /** Starts a gateway with all protocols there are. */
  public static Collector start(GatewayConfig config, String version)
      throws IOException, ProfileException {
    return start(config, version, PROTOCOLS);
  }

  /**
   * Starts a gateway: recovers what the last run left, then begins to receive.
   *
   * @param version of the software, for the journal
   * @param factories one for each protocol
   * @throws IllegalStateException if another collector runs on the data directory
   * @throws ProfileException if the maturity profile is wrong
   */
  public static Collector start(
      GatewayConfig config, String version, List<AdapterFactory> factories)
      throws IOException, ProfileException {
    Collector collector = new Collector(config, version);
    try {
      collector.begin(factories);
      return collector;
    } catch (IOException | RuntimeException e) {
      collector.close();
      throw e;
    }
  }

  private void begin(List<AdapterFactory> factories) throws IOException {
    requireClock();
    store.describe(Kpis.ALL);
    engine.recover();
    journal.appendStart(version);
    if (!engine.registerHash().equals(register.hash())) {
      journal.appendRegister(register.hash(), RegisterJson.write(register));
    }
    ExclusionIntake exclusions = takeExclusions();
    List<EntryIntake> entries = takeEntries();
    engine.start();
    open(
        Periodic.start(
            "feedrate-entries", TICK, () -> entries.forEach(EntryIntake::run), this::fail));
    open(Periodic.start("feedrate-logins", MINUTE, failedLoginReport::run, this::fail));
    open(Periodic.start("feedrate-tick", TICK, this::tick, this::fail));
    open(Periodic.start("feedrate-exclusions", TICK, exclusions::run, this::fail));
    open(Periodic.start("feedrate-sync", config.journal().sync(), journal::sync, this::fail));
    open(Periodic.start("feedrate-retention", RETENTION, this::retain, this::fail));
    open(Periodic.start("feedrate-heads", HEADS, heads::sign, this::fail));
    for (AdapterFactory factory : factories) {
      for (Adapter adapter : factory.create(config, register, journal)) {
        adapters.add(open(adapter));
      }
    }
    show();
    adapters.forEach(Adapter::start);
    LOG.info(
        "{} runs on {}: {} sources, {} signals",
        config.id(),
        config.data(),
        register.links().size(),
        register.signals().size());
  }

  /** What people entered while the collector stood. */
  private List<EntryIntake> takeEntries() {
    List<EntryIntake> intakes = new ArrayList<>();
    for (EntryKind kind : EntryKind.values()) {
      EntryIntake intake =
          new EntryIntake(config.data(), kind, journal, () -> LogReader.open(config.data()));
      intake.begin();
      intakes.add(intake);
    }
    return intakes;
  }

  private void show() throws IOException {
    LivePlant plant =
        open(
            new LivePlant(
                config,
                register,
                version,
                assessor,
                new LivePlant.Sources(
                    engine::state,
                    this::links,
                    this::notReady,
                    () -> retention.counts().bytes(),
                    store.file()),
                store.reader(),
                store.reader()));
    open(Periodic.start("feedrate-view", VIEW, () -> refresh(plant), this::fail));
    PlantMetrics metrics = new PlantMetrics(plant);
    WebServer web =
        open(
            new WebServer(
                config.http(),
                users,
                failedLogins,
                new WebServer.People(config.data(), assessor.profile(), profileText, version),
                plant,
                metrics));
    config.influx().ifPresent(influx -> forward(influx, metrics.registry()));
    address = web.start();
  }

  /** What is shown may wait; collecting may not. */
  private static void refresh(LivePlant plant) {
    try {
      plant.refresh();
    } catch (StoreException e) {
      LOG.warn("the page's figures could not be read anew: {}", e.toString());
    }
  }

  /** Results go to InfluxDB from the store, with a cursor of their own. */
  private void forward(InfluxConfig influx, MeterRegistry metrics) {
    StoreFeed feed = open(new StoreFeed(store.reader(), cursors));
    InfluxSink sink = open(new InfluxSink(influx, feed, Kpis.ALL, register));
    Gauge.builder("feedrate.influx.backlog.results", sink, s -> s.status().backlog())
        .description("Results that are stored and that InfluxDB has not confirmed yet.")
        .register(metrics);
    FunctionCounter.builder("feedrate.influx.delivered.results", sink, s -> s.status().delivered())
        .description("Results that InfluxDB has confirmed.")
        .register(metrics);
    FunctionCounter.builder("feedrate.influx.refused.results", sink, s -> s.status().refused())
        .description("Results that InfluxDB will never take; the log says why.")
        .register(metrics);
    sink.start();
  }

  /** What is new in the configuration, and what was entered while the collector stood. */
  private ExclusionIntake takeExclusions() {
    try (StoreReader reader = store.reader()) {
      List<ExclusionRow> journaled = reader.enteredExclusions();
      ConfiguredExclusions.journal(config.exclusions(), journaled, journal);
      ExclusionIntake intake =
          new ExclusionIntake(new ExclusionFile(config.data()), journal, journaled);
      intake.run();
      return intake;
    }
  }

  private void tick() throws IOException {
    requireSpace();
    journal.clock().adjust();
    journal.appendTick();
    boolean behind = journal.clock().behindNs() > CLOCK_BEHIND_NS;
    if (behind && !clockWasBehind) {
      journal.appendClockStep(journal.clock().nowNs() - journal.clock().behindNs(), version);
      LOG.warn(
          "the system clock was set back; the journal's time stands still until it catches up");
    }
    clockWasBehind = behind;
  }

  /** A gateway without battery boots in 1970; windows from then to now would fill any disk. */
  private void requireClock() throws IOException {
    Instant now = Instant.now();
    if (now.isBefore(EARLIEST)) {
      throw new IOException(
          "the system clock says %s: set it, for example by NTP, and start again".formatted(now));
    }
  }

  private void requireSpace() throws IOException {
    long free = config.data().toFile().getUsableSpace();
    if (free < MIN_FREE_BYTES) {
      throw new IOException(
          "the disk of %s is full: %d MB left, %d needed; free some, or lower journal.max-size"
              .formatted(config.data(), free >> 20, MIN_FREE_BYTES >> 20));
    }
  }

  private void retain() {
    try {
      retention.run();
    } catch (IOException | StoreException e) {
      LOG.warn("old journal files cannot be removed: {}", e.toString());
    }
  }

  private void fail(Throwable cause) {
    if (end.complete(Optional.of(cause))) {
      LOG.error("the collector cannot go on", cause);
    }
  }

  /** Completes when the collector ends: empty when it was closed, else why it could not go on. */
  public CompletableFuture<Optional<Throwable>> end() {
    return end.copy();
  }

  /** Why the collector does not do its work now; empty if it does. */
  public Optional<String> notReady() {
    if (end.isDone()) {
      return Optional.of(end.join().map(e -> "failed: " + e.getMessage()).orElse("closed"));
    }
    LiveState now = engine.state();
    if (now.lagNs() > MAX_LAG_NS) {
      long seconds = TimeUnit.NANOSECONDS.toSeconds(now.lagNs());
      return Optional.of("the engine is " + seconds + " s behind the journal");
    }
    long behindNs = journal.clock().behindNs();
    if (behindNs > CLOCK_BEHIND_NS) {
      long seconds = TimeUnit.NANOSECONDS.toSeconds(behindNs);
      return Optional.of(
          "the system clock was set back: the journal's time stands still for " + seconds + " s");
    }
    if (now.register().isEmpty()) {
      return Optional.of("the engine has not read the register yet");
    }
    return Optional.empty();
  }

  /** What the engine knew at most a second ago. */
  public LiveState state() {
    return engine.state();
  }

  /** State of all links now. */
  public List<LinkStatus> links() {
    return adapters.stream().flatMap(adapter -> adapter.links().stream()).toList();
  }

  /** What retention removed, and how large the journal is. */
  public JournalRetention.Counts retained() {
    return retention.counts();
  }

  /** Where the page, the API and the metrics are, with the port that was taken. */
  public HttpAddress address() {
    return Objects.requireNonNull(address, "listening starts with the collector");
  }

  /** Holds stored results against the configured profile. */
  public Assessor assessor() {
    return assessor;
  }

  /** The register of the configuration. */
  public Register register() {
    return register;
  }

  /** A reader of the results with its own connection. */
  public StoreReader reader() {
    return store.reader();
  }

  /** The journal, for those who read it with a cursor of their own. */
  public Journal journal() {
    return journal;
  }

  /** Positions of sinks. */
  public Cursors cursors() {
    return cursors;
  }

  /** Stops receiving, commits what was received, ends. Safe twice. */
  @Override
  public synchronized void close() {
    closeParts();
    end.complete(Optional.empty());
  }

  private void closeParts() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) { // the others want to be closed as well
        LOG.warn("a part could not be closed", e);
      }
    }
  }
}
