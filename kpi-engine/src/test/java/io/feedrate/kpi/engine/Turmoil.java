package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Factory.BAD;
import static io.feedrate.kpi.engine.Factory.GOOD;
import static io.feedrate.kpi.engine.Factory.SECOND;
import static io.feedrate.kpi.engine.Factory.T0;
import static io.feedrate.kpi.engine.Factory.UNCERTAIN;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Calendar;
import io.feedrate.kpi.Decision;
import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.Fingerprint;
import io.feedrate.kpi.Inference;
import io.feedrate.kpi.InferenceMode;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.Qualification;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.ResultListener;
import io.feedrate.kpi.Role;
import io.feedrate.kpi.Rules;
import io.feedrate.kpi.Sample;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.SignalMode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A line to which everything that an engine can be told happens at random, from a seed: readings,
 * links, clocks, models, inferences, alarms, parts, people, exclusions, restarts of the collector
 * and changes of its configuration. No KPI of the catalogue is without something to count.
 */
final class Turmoil {
  private static final int STEPS = 1200;
  private static final int MACHINES = 2;
  private static final int NODES = 2;
  private static final String ZONE = "Europe/Berlin";

  /** Stages that a model update mostly goes through, the others being rarer. */
  private static final ModelStage[] USUAL = {
    ModelStage.REGISTERED,
    ModelStage.APPROVED,
    ModelStage.APPROVED,
    ModelStage.DOWNLOADED,
    ModelStage.LOADED,
    ModelStage.FAILED,
    ModelStage.ROLLED_BACK,
    ModelStage.SERVING,
    ModelStage.FALLBACK_READY
  };

  private final SplittableRandom random;
  private final ResultListener listener;
  private final int crashEvery;
  private final BiConsumer<Register, byte[]> snapshots;
  private Register register;
  private KpiEngine engine;
  private long nowNs;
  private String excluded = "";
  private long excludedFromNs;
  private long excludedToNs;
  private int version = 1;

  private Turmoil(
      long seed, ResultListener listener, int crashEvery, BiConsumer<Register, byte[]> snapshots) {
    random = new SplittableRandom(seed);
    this.listener = listener;
    this.crashEvery = crashEvery;
    this.snapshots = snapshots;
    nowNs = T0 + random.nextLong(100 * SECOND);
    register = register();
    engine = new KpiEngine(listener);
    engine.onRegister(register, nowNs);
  }

  /** Tells an engine what a seed says; the listener hears what comes of it. */
  static void run(long seed, ResultListener listener) {
    new Turmoil(seed, listener, Integer.MAX_VALUE, (register, snapshot) -> {}).run();
  }

  /** The same, but after each n steps the engine is thrown away, and another goes on from there. */
  static void runWithCrashes(
      long seed, ResultListener listener, int n, BiConsumer<Register, byte[]> snapshots) {
    new Turmoil(seed, listener, n, snapshots).run();
  }

  private void run() {
    for (int step = 1; step <= STEPS; step++) {
      nowNs += random.nextLong(random.nextInt(200) == 0 ? 40 * SECOND : SECOND / 2);
      step();
      if (step % crashEvery == 0) {
        crash();
      }
    }
    long lastNs = nowNs;
    for (int s = 1; s <= 180; s++) {
      engine.onTick(lastNs + s * SECOND);
    }
  }

  private void crash() {
    byte[] snapshot = Log.snapshot(engine);
    snapshots.accept(register, snapshot);
    KpiEngine next = new KpiEngine(listener);
    next.restore(register, new UnsafeBuffer(snapshot), 0);
    engine = next;
  }

  private void step() {
    int dice = random.nextInt(100);
    if (dice < 30) {
      sample();
    } else if (dice < 48) {
      engine.onTick(nowNs);
    } else if (dice < 58) {
      boolean proof = random.nextInt(3) > 0;
      int link = random.nextInt(register.links().size());
      engine.onLink(link, proof ? LinkEvent.PROOF : oneOf(LinkEvent.values()), nowNs);
    } else if (dice < 75) {
      event();
    } else if (dice < 88) {
      engine.onInference(inference());
    } else if (dice < 95) {
      stage();
    } else {
      rare(dice);
    }
  }

