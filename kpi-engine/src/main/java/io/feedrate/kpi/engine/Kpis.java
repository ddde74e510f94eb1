package io.feedrate.kpi.engine;

import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.capability.DeploymentFrequency;
import io.feedrate.kpi.capability.InferenceAvailability;
import io.feedrate.kpi.capability.InferenceLatency;
import io.feedrate.kpi.capability.InspectionAgreement;
import io.feedrate.kpi.capability.RecoveryTime;
import io.feedrate.kpi.capability.RollbackReadiness;
import io.feedrate.kpi.capability.Traceability;
import io.feedrate.kpi.capability.UpdateFailures;
import io.feedrate.kpi.capability.UpdateLatency;
import io.feedrate.kpi.capability.UpdateOnTime;
import io.feedrate.kpi.capability.VersionConformity;
import io.feedrate.kpi.collaboration.AdviceDecisions;
import io.feedrate.kpi.collaboration.AlarmAcknowledge;
import io.feedrate.kpi.collaboration.AlarmFloods;
import io.feedrate.kpi.collaboration.AlarmRate;
import io.feedrate.kpi.collaboration.Alarms;
import io.feedrate.kpi.collaboration.FeedbackClosure;
import io.feedrate.kpi.collaboration.ManualIntervention;
import io.feedrate.kpi.collaboration.NuisanceAlarms;
import io.feedrate.kpi.collaboration.QualifiedOperation;
import io.feedrate.kpi.collaboration.StaleAlarms;
import io.feedrate.kpi.collaboration.Takeover;
import io.feedrate.kpi.foundation.ClockConformity;
import io.feedrate.kpi.foundation.Completeness;
import io.feedrate.kpi.foundation.CrossChecks;
import io.feedrate.kpi.foundation.Duplicates;
import io.feedrate.kpi.foundation.GoodQuality;
import io.feedrate.kpi.foundation.HeldValues;
import io.feedrate.kpi.foundation.MetadataCompleteness;
import io.feedrate.kpi.foundation.RangeValidity;
import io.feedrate.kpi.foundation.SignalCompleteness;
import io.feedrate.kpi.foundation.SourceAvailability;
import io.feedrate.kpi.foundation.Timeliness;
import io.feedrate.kpi.foundation.UpdateFrequency;
import io.feedrate.kpi.integration.ActuationLatency;
import io.feedrate.kpi.integration.AiInLoop;
import io.feedrate.kpi.integration.AssetCoverage;
import io.feedrate.kpi.integration.ClosedLoop;
import io.feedrate.kpi.integration.InterfaceChanges;
import io.feedrate.kpi.integration.InterfaceConformance;
import io.feedrate.kpi.integration.LinkReliability;
import io.feedrate.kpi.integration.MachineTime;
import io.feedrate.kpi.integration.Oee;
import io.feedrate.kpi.integration.SensingLatency;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The catalogue: every KPI there is. */
public final class Kpis {

  /**
   * A dimension of the maturity model that its KPIs are mapped to by default. Which one counts
   * where is for a profile to say.
   */
  public record Dimension(String name, List<Family> families) {
    public Dimension {
      families = List.copyOf(families);
    }
  }

