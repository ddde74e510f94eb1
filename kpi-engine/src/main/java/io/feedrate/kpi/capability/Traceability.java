package io.feedrate.kpi.capability;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Inference;
import io.feedrate.kpi.InferenceMode;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.ModelEvent;
import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.Names;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.meter.Heirs;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.window.Tally;
import java.util.List;
import org.agrona.collections.LongArrayList;
import org.agrona.collections.LongHashSet;

/**
 * Traceability coverage: production inferences whose model, version and digest are what the
 * registry had reported of a version (stages REGISTERED or APPROVED, of whatever node), of all
 * production inferences. One without a digest cannot be traced, and neither can one whose digest is
 * another than the registry's. The registry must have been heard of before the inference.
 *
 * <p><b>Formula</b>: traceable / (traceable + incomplete + other_digest + unregistered).
 * <b>Unit</b>: 1. <b>Source</b>: house definition; ISO/IEC 5259-2 Tra-ML (per secondary source);
 * ISO/IEC 42001 A.6 life-cycle records (general knowledge, medium). <b>Thread</b>: the engine's.
 * <b>Allocation</b>: 0 per inference. <b>Bounds</b>: {@link #MAX_BUILDS}; when there are more, the
 * oldest is forgotten.
 */
public final class Traceability implements Meter {
  /** The most builds (model, version, digest) that are known at a time. */
  static final int MAX_BUILDS = 50_000;

  private static final int TRACEABLE = 0;
  private static final int INCOMPLETE = 1;
  private static final int OTHER_DIGEST = 2;
  private static final int UNREGISTERED = 3;

  /** Traceable of all production inferences. */
  public static final Kpi KPI =
      new Kpi(
          "model_traceability",
          "model_traceability",
          "Model traceability coverage",
          "1",
          true,
          "production inferences with model, version and digest as registered / all of them",
          "house definition; ISO/IEC 5259-2 Tra-ML (per secondary source); ISO/IEC 42001 A.6"
              + " (general knowledge)",
          List.of("traceable", "incomplete", "other_digest", "unregistered"),
          (n, histogram) ->
              Figure.ratio(
                  n[TRACEABLE], n[TRACEABLE] + n[INCOMPLETE] + n[OTHER_DIGEST] + n[UNREGISTERED]));

  private static final int ID_BITS = 20; // of Names.MAX

  private final Tally tally;
  private final LongHashSet builds = new LongHashSet();
  private final LongHashSet versions = new LongHashSet();
  private final LongArrayList inOrder = new LongArrayList();
  private int oldest;

  public Traceability(Setting setting) {
    tally = setting.tally(KPI);
  }

  private static long version(int model, int version) {
    return (long) model << ID_BITS | version;
  }

  private static boolean isTold(int name) {
    return name != Names.EMPTY && name != Names.OVERFLOW;
  }

  @Override
  public void onModelEvent(ModelEvent e) {
    boolean isRegistry = e.stage() == ModelStage.REGISTERED || e.stage() == ModelStage.APPROVED;
    if (isRegistry && isTold(e.model()) && isTold(e.version())) {
      // Without a digest nothing can be traced to it, but its version is known.
      add(version(e.model(), e.version()) << ID_BITS | e.digest());
    }
  }

  private void add(long build) {
    if (!builds.add(build)) {
      return;
    }
    versions.add(build >> ID_BITS);
    if (builds.size() <= MAX_BUILDS) {
      inOrder.addLong(build);
    } else {
      long leaving = inOrder.getLong(oldest);
      builds.remove(leaving);
      inOrder.setLong(oldest, build);
      oldest = (oldest + 1) % MAX_BUILDS;
      forgetVersion(leaving >> ID_BITS);
    }
  }

  /** A version is known for as long as one of its builds is. */
  private void forgetVersion(long version) {
    for (int i = 0; i < inOrder.size(); i++) {
      if (inOrder.getLong(i) >> ID_BITS == version) {
        return;
      }
    }
    versions.remove(version);
  }

  @Override
  public void onInference(Inference i) {
    if (i.mode == InferenceMode.PRODUCTION) {
      tally.add(i.asset, kind(i), i.atNs, 1);
    }
  }

  private int kind(Inference i) {
    if (!isTold(i.model) || !isTold(i.version) || !isTold(i.digest)) {
      return INCOMPLETE;
    }
    long version = version(i.model, i.version);
    if (builds.contains(version << ID_BITS | i.digest)) {
      return TRACEABLE;
    }
    return versions.contains(version) ? OTHER_DIGEST : UNREGISTERED;
  }

  @Override
  public void write(Snapshot.Writer out) {
    out.putVarint(oldest);
    out.putVarint(inOrder.size());
    for (int i = 0; i < inOrder.size(); i++) {
      out.putVarint(inOrder.getLong(i));
    }
  }

  @Override
  public void read(Snapshot.Reader in) {
    oldest = (int) in.getVarint();
    int n = (int) in.getVarint();
    for (int i = 0; i < n; i++) {
      know(in.getVarint());
    }
  }

  private void know(long build) {
    inOrder.addLong(build);
    builds.add(build);
    versions.add(build >> ID_BITS);
  }

  @Override
  public void takeOver(Meter old, Heirs heirs) {
    Traceability other = (Traceability) old;
    oldest = other.oldest;
    for (int i = 0; i < other.inOrder.size(); i++) {
      know(other.inOrder.getLong(i));
    }
  }
}