  private void rare(int dice) {
    switch (dice) {
      case 95 ->
          engine.onClock(random.nextInt(register.links().size()), offset(), offset() / 9, nowNs);
      case 96 -> {
        if (random.nextInt(3) == 0) {
          engine.onExclusionWithdrawn(excluded, excludedFromNs, excludedToNs, nowNs);
        } else {
          exclude();
        }
      }
      case 97 -> engine.isRepeated(Fingerprint.of("message" + random.nextInt(9)));
      case 98 -> engine.onStart(nowNs);
      default -> {
        if (random.nextInt(4) == 0) {
          register = register();
          engine.onRegister(register, nowNs);
        }
      }
    }
  }

  private void exclude() {
    excluded = subject();
    excludedFromNs = nowNs - random.nextLong(60 * SECOND);
    excludedToNs = excludedFromNs + random.nextLong(90 * SECOND);
    engine.onExclusion(excluded, excludedFromNs, excludedToNs, nowNs);
  }

  private long offset() {
    return random.nextLong(-2 * SECOND, 2 * SECOND);
  }

  private String subject() {
    int dice = random.nextInt(10);
    return dice == 0
        ? "site"
        : dice < 5
            ? register.signals().get(random.nextInt(register.signals().size())).path()
            : "site/line/" + (random.nextBoolean() ? "cnc" : "cam") + random.nextInt(2);
  }

  private <T> T oneOf(T[] all) {
    return all[random.nextInt(all.length)];
  }

  /** Mostly when it is received, sometimes earlier or ahead, now and then not told. */
  private long eventTime() {
    return switch (random.nextInt(12)) {
      case 0 -> Sample.NO_TIME;
      case 1 -> nowNs - random.nextLong(60 * SECOND);
      case 2 -> nowNs + random.nextLong(3 * SECOND);
      default -> nowNs - random.nextLong(SECOND / 10);
    };
  }

  private void sample() {
    Signal signal = register.signals().get(random.nextInt(register.signals().size()));
    long sourceNs = eventTime();
    boolean untold = sourceNs == Sample.NO_TIME;
    int dice = random.nextInt(60);
    int status = dice < 4 ? BAD : dice < 7 ? UNCERTAIN : dice == 7 ? Sample.STATUS_OVERFLOW : GOOD;
    int flags = untold ? Sample.NO_SOURCE_TIME : dice == 8 ? Sample.HISTORICAL : 0;
    double value =
        switch (signal.role()) {
          case ITEM_STATE, OPERATION_MODE -> random.nextInt(1, 4);
          case CONTROL_MODE -> random.nextInt(6);
          case PARTS_PRODUCED, PARTS_GOOD, COUNTER -> (nowNs - T0) / SECOND / 2 + random.nextInt(2);
          case SWITCHED_ON -> random.nextInt(3) == 0 ? 1 : 0;
          case NONE -> dice == 9 ? Double.NaN : random.nextDouble() * 110 - 5;
        };
    engine.onSample(signal.id(), untold ? 0 : sourceNs, nowNs, status, value, flags);
  }

  private void event() {
    EventKind kind = oneOf(EventKind.values());
    String asset = "site/line/" + (random.nextInt(4) == 0 ? "cam" : "cnc") + random.nextInt(3);
    long person = random.nextInt(3) == 0 ? 0 : Fingerprint.of("p" + random.nextInt(4));
    int required = random.nextInt(5);
    int conforming = required - random.nextInt(required + 1);
    engine.onEvent(
        engine.names().id(asset),
        kind,
        random.nextInt(6),
        person,
        conforming,
        required,
        eventTime(),
        nowNs);
  }

  private Inference inference() {
    Inference its =
        Factory.inference(
            engine.names().id("site/line/cam" + random.nextInt(NODES)),
            engine.names().id("defect" + random.nextInt(2)),
            engine.names().id("v" + (version - random.nextInt(2))),
            random.nextInt(8) == 0 ? oneOf(InferenceMode.values()) : InferenceMode.PRODUCTION,
            random.nextInt(20) > 0,
            eventTime(),
            random.nextLong(80_000_000));
    its.receivedNs = nowNs;
    its.digest = engine.names().id(random.nextInt(9) == 0 ? "other" : "sha");
    its.key = random.nextInt(6);
    its.part = random.nextInt(6);
    its.actionable = random.nextBoolean();
    its.decision = oneOf(Decision.values());
    its.inputNs = random.nextInt(5) == 0 ? Sample.NO_TIME : nowNs - random.nextLong(SECOND / 5);
    return its;
  }