  /** All KPIs by dimension; one line for each class that measures. */
  public static final List<Dimension> DIMENSIONS =
      List.of(
          new Dimension(
              "Data Foundation",
              List.of(
                  Family.derived(Completeness.EVENTUAL, Timeliness.KPI, Completeness.GROSS),
                  Family.of(
                      SignalCompleteness::new,
                      SignalCompleteness.WEIGHTED,
                      SignalCompleteness.WORST,
                      SignalCompleteness.P10),
                  Family.of(
                      HeldValues::new,
                      UpdateFrequency.CONFORMITY,
                      UpdateFrequency.LONGEST_GAP,
                      GoodQuality.KPI),
                  Family.of(Duplicates::new, Duplicates.KPI),
                  Family.of(MetadataCompleteness::new, MetadataCompleteness.KPI),
                  Family.of(ClockConformity::new, ClockConformity.KPI),
                  Family.of(SourceAvailability::new, SourceAvailability.KPI),
                  Family.derived(RangeValidity.KPI),
                  Family.of(CrossChecks::new, CrossChecks.KPI))),
          new Dimension(
              "Model Capability",
              List.of(
                  Family.derived(
                      UpdateLatency.MEDIAN,
                      UpdateLatency.P90,
                      UpdateLatency.RECEIVED_MEDIAN,
                      UpdateLatency.RECEIVED_P90,
                      UpdateLatency.STABLE_MEDIAN),
                  Family.of(UpdateOnTime::new, UpdateOnTime.KPI),
                  Family.of(UpdateFailures::new, UpdateFailures.KPI),
                  Family.of(RecoveryTime::new, RecoveryTime.MEDIAN, RecoveryTime.P90),
                  Family.of(Traceability::new, Traceability.KPI),
                  Family.of(VersionConformity::new, VersionConformity.KPI),
                  Family.of(
                      InferenceAvailability::new,
                      InferenceAvailability.KPI,
                      InferenceLatency.P50,
                      InferenceLatency.P95,
                      InferenceLatency.P99),
                  Family.of(DeploymentFrequency::new, DeploymentFrequency.KPI),
                  Family.of(RollbackReadiness::new, RollbackReadiness.KPI),
                  Family.of(
                      InspectionAgreement::new,
                      InspectionAgreement.AGREEMENT,
                      InspectionAgreement.ESCAPE_RATE,
                      InspectionAgreement.OVERKILL_RATE))),
          new Dimension(
              "Production Line Integration",
              List.of(
                  Family.derived(AssetCoverage.KPI),
                  Family.of(InterfaceConformance::new, InterfaceConformance.KPI),
                  Family.of(InterfaceChanges::new, InterfaceChanges.KPI),
                  Family.of(
                      ClosedLoop::new,
                      ClosedLoop.KPI,
                      ActuationLatency.P50,
                      ActuationLatency.P95,
                      ActuationLatency.RECEIVED_P50,
                      ActuationLatency.RECEIVED_P95),
                  Family.of(SensingLatency::new, SensingLatency.P50, SensingLatency.P95),
                  Family.of(AiInLoop::new, AiInLoop.KPI),
                  Family.of(
                      MachineTime::new,
                      Oee.AVAILABILITY,
                      Oee.EFFECTIVENESS,
                      Oee.QUALITY,
                      Oee.INDEX,
                      Oee.SETUP,
                      Oee.TECHNICAL),
                  Family.of(
                      LinkReliability::new,
                      LinkReliability.MTBF,
                      LinkReliability.MTTR,
                      LinkReliability.REPAIR))),
          new Dimension(
              "Human-Machine Collaboration",
              List.of(
                  Family.of(
                      Alarms::new,
                      AlarmRate.KPI,
                      AlarmFloods.KPI,
                      NuisanceAlarms.CHATTERING,
                      NuisanceAlarms.FLEETING,
                      StaleAlarms.KPI,
                      AlarmAcknowledge.MEDIAN,
                      AlarmAcknowledge.P90),
                  Family.of(
                      AdviceDecisions::new,
                      AdviceDecisions.DECIDED,
                      AdviceDecisions.ACCEPTED,
                      AdviceDecisions.OVERRIDDEN,
                      AdviceDecisions.UNDECIDED,
                      AdviceDecisions.DECISION_TIME),
                  Family.of(Takeover::new, Takeover.MEDIAN, Takeover.P90),
                  Family.of(ManualIntervention::new, ManualIntervention.KPI),
                  Family.of(QualifiedOperation::new, QualifiedOperation.KPI),
                  Family.of(
                      FeedbackClosure::new, FeedbackClosure.KPI, FeedbackClosure.TURNAROUND))));

  /** All families. */
  public static final List<Family> FAMILIES =
      DIMENSIONS.stream().flatMap(d -> d.families().stream()).toList();

  /** All KPIs. */
  public static final List<Kpi> ALL = FAMILIES.stream().flatMap(f -> f.kpis().stream()).toList();

  private static final Map<String, Kpi> BY_ID =
      ALL.stream().collect(Collectors.toUnmodifiableMap(Kpi::id, Function.identity()));

  private Kpis() {}

  /**
   * The KPI with this id.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Kpi byId(String id) {
    Kpi kpi = BY_ID.get(id);
    if (kpi == null) {
      throw new IllegalArgumentException("no KPI has the id " + id);
    }
    return kpi;
  }
}
