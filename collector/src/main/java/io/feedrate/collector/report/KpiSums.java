package io.feedrate.collector.report;

import io.feedrate.collector.store.EpisodeRow;
import io.feedrate.collector.store.StoreReader;
import io.feedrate.kpi.Episode;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Kpi.Waiting;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.capability.UpdateLatency;
import io.feedrate.kpi.engine.Kpis;
import io.feedrate.kpi.episode.WaitingTimes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Figures of KPIs over the period and over each interval of the plots. KPIs that share counts, and
 * those over the same episodes, are read once.
 */
final class KpiSums {

  private final StoreReader reader;
  private final ReportRequest request;
  private final Buckets buckets;
  private final Buckets coarse;
  private final long soakNs;
  private final List<ModelUpdate> updates;
  private final Map<String, Sums> byBasis = new HashMap<>();
  private final Map<Episode.Kind, List<Episode>> episodes = new EnumMap<>(Episode.Kind.class);
  private long firstNs = Long.MAX_VALUE;
  private long lastNs = Long.MIN_VALUE;

  KpiSums(
      StoreReader reader,
      ReportRequest request,
      Buckets buckets,
      Buckets coarse,
      long soakNs,
      List<ModelUpdate> updates) {
    this.reader = reader;
    this.request = request;
    this.buckets = buckets;
    this.coarse = coarse;
    this.soakNs = soakNs;
    this.updates = updates;
  }

  /** Sums of one basis: of the whole period, and of each interval. */
  private record Sums(PeriodSums whole, List<PeriodSums> parts) {}

  long firstNs() {
    return firstNs;
  }

  long lastNs() {
    return lastNs;
  }

  KpiData of(Kpi kpi) {
    return kpi.waiting().isPresent() ? waiting(kpi, kpi.waiting().get()) : counted(kpi);
  }

  private KpiData counted(Kpi kpi) {
    Sums sums = byBasis.computeIfAbsent(kpi.basis(), this::read);
    List<Optional<Figure>> series = sums.parts.stream().map(part -> part.figure(kpi)).toList();
    Figure figure =
        sums.whole.figure(kpi).orElseGet(() -> kpi.figure(new long[kpi.counts().size()], null));
    return new KpiData(kpi, figure, sums.whole.counts(), buckets, series);
  }

  private Sums read(String id) {
    Kpi basis = Kpis.byId(id);
    List<PeriodSums> parts = new ArrayList<>();
    for (int i = 0; i < buckets.count(); i++) {
      parts.add(new PeriodSums(basis));
    }
    Sums sums = new Sums(new PeriodSums(basis), parts);
    reader.forEachResultOf(
        id,
        request.subject(),
        Span.WINDOW,
        request.fromNs(),
        request.toNs(),
        result -> add(result, sums));
    parts.forEach(sums.whole::addAll);
    return sums;
  }

  private void add(Result result, Sums sums) {
    sums.parts.get(buckets.of(result.startNs())).add(result);
    firstNs = Math.min(firstNs, result.startNs());
    lastNs = Math.max(lastNs, result.endNs());
  }

  private KpiData waiting(Kpi kpi, Waiting waiting) {
    List<Optional<Figure>> series = new ArrayList<>();
    for (int i = 0; i < coarse.count(); i++) {
      long fromNs = Math.max(request.fromNs(), coarse.startNs(i));
      long toNs = Math.min(request.toNs(), coarse.endNs(i));
      series.add(
          fromNs < toNs ? Optional.of(estimate(kpi, waiting, fromNs, toNs)) : Optional.empty());
    }
    Figure whole = estimate(kpi, waiting, request.fromNs(), request.toNs());
    return new KpiData(kpi, whole, List.of(), coarse, series);
  }

  private Figure estimate(Kpi kpi, Waiting waiting, long fromNs, long toNs) {
    if (UpdateLatency.isOne(kpi)) {
      return UpdateLatency.figure(kpi, updates, fromNs, toNs, soakNs);
    }
    List<Episode> its = episodes.computeIfAbsent(waiting.kind(), this::episodes);
    return WaitingTimes.over(its, fromNs, toNs, waiting.byReceipt()).figure(waiting.quantile());
  }

  private List<Episode> episodes(Episode.Kind kind) {
    String subject = request.subject();
    return reader.episodesOpenIn(kind, request.fromNs(), request.toNs()).stream()
        .map(EpisodeRow::episode)
        .filter(e -> e.subject().equals(subject) || e.subject().startsWith(subject + "/"))
        .toList();
  }
}
