package io.feedrate.benchmarks;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Episode;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.ResultListener;
import io.feedrate.kpi.Rules;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.SignalMode;
import io.feedrate.kpi.engine.Family;
import io.feedrate.kpi.engine.KpiEngine;
import io.feedrate.kpi.engine.Kpis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * All that the benchmarks know of how an engine is made and fed: machines of a hundred periodic
 * signals with a range, one link each, everything that samples feed into switched on.
 */
public final class Fixture {
  private Fixture() {}

  /**
   * What a register asks for.
   *
   * @param periodNs of every signal, and its deadline
   */
  public record Plan(
      int signals,
      long periodNs,
      int windowSeconds,
      int signalWindowSeconds,
      long latenessNs,
      String hash) {}

  /** A register for a trace's signals. */
  public static Register register(int signals, int windowSeconds, int signalWindowSeconds) {
    return register(
        new Plan(
            signals,
            Trace.PERIOD_NS,
            windowSeconds,
            signalWindowSeconds,
            Trace.LATENESS_NS,
            "hash-" + signals + "-" + windowSeconds));
  }

  /** A register of that plan. */
  public static Register register(Plan plan) {
    List<Asset> assets = new ArrayList<>();
    List<Signal> its = new ArrayList<>();
    List<String> links = new ArrayList<>();
    assets.add(new Asset(0, "works", Asset.Kind.SITE, Asset.NO_PARENT, Asset.NO_LINK, ""));
    for (int s = 0; s < plan.signals; s++) {
      int machine = s / Trace.SIGNALS_PER_MACHINE;
      if (machine == links.size()) {
        links.add("m" + machine);
        assets.add(new Asset(machine + 1, "works/m" + machine, Asset.Kind.MACHINE, 0, machine, ""));
      }
      its.add(
          new Signal(
              s,
              Trace.path(s),
              machine + 1,
              machine,
              SignalMode.PERIODIC,
              plan.periodNs,
              plan.periodNs,
              0,
              1e9,
              "1",
              false));
    }
    return new Register(
        plan.hash,
        assets,
        its,
        links,
        Rules.STANDARD
            .windows(
                plan.windowSeconds * Trace.SECOND_NS, plan.signalWindowSeconds * Trace.SECOND_NS)
            .lateness(plan.latenessNs, Map.of()));
  }

  /** An engine that tells its results. */
  public static KpiEngine engine(Consumer<Result> results) {
    return new KpiEngine(new Results(results));
  }

  /** An engine at the start of a trace, all links up. */
  public static KpiEngine engine(Register register, Consumer<Result> results) {
    return engine(register, Kpis.FAMILIES, results);
  }

  /** The same that measures some KPIs. */
  public static KpiEngine engine(
      Register register, List<Family> families, Consumer<Result> results) {
    KpiEngine engine = new KpiEngine(new Results(results), families);
    engine.onRegister(register, Trace.START_NS);
    for (int link = 0; link < register.links().size(); link++) {
      engine.onLink(link, LinkEvent.UP, Trace.START_NS);
    }
    return engine;
  }

  /** Feeds one round of a trace, with a tick after each second. */
  public static void replay(KpiEngine engine, Trace trace, long round) {
    long startNs = trace.startNs(round);
    int i = 0;
    for (int second = 0; second < trace.seconds(); second++) {
      int end = trace.endOfSecond(second);
      for (; i < end; i++) {
        engine.onSample(
            trace.signal(i),
            startNs + trace.sourceNs(i),
            startNs + trace.receivedNs(i),
            trace.status(i),
            trace.value(i),
            0);
      }
      engine.onTick(startNs + (second + 1) * Trace.SECOND_NS);
    }
  }

  /** Closes the windows that end with so many rounds: every link is alive until then. */
  public static void finish(KpiEngine engine, Trace trace, Register register, long rounds) {
    long endNs = trace.startNs(rounds);
    for (int link = 0; link < register.links().size(); link++) {
      engine.onLink(link, LinkEvent.PROOF, endNs);
    }
    engine.onTick(endNs + Trace.LATENESS_NS);
  }

  /** Hears of nothing but results. */
  private record Results(Consumer<Result> to) implements ResultListener {
    @Override
    public void onResult(Result result) {
      to.accept(result);
    }

    @Override
    public void onModelUpdate(ModelUpdate update) {}

    @Override
    public void onEpisode(Episode episode) {}
  }
}
