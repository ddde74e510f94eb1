package io.feedrate.kpi.scenario;

import io.feedrate.kpi.Decision;
import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.Fingerprint;
import io.feedrate.kpi.Inference;
import io.feedrate.kpi.InferenceMode;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.PlantEvent;
import io.feedrate.kpi.Recent;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Sample;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.engine.KpiEngine;
import io.feedrate.kpi.engine.Kpis;
import io.feedrate.kpi.slot.SampleCounters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where a scenario is played: the plant's clocks, the collector with its journal and checkpoint,
 * and the engine, whose interface nothing else here knows.
 */
final class Stage {

  /** Who approves models, with a clock of its own. */
  static final String REGISTRY = "registry";

  /** Names of the counters. */
  static final List<String> COUNTERS =
      List.of(
          "samples",
          "duplicates",
          "without source time",
          "too late",
          "clock suspect",
          "overflows",
          "unknown signal",
          "unknown node",
          "repeated messages",
          "beyond revision");

  private final Map<String, Long> clockOffsetNs = new HashMap<>();
  private final List<Consumer<KpiEngine>> journal = new ArrayList<>();
  private final Report report = new Report();
  private KpiEngine engine = new KpiEngine(report);
  private @Nullable DirectBuffer checkpoint;
  private @Nullable Register checkpointRegister;
  private Register register;
  private long nowNs;
  private boolean isRunning = true;

  /** A stage on which a register is in force from the beginning. */
  Stage(Register register, long fromNs) {
    this.register = register;
    nowNs = fromNs;
    changeRegister(register);
  }

  // What happens.

  /** Time comes to this point: ticks come as long as the collector runs. */
  void comeTo(long atNs) {
    nowNs = atNs;
  }

  void tick() {
    if (isRunning) {
      long atNs = nowNs;
      tell(e -> e.onTick(atNs));
    }
  }

  void changeRegister(Register to) {
    long atNs = nowNs;
    tell(e -> e.onRegister(to, atNs));
    register = to;
  }

  void link(Said it, LinkEvent event) {
    hears(it);
    int link = register.links().indexOf(it.word("source"));
    long atNs = nowNs;
    tell(e -> e.onLink(link, event, atNs));
  }

  void stepClock(Said it, int sign) {
    clockOffsetNs.merge(it.word("clock"), sign * it.durationNs("duration"), Long::sum);
  }

  void measureClock(Said it) {
    hears(it);
    String source = it.word("source");
    int link = register.links().indexOf(source);
    long offsetNs = clockOffsetNs.getOrDefault(source, 0L);
    long uncertaintyNs = it.durationNs("duration", 0);
    long atNs = nowNs;
    tell(e -> e.onClock(link, offsetNs, uncertaintyNs, atNs));
  }

  void value(Said it, long happenedNs, double value, int flags) {
    hears(it);
    int signal = -1;
    String source = "";
    for (Signal s : register.signals()) {
      if (s.path().equals(it.path("signal"))) {
        signal = s.id();
        source = register.links().get(s.link());
      }
    }
    int its = signal;
    long sourceNs = it.has("timeStamped") ? it.timeNs("timeStamped") : stamp(source, happenedNs);
    int status = it.status("status");
    long atNs = nowNs;
    tell(e -> e.onSample(its, sourceNs, atNs, status, value, flags));
  }

  void exclude(Said it) {
    hears(it);
    long atNs = nowNs;
    tell(e -> e.onExclusion(it.path("subject"), it.timeNs("time"), it.timeNs("time2"), atNs));
  }

  void withdraw(Said it) {
    hears(it);
    String subject = it.path("subject");
    long atNs = nowNs;
    tell(e -> e.onExclusionWithdrawn(subject, it.timeNs("time"), it.timeNs("time2"), atNs));
  }

  void modelEvent(Said it, ModelStage stage, String clock, long happenedNs) {
    hears(it);
    long atNs = nowNs;
    long eventNs = eventNs(it, clock, happenedNs);
    long sinceNs = it.has("timeSince") ? it.timeNs("timeSince") : Sample.NO_TIME;
    tell(
        e ->
            e.onModelEvent(
                e.names().id(it.path("node")),
                e.names().id(it.word("model")),
                e.names().id(it.word("version")),
                e.names().id(it.word("digest", "")),
                stage,
                eventNs,
                sinceNs,
                atNs));
  }

