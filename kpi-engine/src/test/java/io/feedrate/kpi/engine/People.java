package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Factory.SECOND;
import static io.feedrate.kpi.engine.Factory.T0;

import io.feedrate.kpi.Episode;
import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Register;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An engine to which people and alarms happen; times in seconds since {@link Factory#T0}. */
final class People {
  static final String MACHINE = "site/line/cnc";
  static final String LINE = "site/line";

  final Factory.Report report = new Factory.Report();
  private KpiEngine engine = new KpiEngine(report);
  private Register register;
  private long ticked;

  People(Register register) {
    this.register = register;
    engine.onRegister(register, T0);
    for (int link = 0; link < register.links().size(); link++) {
      engine.onLink(link, LinkEvent.UP, T0);
    }
  }

  People() {
    this(new Factory().machine("cnc").register());
  }

  KpiEngine engine() {
    return engine;
  }

  /** Something happens at the machine and is received at once; time passes until then. */
  void at(double second, EventKind kind, long key) {
    late(second, second, kind, key);
  }

  void late(double second, double received, EventKind kind, long key) {
    event(MACHINE, second, received, kind, key, 0);
  }

  void event(String asset, double second, double received, EventKind kind, long key, long person) {
    runTo((long) received);
    engine.onEvent(engine.names().id(asset), kind, key, person, 0, 0, ns(second), ns(received));
  }

  static long ns(double second) {
    return T0 + Math.round(second * 1000) * (SECOND / 1000);
  }

  /** Time passes with all links alive. */
  void runTo(long second) {
    for (long s = ticked + 1; s <= second; s++) {
      for (int link = 0; link < register.links().size(); link++) {
        engine.onLink(link, LinkEvent.PROOF, T0 + s * SECOND);
      }
      engine.onTick(T0 + s * SECOND);
    }
    ticked = second;
  }

  /** Time passes and nothing is heard. */
  void silentTo(long second) {
    engine.onTick(T0 + second * SECOND);
    ticked = second;
  }

  /** The engine is thrown away and goes on from its snapshot. */
  void restart() {
    KpiEngine next = new KpiEngine(report);
    next.restore(register, engine.snapshot(), 0);
    engine = next;
  }

  void change(Register other, double second) {
    register = other;
    engine.onRegister(other, ns(second));
  }

  /** A count of a KPI's basis, over all windows. */
  long count(Kpi kpi, String subject, String name) {
    return report.counts(kpi.basis(), subject)[kpi.counts().indexOf(name)];
  }

  Figure figure(Kpi kpi, String subject) {
    return kpi.figure(report.counts(kpi.basis(), subject), null);
  }

  /** The last state of each episode. */
  List<Episode> episodes(Episode.Kind kind) {
    Map<List<Object>, Episode> last = new LinkedHashMap<>();
    report.episodes.stream()
        .filter(e -> e.kind() == kind)
        .forEach(e -> last.put(List.of(e.subject(), e.key(), e.startNs()), e));
    return List.copyOf(last.values());
  }

  /** Length and end of the only episode of a kind. */
  String episode(Episode.Kind kind) {
    List<Episode> all = episodes(kind);
    if (all.size() != 1) {
      return all.toString();
    }
    Episode e = all.get(0);
    return e.end() == Episode.End.OPEN
        ? "OPEN"
        : e.end() + " after " + (e.endNs() - e.startNs()) / (double) SECOND + " s";
  }
}
