package io.feedrate.collector.web;

import io.feedrate.collector.adapter.LinkStatus;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Span;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answers of the API where they differ from the records of {@link PlantView}. */
final class ApiModel {

  private ApiModel() {}

  /** Answer of {@code /api/v1/overview}. */
  record Overview(
      Instant time,
      PlantView.Gateway gateway,
      PlantView.Health health,
      int assets,
      int links,
      long linksUp,
      long updatesPending,
      long rejects) {

    static Overview of(PlantView.Snapshot now) {
      return new Overview(
          now.time(),
          now.gateway(),
          now.health(),
          now.assets().size(),
          now.links().size(),
          now.links().stream().filter(l -> l.status().state() == LinkStatus.State.UP).count(),
          now.updates().stream().filter(u -> u.end() == ModelUpdate.End.PENDING).count(),
          now.rejectedByCause().values().stream().mapToLong(Long::longValue).sum());
    }
  }

  /** A link with its counters. */
  record Link(
      String name,
      String protocol,
      String endpoint,
      LinkStatus.State state,
      String detail,
      Instant since,
      long received,
      long journaled,
      long rejected,
      long reconnects,
      double clockOffsetSeconds,
      double clockUncertaintySeconds) {

    static Link of(PlantView.LinkView link) {
      LinkStatus s = link.status();
      return new Link(
          s.name(),
          s.protocol(),
          s.endpoint(),
          s.state(),
          s.detail(),
          Times.instant(s.sinceNs()),
          s.received(),
          s.journaled(),
          s.rejected(),
          s.reconnects(),
          link.clockOffsetSeconds(),
          link.clockUncertaintySeconds());
    }
  }

  /** When a stage was first reported. */
  record Stage(ModelStage stage, Instant time) {}

  /**
   * A model update.
   *
   * @param otherDigest another digest that was told of this version, which is a finding, or ""
   * @param latencySeconds approval to first production inference by the sources' clocks, if served
   * @param receivedLatencySeconds the same on the collector's clock alone
   */
  record Update(
      String node,
      String model,
      String version,
      String digest,
      String otherDigest,
      int attempt,
      int revision,
      ModelUpdate.End end,
      Instant approved,
      String approvedNs,
      @Nullable Instant ended,
      @Nullable String endedNs,
      double latencySeconds,
      double receivedLatencySeconds,
      @Nullable Instant rolledBack,
      List<Stage> stages) {

    static Update of(ModelUpdate u) {
      boolean ended = u.endNs() != ModelUpdate.PENDING;
      boolean served = u.end() == ModelUpdate.End.SERVED;
      return new Update(
          u.node(),
          u.model(),
          u.version(),
          u.digest(),
          u.otherDigest(),
          u.attempt(),
          u.revision(),
          u.end(),
          Times.instant(u.approvedNs()),
          Long.toString(u.approvedNs()),
          ended ? Times.instant(u.endNs()) : null,
          ended ? Long.toString(u.endNs()) : null,
          served ? Times.seconds(u.latencyNs()) : Double.NaN,
          served ? Times.seconds(u.receivedLatencyNs()) : Double.NaN,
          u.rolledBackNs() == ModelUpdate.PENDING ? null : Times.instant(u.rolledBackNs()),
          u.stagesNs().entrySet().stream()
              .map(e -> new Stage(e.getKey(), Times.instant(e.getValue())))
              .toList());
    }
  }

  /** Definition of a KPI. */
  record KpiDefinition(
      String id,
      String name,
      String unit,
      boolean higherIsBetter,
      String formula,
      String source,
      List<String> counts) {

    static KpiDefinition of(Kpi k) {
      return new KpiDefinition(
          k.id(), k.name(), k.unit(), k.higherIsBetter(), k.formula(), k.source(), k.counts());
    }
  }

  /**
   * A result.
   *
   * @param counts base counts by name
   * @param histogram HdrHistogram V2 encoding of microseconds in Base64, or null where it has none
   */
  record KpiResult(
      Instant start,
      String startNs,
      Instant end,
      String endNs,
      int revision,
      String registerHash,
      Map<String, Long> counts,
      @Nullable String histogram,
      Figure figure) {

    static KpiResult of(Kpi kpi, Result r) {
      Map<String, Long> counts = new LinkedHashMap<>();
      for (int i = 0; i < r.counts().length; i++) {
        counts.put(kpi.counts().get(i), r.counts()[i]);
      }
      return new KpiResult(
          Times.instant(r.startNs()),
          Long.toString(r.startNs()),
          Times.instant(r.endNs()),
          Long.toString(r.endNs()),
          r.revision(),
          r.registerHash(),
          counts,
          r.histogram().length == 0 ? null : Base64.getEncoder().encodeToString(r.histogram()),
          r.figure());
    }
  }

  /** Answer of {@code /api/v1/results}. */
  record Results(
      KpiDefinition kpi,
      String subject,
      Span span,
      Instant from,
      Instant to,
      boolean truncated,
      List<KpiResult> results) {}

  /** Completeness of one subject: all windows added up, and one by one. */
  record SubjectCompleteness(
      String subject, PlantView.@Nullable Window whole, List<PlantView.Window> windows) {}

  /** Answer of {@code /api/v1/completeness}. */
  record Completeness(
      Instant from, Instant to, double stepSeconds, List<SubjectCompleteness> subjects) {}

  /** A signal with its windows. */
  record SignalCompleteness(
      String path,
      String name,
      String unit,
      String mode,
      double periodSeconds,
      double deadlineSeconds,
      double min,
      double max,
      boolean text,
      PlantView.@Nullable Window whole,
      List<PlantView.Window> windows) {}

  /** Answer of {@code /api/v1/signals}. */
  record Signals(
      String asset,
      Instant from,
      Instant to,
      double stepSeconds,
      List<SignalCompleteness> signals) {}

  /** Answer of {@code /api/v1/rejects}. */
  record Rejects(Map<String, Long> byCause, List<PlantView.RejectView> recent) {}
}