  private void stage() {
    ModelStage stage = random.nextInt(5) == 0 ? oneOf(ModelStage.values()) : oneOf(USUAL);
    version += stage == ModelStage.APPROVED && random.nextBoolean() ? 1 : 0;
    long atNs = eventTime();
    boolean polled = atNs != Sample.NO_TIME && stage == ModelStage.SERVING;
    engine.onModelEvent(
        engine.names().id("site/line/cam" + random.nextInt(NODES)),
        engine.names().id("defect" + random.nextInt(2)),
        engine.names().id("v" + (version - random.nextInt(2))),
        engine.names().id(random.nextInt(9) == 0 ? "other" : "sha"),
        stage,
        atNs,
        polled ? atNs - random.nextLong(5 * SECOND) : atNs,
        nowNs);
  }

  /** A configuration: machines and nodes stay, signals and rules change. */
  private Register register() {
    List<Asset> assets = new ArrayList<>();
    List<Signal> signals = new ArrayList<>();
    List<String> links = new ArrayList<>();
    assets.add(new Asset(0, "site", Asset.Kind.SITE, Asset.NO_PARENT, Asset.NO_LINK, ""));
    assets.add(new Asset(1, "site/line", Asset.Kind.LINE, 0, Asset.NO_LINK, ""));
    int machines = MACHINES - random.nextInt(6) / 5;
    for (int m = 0; m < machines; m++) {
      links.add("cnc" + m);
      String path = "site/line/cnc" + m;
      assets.add(new Asset(assets.size(), path, Asset.Kind.MACHINE, 1, m, "maker" + m, 3 * SECOND));
      for (Role role : Role.values()) {
        if (random.nextInt(12) > 0) {
          signals.add(signal(signals.size(), assets.size() - 1, path, links.size() - 1, role));
        }
      }
    }
    for (int n = 0; n < NODES; n++) {
      links.add("cam" + n);
      String path = "site/line/cam" + n;
      assets.add(new Asset(assets.size(), path, Asset.Kind.NODE, 1, links.size() - 1, ""));
      signals.add(signal(signals.size(), assets.size() - 1, path, links.size() - 1, Role.NONE));
    }
    return new Register("hash" + random.nextInt(1000), assets, signals, links, rules());
  }

  private Signal signal(int id, int asset, String path, int link, Role role) {
    boolean measured = role == Role.NONE;
    return new Signal(
        id,
        path + "/" + role,
        asset,
        link,
        measured && random.nextBoolean() ? SignalMode.PERIODIC : SignalMode.ON_CHANGE,
        (1 + random.nextInt(4)) * SECOND,
        SECOND,
        measured ? 0 : Double.NEGATIVE_INFINITY,
        measured ? 100 : Double.POSITIVE_INFINITY,
        measured ? "Cel" : "1",
        false,
        role,
        random.nextBoolean() ? "maintenance" : "",
        random.nextBoolean() ? "0112/2///61987#ABA000#001" : "");
  }

  private Rules rules() {
    Set<DayOfWeek> all = EnumSet.allOf(DayOfWeek.class);
    LocalTime begin = Instant.ofEpochSecond(T0 / SECOND).atZone(ZoneId.of(ZONE)).toLocalTime();
    LocalTime change = begin.plusSeconds(random.nextInt(200));
    Calendar calendar =
        new Calendar(
            ZONE,
            List.of(
                new Calendar.Shift("early", all, begin.minusHours(1), change),
                new Calendar.Shift("late", all, change, change.plusMinutes(3))),
            List.of(
                new Calendar.Downtime(
                    "site/line/cnc0", all, change.plusSeconds(20), change.plusSeconds(50), "")));
    return new Factory()
        .rules()
        .windows(10 * SECOND, (random.nextInt(3) == 0 ? 20 : 10) * SECOND)
        .lateness((3 + random.nextInt(3)) * SECOND, Map.of())
        .modelUpdates(30 * SECOND, 60 * SECOND)
        .revisable(random.nextInt(4) == 0 ? 30 * SECOND : 3600 * SECOND)
        .calendar(calendar)
        .qualifications(
            List.of(
                new Qualification("p0", "site", 0, Long.MAX_VALUE),
                new Qualification("p1", "site/line/cnc1", T0, T0 + 200 * SECOND)));
  }
}
