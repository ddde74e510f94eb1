package io.feedrate.collector.sink.prometheus;

import io.feedrate.collector.adapter.LinkStatus;
import io.feedrate.collector.web.AssessmentView;
import io.feedrate.collector.web.PlantView;
import io.feedrate.kpi.Asset;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Outcome;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** Says the state of the plant as metrics, from one snapshot per scrape. */
final class PlantCollector implements MultiCollector {

  private static final double NS = 1e9;

  private final PlantView view;

  PlantCollector(PlantView view) {
    this.view = view;
  }

  @Override
  public MetricSnapshots collect() {
    PlantView.Snapshot now = view.now();
    Families out = new Families();
    gateway(out, now);
    engine(out, now.engine());
    for (PlantView.AssetView asset : now.assets()) {
      asset(out, asset);
    }
    for (PlantView.LinkView link : now.links()) {
      link(out, link);
    }
    now.rejectedByCause().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            e ->
                out.counter(
                    "feedrate_rejected",
                    "What was received and could not be taken, by cause; each one is in the"
                        + " journal with its payload.",
                    e.getValue(),
                    "cause",
                    lower(e.getKey())));
    for (PlantView.NodeView node : now.nodes()) {
      node(out, node, now);
    }
    AssessmentView assessment = now.assessment();
    if (assessment != null) {
      assessment.dimensions().forEach(d -> dimension(out, d));
    }
    return out.build();
  }

  private static void gateway(Families out, PlantView.Snapshot now) {
    PlantView.Health health = now.health();
    out.gauge(
        "feedrate_gateway_info",
        "Always 1; the labels say which gateway, version and register this is.",
        1,
        "gateway",
        now.gateway().id(),
        "version",
        now.gateway().version(),
        "register",
        now.gateway().registerHash());
    out.gauge(
        "feedrate_ready",
        "1 while engine and journal do their work, as /readyz says.",
        health.ready() ? 1 : 0);
    out.counter(
        "feedrate_journal_records", "Journal records that the engine has read.", health.records());
    out.gauge(
        "feedrate_journal_lag_seconds",
        "Age of the oldest journal record that the engine has not read yet; 0 if there is none.",
        health.journalLagSeconds());
    out.gauge("feedrate_journal_bytes", "Size of the journal on disk.", health.journalBytes());
    out.gauge("feedrate_store_bytes", "Size of the result store on disk.", health.storeBytes());
    Instant tick = health.lastTick();
    if (tick != null) {
      out.gauge(
          "feedrate_engine_last_tick_age_seconds",
          "How long ago the engine last saw time pass; more than some seconds means that it hangs.",
          seconds(tick, now.time()));
    }
  }

  private static void engine(Families out, PlantView.EngineView e) {
    out.counter("feedrate_samples", "Samples of registered signals.", e.samples());
    out.counter(
        "feedrate_samples_duplicate",
        "Samples equal to the one before them in source time, status and value.",
        e.duplicates());
    out.counter(
        "feedrate_samples_without_source_time",
        "Samples without source time, which were assigned by their time of receipt.",
        e.withoutSourceTime());
    out.counter(
        "feedrate_samples_too_late",
        "Samples that came when their slot was settled too long ago to be revised.",
        e.tooLate());
    out.counter(
        "feedrate_samples_clock_suspect",
        "Samples of a source whose clock was off by more than their signal allows.",
        e.clockSuspect());
    out.counter(
        "feedrate_samples_overflow",
        "Samples that told of an overflow at their source.",
        e.overflows());
    out.counter(
        "feedrate_messages_repeated",
        "Inferences, advice and events that a broker sent again and that did not count again.",
        e.repeatedMessages());
    out.counter(
        "feedrate_events_unknown_node",
        "Inferences and events of assets that the register does not have.",
        e.unknownNode());
    out.counter(
        "feedrate_beyond_revision",
        "Counts that came too late for any window to be revised: they are in no result.",
        e.beyondRevision());
    out.counter(
        "feedrate_episodes_dropped",
        "Episodes that lapsed because too many were open at a time.",
        e.episodesDropped());
    out.counter(
        "feedrate_model_updates_untracked",
        "Reports of model updates that could not be followed because there were too many.",
        e.updatesUntracked());
    out.counter(
        "feedrate_misfits",
        "Journal records that fit neither the register nor this version, since the start.",
        e.misfits());
    out.counter(
        "feedrate_results_revised",
        "Results that superseded an earlier one because something came late, since the start.",
        e.revisions());
  }

  private static void asset(Families out, PlantView.AssetView asset) {
    if (asset.kind() != Asset.Kind.MACHINE && asset.kind() != Asset.Kind.NODE) {
      return; // lines and sites are sums: PromQL adds them up
    }
    for (Outcome outcome : Outcome.values()) {
      out.counter(
          "feedrate_slots",
          "Settled slots (required updates) of an asset's signals, by the outcome they were settled"
              + " with; what comes later revises results, not this. Completeness of any window:"
              + " increase of good and good_late over increase of all but excluded.",
          asset.totals().get(outcome),
          "asset",
          asset.path(),
          "outcome",
          lower(outcome.name()));
    }
  }

  private static void link(Families out, PlantView.LinkView link) {
    LinkStatus s = link.status();
    out.gauge(
        "feedrate_link_up",
        "1 while the link to a source is up, 0 while it connects, is down or needs a person.",
        s.state() == LinkStatus.State.UP ? 1 : 0,
        "link",
        s.name(),
        "protocol",
        s.protocol());
    out.counter(
        "feedrate_link_received",
        "Values, events and inferences received; always journaled plus rejected.",
        s.received(),
        "link",
        s.name());
    out.counter(
        "feedrate_link_journaled",
        "Values, events and inferences that the journal has.",
        s.journaled(),
        "link",
        s.name());
    out.counter(
        "feedrate_link_rejected",
        "What was received on the link and could not be taken.",
        s.rejected(),
        "link",
        s.name());
    out.counter(
        "feedrate_link_reconnects",
        "Connections made after the first.",
        s.reconnects(),
        "link",
        s.name());
    out.gauge(
        "feedrate_link_clock_offset_seconds",
        "Clock of the source minus clock of the gateway; absent while not measured.",
        link.clockOffsetSeconds(),
        "link",
        s.name());
    out.gauge(
        "feedrate_link_clock_uncertainty_seconds",
        "How sure the clock offset is, plus or minus.",
        link.clockUncertaintySeconds(),
        "link",
        s.name());
  }

  private static void node(Families out, PlantView.NodeView node, PlantView.Snapshot now) {
    for (ModelUpdate.End end : ModelUpdate.End.values()) {
      if (end != ModelUpdate.End.PENDING) {
        out.counter(
            "feedrate_model_updates",
            "Ended model updates of a node, by how they ended.",
            node.endedUpdates().getOrDefault(end, 0L),
            "node",
            node.path(),
            "end",
            lower(end.name()));
      }
    }
    pending(out, node, now);
    out.histogram(
        "feedrate_model_update_latency_seconds",
        "From approval of a model version to its first production inference. Served updates only:"
            + " read it together with the pending ones.",
        node.updateLatency(),
        "node",
        node.path());
    String help = "Production inferences, by whether they succeeded.";
    out.counter(
        "feedrate_inferences", help, node.inferencesOk(), "node", node.path(), "ok", "true");
    out.counter(
        "feedrate_inferences", help, node.inferencesFailed(), "node", node.path(), "ok", "false");
    out.histogram(
        "feedrate_inference_latency_seconds",
        "Time that a production inference took, as its node told.",
        node.inferenceLatency(),
        "node",
        node.path());
  }

  private static void pending(Families out, PlantView.NodeView node, PlantView.Snapshot now) {
    long pending = 0;
    double oldest = 0;
    for (ModelUpdate update : now.updates()) {
      if (update.end() == ModelUpdate.End.PENDING && update.node().equals(node.path())) {
        pending++;
        oldest = Math.max(oldest, epochSeconds(now.time()) - update.approvedReceivedNs() / NS);
      }
    }
    out.gauge(
        "feedrate_model_updates_pending",
        "Model versions that are approved for a node and have not served yet.",
        pending,
        "node",
        node.path());
    out.gauge(
        "feedrate_model_update_oldest_pending_age_seconds",
        "How long the oldest pending model update waits, on the gateway's clock; 0 if none does.",
        oldest,
        "node",
        node.path());
  }

  private static void dimension(Families out, AssessmentView.Dimension d) {
    out.gauge(
        "feedrate_dimension_score_lower",
        "Score of a maturity dimension if everything without evidence were worst; provisional.",
        d.lower(),
        "dimension",
        d.id());
    out.gauge(
        "feedrate_dimension_score_upper",
        "Score of a maturity dimension if everything without evidence were best; provisional.",
        d.upper(),
        "dimension",
        d.id());
    out.gauge(
        "feedrate_dimension_evidence_coverage",
        "Share of a maturity dimension's weight that has evidence.",
        d.coverage(),
        "dimension",
        d.id());
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / NS;
  }

  private static double epochSeconds(Instant time) {
    return time.getEpochSecond() + time.getNano() / NS;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
