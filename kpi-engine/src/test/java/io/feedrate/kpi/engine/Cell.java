package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Factory.GOOD;
import static io.feedrate.kpi.engine.Factory.SECOND;
import static io.feedrate.kpi.engine.Factory.T0;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Inference;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Role;
import io.feedrate.kpi.Rules;
import io.feedrate.kpi.Sample;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.SignalMode;
import java.util.ArrayList;
import java.util.List;

/**
 * A machine and an inference node, told of in seconds since T0; windows 10 s, lateness 5 s. The
 * machine has link 0 and one signal for each role, the node link 1.
 */
final class Cell {
  static final String CNC = "site/line/cnc";
  static final String VISION = "site/line/vision";
  static final String LINE = "site/line";

  final Factory.Report report = new Factory.Report();
  KpiEngine engine = new KpiEngine(report);
  private Register register;

  Cell(Role... roles) {
    this(new Factory().rules(), 0, roles);
  }

  Cell(Rules rules, long idealCycleNs, Role... roles) {
    register = register(rules, idealCycleNs, roles);
    engine.onRegister(register, T0);
  }

  static Register register(Rules rules, long idealCycleNs, Role... roles) {
    List<Asset> assets =
        List.of(
            new Asset(0, "site", Asset.Kind.SITE, Asset.NO_PARENT, Asset.NO_LINK, ""),
            new Asset(1, LINE, Asset.Kind.LINE, 0, Asset.NO_LINK, ""),
            new Asset(2, CNC, Asset.Kind.MACHINE, 1, 0, "", idealCycleNs),
            new Asset(3, VISION, Asset.Kind.NODE, 1, 1, ""));
    List<Signal> signals = new ArrayList<>();
    for (Role role : roles) {
      signals.add(
          new Signal(
              signals.size(),
              CNC + "/" + role,
              2,
              0,
              SignalMode.ON_CHANGE,
              SECOND,
              SECOND,
              Double.NEGATIVE_INFINITY,
              Double.POSITIVE_INFINITY,
              "1",
              false,
              role,
              "",
              ""));
    }
    return new Register("hash" + roles.length, assets, signals, List.of("cnc", "vision"), rules);
  }

  static long ns(double second) {
    return T0 + Math.round(second * SECOND);
  }

  void change(Register other, double second) {
    register = other;
    engine.onRegister(other, ns(second));
  }

  /** Goes on in a new engine from a snapshot. */
  void crash() {
    KpiEngine next = new KpiEngine(report);
    next.restore(register, engine.snapshot(), 0);
    engine = next;
  }

  void link(int link, LinkEvent event, double second) {
    engine.onLink(link, event, ns(second));
  }

  /** The machine's link is proven alive every second, and time passes. */
  void alive(int fromSecond, int toSecond) {
    for (int s = fromSecond; s <= toSecond; s++) {
      link(0, LinkEvent.PROOF, s);
      engine.onTick(ns(s));
    }
  }

  void value(int signal, double second, double value) {
    value(signal, second, second, GOOD, value);
  }

  void value(int signal, double second, double received, int status, double value) {
    engine.onSample(signal, ns(second), ns(received), status, value, 0);
  }

  void event(String asset, EventKind kind, long key, double second) {
    event(asset, kind, key, second, second);
  }

  void event(String asset, EventKind kind, long key, double second, double received) {
    engine.onEvent(engine.names().id(asset), kind, key, 0, 0, 0, ns(second), ns(received));
  }

  void checked(String asset, long conforming, long required, double second) {
    engine.onEvent(
        engine.names().id(asset),
        EventKind.INTERFACE_CHECKED,
        0,
        0,
        conforming,
        required,
        ns(second),
        ns(second));
  }

  /** A production inference of the node, received when it was made. */
  Inference inference(double second) {
    Inference its = new Inference().clear();
    its.node = engine.names().id(VISION);
    its.inferenceNs = second < 0 ? Sample.NO_TIME : ns(second);
    its.receivedNs = ns(Math.abs(second));
    return its;
  }

  void actionable(long key, double second) {
    Inference its = inference(second);
    its.actionable = true;
    its.key = key;
    engine.onInference(its);
  }

  void tick(double second) {
    engine.onTick(ns(second));
  }

  long[] counts(String kpi, String subject) {
    return report.counts(Kpis.byId(kpi).basis(), subject);
  }

  /** The figure of a KPI over all windows, of counts alone. */
  Figure figure(String kpi, String subject) {
    return Kpis.byId(kpi).figure(counts(kpi, subject), null);
  }
}
