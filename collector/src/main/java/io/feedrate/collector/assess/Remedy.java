package io.feedrate.collector.assess;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a plant engineer can do about a KPI: where its figure comes from, for when there is none,
 * and where to look when it is not good enough. English.
 */
enum Remedy {
  COMPLETENESS(
      "Register the signals with their periods in the configuration and connect their sources.",
      "See on the page which machine and which cause (DISCONNECTED, SILENT, LOST_..., BAD) takes"
          + " the most, and mend that one first.",
      "sensor_data_completeness",
      "timely_completeness",
      "gross_completeness",
      "signal_weighted_completeness",
      "worst_signal_completeness",
      "p10_signal_completeness",
      "update_frequency_conformity",
      "longest_gap"),
  QUALITY(
      "Register the signals and connect their sources; for the range give each signal its range.",
      "Find the signals that report bad, repeated or impossible values and have their sensors and"
          + " ranges checked.",
      "good_quality_ratio",
      "record_uniqueness",
      "range_validity"),
  METADATA(
      "Register the signals in the configuration.",
      "Give each signal its unit, range, owner, semantic-id and period in the configuration.",
      "metadata_completeness"),
  CHECKS(
      "Give the counters and part signals their role in the configuration, and send part events.",
      "Find the machine whose counters jump back or disagree with its parts.",
      "semantic_consistency"),
  CLOCKS(
      "Let the sources tell their time: OPC UA server time, or time in the MQTT heartbeats.",
      "Set the clocks of the machines and nodes that are off by NTP or PTP.",
      "clock_conformity"),
  LINKS(
      "Connect the sources that the configuration names.",
      "See on the page which source was down, how often and how long, and mend its network or"
          + " server.",
      "source_availability",
      "link_mtbf",
      "link_mttr",
      "link_repair_p50"),
  UPDATES(
      "Let the model registry and the nodes publish each stage of a model version (topic model).",
      "See on the page which update hangs at which stage, and on which node.",
      "model_update_latency",
      "model_update_latency_p90",
      "model_update_latency_by_receipt",
      "model_update_latency_by_receipt_p90",
      "model_update_latency_stable",
      "model_update_on_time",
      "model_update_failure_rate",
      "model_update_recovery",
      "model_update_recovery_p90",
      "model_deployment_frequency"),
  VERSIONS(
      "Let the nodes publish their inferences with model, version and digest, and the registry its"
          + " versions with their digests and fallbacks.",
      "Find the nodes that serve another version than the approved one, without digest or without"
          + " a verified fallback.",
      "model_traceability",
      "model_version_conformity",
      "model_rollback_readiness"),
  INFERENCES(
      "Let the nodes publish their inferences with their latency (topic inference).",
      "Find the node that fails or is slow, and see whether it is the model, the load or the"
          + " machine.",
      "inference_availability",
      "inference_latency_p50",
      "inference_latency_p95",
      "inference_latency_p99"),
  INSPECTION(
      "Let the inspection station publish part-good and part-bad with the keys of the parts on which"
          + " the model decided.",
      "Collect the parts on which model and inspection disagree, and have the model improved on"
          + " them.",
      "inspection_agreement",
      "inspection_escape_rate",
      "inspection_overkill_rate"),
  ASSETS(
      "Register the machines and nodes in the configuration and connect them.",
      "See on the page which assets have signals without a usable value, and connect those.",
      "connected_asset_coverage"),
  INTERFACES(
      "Connect the OPC UA servers, or send the events interface-checked and interface-changed.",
      "Find the nodes that a server does not offer, or offers with another type, and have its"
          + " interface mended or the specification changed.",
      "interface_conformance",
      "unannounced_interface_changes"),
  LOOP(
      "Mark the inferences that ask for an action as actionable, with their time and that of their"
          + " input, and let the controller send the event response.",
      "Find where the time goes or the answer gets lost: node, network or controller.",
      "closed_loop_ratio",
      "decision_to_actuation_latency_p50",
      "decision_to_actuation_latency_p95",
      "decision_to_actuation_latency_received_p50",
      "decision_to_actuation_latency_received_p95",
      "sensing_to_decision_latency_p50",
      "sensing_to_decision_latency_p95"),
  PARTS(
      "Send the event part-produced with the part's key, and the same key with the inference.",
      "Find the machines whose parts no model sees, or whose keys do not fit.",
      "ai_in_loop_coverage"),
  PRODUCTION(
      "Give the machine's state, mode and part signals their roles, and planned times by calendar and"
          + " ideal-cycle in the configuration.",
      "See which losses take the most: stops, set-up, speed or scrap.",
      "iso22400_availability",
      "iso22400_effectiveness",
      "iso22400_quality_ratio",
      "iso22400_oee",
      "iso22400_setup_ratio",
      "iso22400_technical_efficiency"),
  ALARMS(
      "Let machines or PLC gateways send alarm-raised, alarm-cleared and alarm-acknowledged.",
      "Take the alarms that come most often, and remove their cause or the alarm.",
      "alarm_rate",
      "alarm_flood_share",
      "alarm_chattering",
      "alarm_fleeting",
      "alarms_stale",
      "alarm_acknowledge_time_median",
      "alarm_acknowledge_time_p90"),
  ADVICE(
      "Publish what was advised and what the operator made of it (topic advice).",
      "Ask the operators of the line why advice expires, is overridden or is never questioned.",
      "advice_decided",
      "advice_accepted",
      "advice_overridden",
      "advice_undecided",
      "advice_decision_time_median"),
  TAKEOVER(
      "Send the events control-requested and control-taken.",
      "See in which shift and where nobody came in time.",
      "takeover_time_median",
      "takeover_time_p90"),
  MODES(
      "Give the signal of the machine's operation mode its role in the configuration.",
      "See which machines run by hand, and ask why.",
      "manual_intervention"),
  QUALIFICATION(
      "List the qualifications in the configuration and send the event action with the operator's"
          + " pseudonym.",
      "Find who acted without valid training or without a name, and train or register them.",
      "qualified_operation"),
  FEEDBACK(
      "Send the events correction, and correction-released when a released version learned it.",
      "Take the corrections that wait into the next model version.",
      "feedback_closure",
      "feedback_turnaround_median");

  private final String feed;
  private final String improve;

  /** Ids, each between blanks. */
  private final String kpis;

  Remedy(String feed, String improve, String... kpis) {
    this.feed = feed;
    this.improve = improve;
    this.kpis = " " + String.join(" ", kpis) + " ";
  }

  /** What there is for a KPI. */
  static Optional<Remedy> of(String kpi) {
    return Arrays.stream(values())
        .filter(remedy -> remedy.kpis.contains(" " + kpi + " "))
        .findFirst();
  }

  /** What makes that there is a figure. */
  String feed() {
    return feed;
  }

  /** What makes a figure better. */
  String improve() {
    return improve;
  }
}
