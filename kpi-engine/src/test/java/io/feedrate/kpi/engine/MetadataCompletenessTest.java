package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Factory.SECOND;
import static io.feedrate.kpi.engine.Factory.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Role;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.SignalMode;
import io.feedrate.kpi.Span;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the register tells of its signals; windows of 10 s. */
class MetadataCompletenessTest {
  private static final String KPI = "metadata_completeness";
  private static final String CNC = "cnc";
  private static final double NONE = Double.POSITIVE_INFINITY;

  private final List<Signal> signals = new ArrayList<>();
  private final Factory.Report report = new Factory.Report();
  private final KpiEngine engine = new KpiEngine(report);

  private MetadataCompletenessTest signal(
      String unit, double max, boolean text, String owner, String semanticId) {
    int id = signals.size();
    signals.add(
        new Signal(
            id,
            CNC + "/s" + id,
            0,
            0,
            SignalMode.PERIODIC,
            SECOND,
            SECOND,
            Double.NEGATIVE_INFINITY,
            max,
            unit,
            text,
            Role.NONE,
            owner,
            semanticId));
    return this;
  }

  private Register register() {
    return new Register(
        "hash" + signals.size(),
        List.of(new Asset(0, CNC, Asset.Kind.MACHINE, Asset.NO_PARENT, 0, "")),
        signals,
        List.of("cnc"),
        new Factory().rules());
  }

  @Test
  void aSignalIsCompleteIfAllIsTold() {
    signal("Cel", 90, false, "maintenance", "0173-1#02-AAB123#001");
    signal("", 90, false, "maintenance", "0173-1#02-AAB123#001");
    signal("Cel", NONE, false, "maintenance", "0173-1#02-AAB123#001");
    signal("Cel", 90, false, "", "0173-1#02-AAB123#001");
    signal("Cel", 90, false, "maintenance", " ");
    engine.onRegister(register(), T0);
    engine.onTick(T0 + 16 * SECOND);
    assertThat(report.counts(KPI, CNC)).containsExactly(5, 1, 4, 5, 4, 4, 4);
    assertThat(report.windows(KPI, CNC, Span.WINDOW).get(0).figure().value()).isEqualTo(0.2);
  }

  @Test
  void aTextNeedsNeitherUnitNorRange() {
    signal("", NONE, true, "maintenance", "0173-1#02-AAB123#001");
    engine.onRegister(register(), T0);
    engine.onTick(T0 + 16 * SECOND);
    assertThat(report.counts(KPI, CNC)).containsExactly(1, 1, 1, 0, 0, 1, 1);
  }

  @Test
  void theStateIsCountedOnceForEachWindow() {
    signal("Cel", 90, false, "", "");
    engine.onRegister(register(), T0);
    engine.onTick(T0 + 36 * SECOND);
    assertThat(report.windows(KPI, CNC, Span.WINDOW))
        .hasSize(3)
        .allMatch(r -> r.counts()[0] == 1 && r.counts()[1] == 0);
  }

  @Test
  void aWindowHasTheStateOfTheRegisterAtItsClose() {
    signal("Cel", 90, false, "", "");
    engine.onRegister(register(), T0);
    engine.onTick(T0 + 26 * SECOND);
    signal("Cel", 90, false, "maintenance", "0173-1#02-AAB123#001");
    engine.onRegister(register(), T0 + 27 * SECOND);
    KpiEngine next = new KpiEngine(report);
    next.restore(register(), engine.snapshot(), 0);
    next.onTick(T0 + 36 * SECOND);
    assertThat(report.windows(KPI, CNC, Span.WINDOW))
        .extracting(r -> r.counts()[1] + " of " + r.counts()[0])
        .containsExactly("0 of 1", "0 of 1", "1 of 2");
  }
}
