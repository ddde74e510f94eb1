package io.feedrate.collector.assess;

import io.feedrate.collector.config.RegisterJson;
import io.feedrate.collector.store.EpisodeRow;
import io.feedrate.collector.store.ResultSource;
import io.feedrate.kpi.Episode;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Kpi.Waiting;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Rules;
import io.feedrate.kpi.capability.UpdateLatency;
import io.feedrate.kpi.episode.Incidence;
import io.feedrate.kpi.episode.WaitingTimes;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Waiting times of subjects, and all below them, over a period: what was open at some time of it is
 * watched from the period's start, or its own, to its end or the period's. Each kind of episode is
 * read once and estimated once per clock, however many KPIs ask.
 *
 * <p><b>Thread</b>: its owner's.
 */
final class Waits {
  private final ResultSource reader;
  private final List<String> subjects;
  private final long fromNs;
  private final long toNs;
  private final Map<Episode.Kind, List<Episode>> episodes = new EnumMap<>(Episode.Kind.class);
  private final Map<Episode.Kind, Incidence> bySource = new EnumMap<>(Episode.Kind.class);
  private final Map<Episode.Kind, Incidence> byReceipt = new EnumMap<>(Episode.Kind.class);
  private @Nullable List<ModelUpdate> updates;

  Waits(ResultSource reader, List<String> subjects, long fromNs, long toNs) {
    this.reader = reader;
    this.subjects = List.copyOf(subjects);
    this.fromNs = fromNs;
    this.toNs = toNs;
  }

  /** The quantile that a KPI asks for, which is one with {@link Kpi#waiting()}. */
  Figure figure(Kpi kpi) {
    if (UpdateLatency.isOne(kpi)) {
      return UpdateLatency.figure(kpi, updates(), fromNs, toNs, soakNs());
    }
    Waiting waiting = kpi.waiting().orElseThrow();
    Map<Episode.Kind, Incidence> known = waiting.byReceipt() ? byReceipt : bySource;
    return known
        .computeIfAbsent(waiting.kind(), kind -> incidence(kind, waiting.byReceipt()))
        .figure(waiting.quantile());
  }

  private List<ModelUpdate> updates() {
    List<ModelUpdate> its = updates;
    if (its == null) {
      its = Assessor.updates(reader, subjects, fromNs, toNs);
      updates = its;
    }
    return its;
  }

  /** How long a served version must last, by the register in force. */
  private long soakNs() {
    return reader
        .latestRegister()
        .map(row -> RegisterJson.read(row.json()).rules())
        .orElse(Rules.STANDARD)
        .soakNs();
  }

  private Incidence incidence(Episode.Kind kind, boolean onCollectorsClock) {
    List<Episode> its = episodes.computeIfAbsent(kind, this::read);
    return WaitingTimes.over(its, fromNs, toNs, onCollectorsClock);
  }

  private List<Episode> read(Episode.Kind kind) {
    return reader.episodesOpenIn(kind, fromNs, toNs).stream()
        .map(EpisodeRow::episode)
        .filter(e -> Assessor.isAtOrBelow(subjects, e.subject()))
        .toList();
  }
}
