package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Factory.SECOND;
import static io.feedrate.kpi.engine.Factory.T0;

import io.feedrate.kpi.Decision;
import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.Inference;
import io.feedrate.kpi.InferenceMode;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.Register;

/** An engine with inference nodes, told of models in seconds since the start. */
final class Fleet {
  static final String A = "site/line/a";
  static final String B = "site/line/b";
  static final String MODEL = "defect";

  final Factory.Report report = new Factory.Report();
  KpiEngine engine = new KpiEngine(report);

  /** Nodes a and b; windows 10 s, lateness 5 s, soak time an hour. */
  Fleet() {
    this(new Factory().node("a").node("b").register());
  }

  Fleet(Register register) {
    engine.onRegister(register, T0);
    for (int link = 0; link < register.links().size(); link++) {
      engine.onLink(link, LinkEvent.UP, T0);
    }
  }

  static long ns(double second) {
    return T0 + (long) (second * SECOND);
  }

  /** Something told late. */
  void stage(
      String node,
      String version,
      String digest,
      ModelStage stage,
      double second,
      double received) {
    engine.onModelEvent(
        engine.names().id(node),
        engine.names().id(MODEL),
        engine.names().id(version),
        engine.names().id(digest),
        stage,
        ns(second),
        ns(second),
        ns(received));
  }

  void stage(String node, String version, ModelStage stage, double second) {
    stage(node, version, "sha256:" + version, stage, second, second);
  }

  /** A stage on node a. */
  void stage(String version, ModelStage stage, double second) {
    stage(A, version, stage, second);
  }

  Inference inference(String node, String version, String digest, double second) {
    Inference its =
        Factory.inference(
            engine.names().id(node),
            engine.names().id(MODEL),
            engine.names().id(version),
            InferenceMode.PRODUCTION,
            true,
            ns(second),
            1_000_000);
    its.digest = engine.names().id(digest);
    return its;
  }

  void served(String node, String version, double second) {
    engine.onInference(inference(node, version, "sha256:" + version, second));
  }

  /** A production inference on node a. */
  void served(String version, double second) {
    served(A, version, second);
  }

  void servedLate(String version, double second, double received) {
    Inference its = inference(A, version, "sha256:" + version, second);
    its.receivedNs = ns(received);
    engine.onInference(its);
  }

  void decided(String node, long part, Decision decision, double second) {
    Inference its = inference(node, "1", "", second);
    its.part = part;
    its.decision = decision;
    engine.onInference(its);
  }

  void inspected(String node, long part, EventKind verdict, double second) {
    engine.onEvent(engine.names().id(node), verdict, part, 0, 0, 0, ns(second), ns(second));
  }

  /** Links are alive until then. */
  void proof(double second) {
    for (int link = 0; link < 2; link++) {
      engine.onLink(link, LinkEvent.PROOF, ns(second));
    }
    engine.onTick(ns(second));
  }

  void tick(double second) {
    engine.onTick(ns(second));
  }

  /** The engine is thrown away and restored from its snapshot. */
  void restart() {
    KpiEngine restored = new KpiEngine(report);
    restored.restore(engine.register(), engine.snapshot(), 0);
    engine = restored;
  }

  void register(Factory factory, double second) {
    engine.onRegister(factory.register(), ns(second));
  }

  long[] counts(String kpi, String subject) {
    return report.counts(kpi, subject);
  }
}
