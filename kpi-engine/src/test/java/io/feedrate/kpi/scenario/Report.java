package io.feedrate.kpi.scenario;

import io.feedrate.kpi.Episode;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.ResultListener;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.episode.Incidence;
import io.feedrate.kpi.episode.Spell;
import io.feedrate.kpi.rollout.UpdateLatency;
import io.feedrate.kpi.window.Histograms;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What an engine reported, and the figures of it; a repetition that is not a replay is an error.
 */
final class Report implements ResultListener {
  private final Map<String, Result> results = new LinkedHashMap<>();
  private final Map<String, ModelUpdate> updates = new LinkedHashMap<>();
  private final Map<String, Episode> episodes = new LinkedHashMap<>();
  private boolean isReplaying;

  /** From now on the engine may, or may not any more, say again what it said before. */
  void replay(boolean may) {
    isReplaying = may;
  }

  @Override
  public void onResult(Result r) {
    String key =
        "%s of %s, %s from %d to %d, revision %d"
            .formatted(r.kpi(), r.subject(), r.span(), r.startNs(), r.endNs(), r.revision());
    Result before = results.put(key, r);
    if (before != null && !(isReplaying && before.equals(r))) {
      throw new IllegalStateException("reported twice: " + before + " and " + r);
    }
  }

  @Override
  public void onEpisode(Episode episode) {
    String key =
        "%s of %s, %d, from %d, revision %d"
            .formatted(
                episode.kind(),
                episode.subject(),
                episode.key(),
                episode.startNs(),
                episode.revision());
    Episode before = episodes.put(key, episode);
    if (before != null && !(isReplaying && before.equals(episode))) {
      throw new IllegalStateException("reported twice: " + before + " and " + episode);
    }
  }

  @Override
  public void onModelUpdate(ModelUpdate u) {
    String key =
        "%s %s %s %s attempt %d, revision %d"
            .formatted(u.node(), u.model(), u.version(), u.digest(), u.attempt(), u.revision());
    ModelUpdate before = updates.put(key, u);
    if (before != null && !(isReplaying && before.equals(u))) {
      throw new IllegalStateException("reported twice: " + before + " and " + u);
    }
  }

  /** All results, in the order reported. */
  List<Result> results() {
    return List.copyOf(results.values());
  }

  /** All states of model updates and of episodes, in the order reported. */
  List<Object> states() {
    List<Object> states = new ArrayList<>(updates.values());
    states.addAll(episodes.values());
    return states;
  }

  /** Results of a KPI's counts for a subject within an interval; the latest revision of each. */
  List<Result> results(Kpi kpi, String path, Span span, long fromNs, long toNs, long maxRevision) {
    Map<Long, Result> latest = new LinkedHashMap<>();
    for (Result r : results.values()) {
      if (r.kpi().equals(kpi.basis())
          && r.subject().equals(path)
          && r.span() == span
          && r.startNs() >= fromNs
          && r.endNs() <= toNs
          && r.revision() <= maxRevision) {
        latest.merge(r.startNs(), r, (a, b) -> b.revision() > a.revision() ? b : a);
      }
    }
    return List.copyOf(latest.values());
  }

  /** The latest state of each attempt of the model updates of a subject, in the order approved. */
  List<ModelUpdate> modelUpdates(String path) {
    Map<String, ModelUpdate> latest = new LinkedHashMap<>();
    for (ModelUpdate u : updates.values()) {
      if (isOf(u.node(), path)) {
        String key = "%s %s %s %d ".formatted(u.node(), u.model(), u.version(), u.attempt());
        String its = latest.containsKey(key) ? key : key + u.digest(); // told later, or another
        ModelUpdate before = latest.get(its);
        if (before == null || u.revision() > before.revision()) {
          latest.put(its, u);
        }
      }
    }
    return List.copyOf(latest.values());
  }

  /** Counts of an interval by name, added over its windows. */
  Map<String, Long> counts(Kpi kpi, List<Result> of) {
    Map<String, Long> sum = new LinkedHashMap<>();
    for (int i = 0; i < kpi.counts().size(); i++) {
      int each = i;
      sum.put(kpi.counts().get(i), of.stream().mapToLong(r -> r.counts()[each]).sum());
    }
    return sum;
  }

  /** The figure of an interval, computed as for a period: from added counts and histograms. */
  Figure figure(Kpi kpi, List<Result> of, String path, long fromNs, long toNs) {
    if (kpi.id().equals(UpdateLatency.MEDIAN.id())) {
      return UpdateLatency.over(modelUpdates(path), fromNs, toNs).figure(0.5);
    }
    if (kpi.waiting().isPresent()) {
      return waiting(kpi.waiting().get(), path, fromNs, toNs);
    }
    Histogram merged = null;
    for (Result r : of) {
      Histogram its = Histograms.decode(r.histogram());
      if (merged == null) {
        merged = its;
      } else if (its != null) {
        merged.add(its);
      }
    }
    long[] counts = counts(kpi, of).values().stream().mapToLong(n -> n).toArray();
    return kpi.figure(counts, merged);
  }

  private Figure waiting(Kpi.Waiting w, String path, long fromNs, long toNs) {
    if (w.kind() == Episode.Kind.MODEL_UPDATE) {
      UpdateLatency.Estimate its = UpdateLatency.over(modelUpdates(path), fromNs, toNs);
      return w.byReceipt() ? its.receivedFigure(w.quantile()) : its.figure(w.quantile());
    }
    Map<String, Episode> latest = new LinkedHashMap<>();
    for (Episode e : episodes.values()) {
      if (e.kind() == w.kind() && isOf(e.subject(), path)) {
        String key = "%s %d %d".formatted(e.subject(), e.key(), e.startNs());
        latest.merge(key, e, (x, y) -> y.revision() > x.revision() ? y : x);
      }
    }
    List<Spell> spells = new ArrayList<>();
    for (Episode e : latest.values()) {
      long startNs = w.byReceipt() ? e.startReceivedNs() : e.startNs();
      long endNs = w.byReceipt() ? e.endReceivedNs() : e.endNs();
      boolean isOpen = e.end() == Episode.End.OPEN || endNs >= toNs;
      if (startNs < toNs && (isOpen || endNs >= fromNs)) {
        Spell.Cause cause =
            isOpen
                ? Spell.Cause.CENSORED
                : e.end() == Episode.End.DONE ? Spell.Cause.EVENT : Spell.Cause.COMPETING;
        long exitNs = (isOpen ? toNs : endNs) - startNs;
        spells.add(Spell.entering(Math.max(0, fromNs - startNs), exitNs, cause));
      }
    }
    return Incidence.of(spells).figure(w.quantile());
  }

  private static boolean isOf(String subject, String path) {
    return subject.equals(path) || subject.startsWith(path + "/");
  }
}
