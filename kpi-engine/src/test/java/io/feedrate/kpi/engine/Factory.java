package io.feedrate.kpi.engine;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Episode;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Inference;
import io.feedrate.kpi.InferenceMode;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.ResultListener;
import io.feedrate.kpi.Role;
import io.feedrate.kpi.Rules;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.SignalMode;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.window.Histograms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds registers for tests: one site, one line, machines and nodes with signals. */
final class Factory {
  static final long SECOND = 1_000_000_000L;

  /** A whole hour, so that windows and slots begin with it. */
  static final long T0 = 1_800_000_000L * SECOND;

  static final int GOOD = 0;
  static final int UNCERTAIN = 0x40000000;
  static final int BAD = 0x80000000;

  private final List<Asset> assets = new ArrayList<>();
  private final List<Signal> signals = new ArrayList<>();
  private final List<String> links = new ArrayList<>();
  private Rules rules =
      Rules.STANDARD
          .windows(10 * SECOND, 10 * SECOND)
          .lateness(5 * SECOND, Map.of())
          .modelUpdates(60 * SECOND, 3600 * SECOND);

  Factory() {
    assets.add(new Asset(0, "site", Asset.Kind.SITE, Asset.NO_PARENT, Asset.NO_LINK, ""));
    assets.add(new Asset(1, "site/line", Asset.Kind.LINE, 0, Asset.NO_LINK, ""));
  }

  Factory windows(long assetNs, long signalNs) {
    return rules(rules.windows(assetNs, signalNs));
  }

  Factory lateness(long ns) {
    return rules(rules.lateness(ns, Map.of()));
  }

  Factory rules(Rules others) {
    rules = others;
    return this;
  }

  Rules rules() {
    return rules;
  }

  Factory machine(String name) {
    return asset(name, Asset.Kind.MACHINE);
  }

  Factory node(String name) {
    return asset(name, Asset.Kind.NODE);
  }

  private Factory asset(String name, Asset.Kind kind) {
    links.add(name);
    assets.add(new Asset(assets.size(), "site/line/" + name, kind, 1, links.size() - 1, ""));
    return this;
  }

  /** A signal of the last machine with a deadline of one period. */
  Factory signal(String name, SignalMode mode, long periodNs) {
    return signal(name, mode, periodNs, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  Factory signal(String name, SignalMode mode, long periodNs, double min, double max) {
    Asset its = assets.get(assets.size() - 1);
    signals.add(
        new Signal(
            signals.size(),
            its.path() + "/" + name,
            its.id(),
            its.link(),
            mode,
            periodNs,
            periodNs,
            min,
            max,
            "1",
            false));
    return this;
  }

  /** A signal of the last machine that says whether it is switched on. */
  Factory switchedOn(String name, SignalMode mode, long periodNs) {
    signal(name, mode, periodNs);
    Signal s = signals.remove(signals.size() - 1);
    signals.add(
        new Signal(
            s.id(),
            s.path(),
            s.asset(),
            s.link(),
            mode,
            periodNs,
            periodNs,
            s.min(),
            s.max(),
            "1",
            false,
            Role.SWITCHED_ON,
            "",
            ""));
    return this;
  }

  Register register() {
    return new Register("hash-" + signals.size(), assets, signals, links, rules);
  }

  /** What another KPI of the same counts says of a result. */
  static Figure figure(String kpi, Result result) {
    return Kpis.byId(kpi).figure(result.counts(), Histograms.decode(result.histogram()));
  }

  /** One inference; the asset is found by the engine. */
  static Inference inference(
      int node, int model, int version, InferenceMode mode, boolean ok, long ns, long latencyNs) {
    Inference its = new Inference().clear();
    its.node = node;
    its.model = model;
    its.version = version;
    its.mode = mode;
    its.ok = ok;
    its.inferenceNs = ns;
    its.receivedNs = ns;
    its.latencyNs = latencyNs;
    return its;
  }

  /** Keeps everything that an engine reports. */
  static final class Report implements ResultListener {
    final List<Result> results = new ArrayList<>();
    final List<ModelUpdate> updates = new ArrayList<>();
    final List<Episode> episodes = new ArrayList<>();

    /** Intervals of being switched off, by the signal that says so; what continues is joined. */
    final Map<String, List<long[]>> off = new TreeMap<>();

    @Override
    public void onSwitchedOff(String subject, String signal, long fromNs, long toNs) {
      List<long[]> its = off.computeIfAbsent(signal, key -> new ArrayList<>());
      long[] last = its.isEmpty() ? null : its.get(its.size() - 1);
      if (last != null && last[0] <= fromNs && fromNs <= last[1]) {
        last[1] = Math.max(last[1], toNs); // a late value can begin within what was proven before
      } else {
        its.add(new long[] {fromNs, toNs});
      }
    }

    @Override
    public void onResult(Result result) {
      results.add(result);
    }

    @Override
    public void onModelUpdate(ModelUpdate update) {
      updates.add(update);
    }

    @Override
    public void onEpisode(Episode episode) {
      episodes.add(episode);
    }

    /** The newest revision of each window of a KPI and subject, by start. */
    List<Result> windows(String kpi, String subject, Span span) {
      Map<Long, Result> newest = new TreeMap<>();
      for (Result r : results) {
        if (r.kpi().equals(kpi) && r.subject().equals(subject) && r.span() == span) {
          newest.merge(r.startNs(), r, (a, b) -> b.revision() > a.revision() ? b : a);
        }
      }
      return List.copyOf(newest.values());
    }

    /** The counts of a KPI for a subject, summed over all windows. */
    long[] counts(String kpi, String subject) {
      long[] sum = new long[Kpis.byId(kpi).counts().size()];
      for (Result r : windows(kpi, subject, Span.WINDOW)) {
        for (int i = 0; i < sum.length; i++) {
          sum[i] += r.counts()[i];
        }
      }
      return sum;
    }

    ModelUpdate last() {
      return updates.get(updates.size() - 1);
    }
  }
}
