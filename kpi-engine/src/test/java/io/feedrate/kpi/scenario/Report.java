package io.feedrate.kpi.scenario;

import io.feedrate.kpi.Episode;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.ResultListener;
import io.feedrate.kpi.Rules;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.capability.UpdateLatency;
import io.feedrate.kpi.episode.WaitingTimes;
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
    if (kpi.waiting().isPresent()) {
      return waiting(kpi, path, fromNs, toNs);
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

  private Figure waiting(Kpi kpi, String path, long fromNs, long toNs) {
    if (UpdateLatency.isOne(kpi)) {
      return UpdateLatency.figure(kpi, modelUpdates(path), fromNs, toNs, Rules.STANDARD.soakNs());
    }
    Kpi.Waiting w = kpi.waiting().orElseThrow();
    Map<String, Episode> latest = new LinkedHashMap<>();
    for (Episode e : episodes.values()) {
      if (e.kind() == w.kind() && isOf(e.subject(), path)) {
        String key = "%s %d %d".formatted(e.subject(), e.key(), e.startNs());
        latest.merge(key, e, (x, y) -> y.revision() > x.revision() ? y : x);
      }
    }
    return WaitingTimes.over(List.copyOf(latest.values()), fromNs, toNs, w.byReceipt())
        .figure(w.quantile());
  }

  private static boolean isOf(String subject, String path) {
    return subject.equals(path) || subject.startsWith(path + "/");
  }
}