  void infer(Said it, InferenceMode mode, boolean ok, long happenedNs) {
    hears(it);
    long eventNs = eventNs(it, it.path("node"), happenedNs);
    Inference inference = new Inference().clear();
    inference.key = fingerprint(it.word("key", ""));
    inference.part = fingerprint(it.word("about", ""));
    inference.mode = mode;
    inference.ok = ok;
    inference.actionable = it.has(Verbs.ACTIONABLE);
    if (it.has(Verbs.FOUND_GOOD) || it.has(Verbs.FOUND_BAD)) {
      inference.decision = it.has(Verbs.FOUND_GOOD) ? Decision.GOOD : Decision.BAD;
    }
    if (it.has("before")) {
      inference.inputNs = stamp(it.path("node"), happenedNs) - it.durationNs("before");
    }
    inference.inferenceNs = eventNs;
    inference.latencyNs = it.durationNs("duration", -1);
    inference.receivedNs = nowNs;
    long identity = identity(it, mode.name(), happenedNs);
    tell(
        e -> {
          if (!e.isRepeated(identity)) {
            inference.node = e.names().id(it.path("node"));
            inference.model = e.names().id(it.word("model"));
            inference.version = e.names().id(it.word("version"));
            inference.digest = e.names().id(it.word("digest", ""));
            e.onInference(inference);
          }
        });
  }

  void event(Said it, EventKind kind, long happenedNs) {
    hears(it);
    long atNs = nowNs;
    long eventNs = eventNs(it, it.path("asset"), happenedNs);
    long amount = it.has("number") ? (long) it.number("number") : 0;
    long of = it.has("of") ? (long) it.number("of") : 0;
    long identity = identity(it, kind.name(), happenedNs);
    tell(
        e -> {
          if (!e.isRepeated(identity)) {
            e.onEvent(
                e.names().id(it.path("asset")),
                kind,
                fingerprint(it.word("key", "")),
                fingerprint(it.word("person", "")),
                amount,
                of,
                eventNs,
                atNs);
          }
        });
  }

  /** What tells a message from all others; those without a time of their own cannot be told. */
  private static long identity(Said it, String kind, long happenedNs) {
    return it.has(Verbs.TIMELESS)
        ? Recent.NONE
        : fingerprint(it.text().line() + " " + kind + " " + happenedNs);
  }

  private static long fingerprint(String text) {
    return text.isEmpty() ? PlantEvent.NONE : Fingerprint.of(text);
  }

  void stop() {
    isRunning = false;
  }

  void start() {
    isRunning = true;
    long atNs = nowNs;
    tell(e -> e.onStart(atNs));
  }

  void checkpoint() {
    DirectBuffer state = engine.snapshot();
    UnsafeBuffer copy = new UnsafeBuffer(new byte[engine.snapshotLength()]);
    copy.putBytes(0, state, 0, engine.snapshotLength());
    checkpoint = copy;
    checkpointRegister = engine.register();
    journal.clear();
  }

  /** A new process: it goes on from the checkpoint and reads the rest of the journal. */
  void restart() {
    engine = new KpiEngine(report);
    if (checkpoint != null) {
      engine.restore(checkpointRegister, checkpoint, 0);
    }
    report.replay(true);
    journal.forEach(record -> record.accept(engine));
    report.replay(false);
  }

  private void tell(Consumer<KpiEngine> record) {
    journal.add(record);
    record.accept(engine);
  }

  private void hears(Said it) {
    if (!isRunning) {
      throw it.text().fault("the collector is stopped at this time: it can learn nothing");
    }
  }

  /** What the clock of a source, of a node's source or of the registry shows. */
  private long stamp(String clock, long happenedNs) {
    String its =
        register.assets().stream()
            .filter(a -> a.path().equals(clock) && a.link() >= 0)
            .map(a -> register.links().get(a.link()))
            .findFirst()
            .orElse(clock);
    return happenedNs + clockOffsetNs.getOrDefault(its, 0L);
  }

  private long eventNs(Said it, String clock, long happenedNs) {
    return it.has(Verbs.TIMELESS) ? Sample.NO_TIME : stamp(clock, happenedNs);
  }

  /** What came of it. */
  Report report() {
    return report;
  }

  /** What became of samples and messages since the beginning, by the names of {@link #COUNTERS}. */
  Map<String, Long> counters() {
    SampleCounters c = engine.counters();
    Map<String, Long> counters = new LinkedHashMap<>();
    long[] values = {
      c.samples(),
      c.duplicates(),
      c.withoutSourceTime(),
      c.tooLate(),
      c.clockSuspect(),
      c.overflows(),
      c.unknownSignal(),
      engine.unknownNode(),
      engine.repeated(),
      engine.beyondRevision()
    };
    for (int i = 0; i < values.length; i++) {
      counters.put(COUNTERS.get(i), values[i]);
    }
    return counters;
  }

  /** The KPI with this id. */
  static Kpi kpi(String id) {
    return Kpis.byId(id);
  }
}
