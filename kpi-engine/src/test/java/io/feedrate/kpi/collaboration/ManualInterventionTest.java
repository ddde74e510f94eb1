package io.feedrate.kpi.collaboration;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Calendar;
import io.feedrate.kpi.Episode;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Names;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.ResultListener;
import io.feedrate.kpi.Role;
import io.feedrate.kpi.Rules;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.SignalIndex;
import io.feedrate.kpi.SignalMode;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.State;
import io.feedrate.kpi.episode.Episodes;
import io.feedrate.kpi.exclusion.Exclusions;
import io.feedrate.kpi.link.LinkTimelines;
import io.feedrate.kpi.meter.Heirs;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.window.Subjects;
import io.feedrate.kpi.window.Windows;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The meter alone, told the values of the mode and the passing of time. */
class ManualInterventionTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long T0 = 1_800_000_000L * SECOND;
  private static final int MANUAL = 0;
  private static final int AUTOMATIC = 1;
  private static final int WITH_INTERVENTION = 3;

  private final Signal mode = signal(0, Role.CONTROL_MODE);
  private final Signal secondMode = signal(1, Role.CONTROL_MODE);
  private final Signal other = signal(2, Role.ITEM_STATE);
  private final Register register =
      new Register(
          "hash",
          List.of(
              new Asset(0, "line", Asset.Kind.LINE, Asset.NO_PARENT, Asset.NO_LINK, ""),
              new Asset(1, "line/cnc", Asset.Kind.MACHINE, 0, 0, "")),
          List.of(mode, secondMode, other),
          List.of("cnc"),
          Rules.STANDARD);

  private final LinkTimelines links = new LinkTimelines(1);
  private final Exclusions exclusions = new Exclusions(register);
  private long[] counts = new long[4];
  private final Setting setting = setting();
  private ManualIntervention meter = new ManualIntervention(setting);

  ManualInterventionTest() {
    links.on(0, LinkEvent.UP, T0);
  }

  private static Signal signal(int id, Role role) {
    return new Signal(
        id,
        "line/cnc/" + id,
        1,
        0,
        SignalMode.ON_CHANGE,
        SECOND,
        SECOND,
        Double.NEGATIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        "1",
        false,
        role,
        "",
        "");
  }

  private Setting setting() {
    Windows windows =
        new Windows(
            Subjects.assets(register),
            60 * SECOND,
            3600 * SECOND,
            T0,
            Optional.of(Calendar.UTC),
            (kpi, subject, span, startNs, endNs, revision, its, histogram) -> {
              if (subject.equals("line") && kpi.id().equals(ManualIntervention.KPI.id())) {
                counts = its;
              }
            });
    return new Setting(
        register,
        new SignalIndex(register),
        windows,
        windows,
        links,
        exclusions,
        new Episodes(new Nobody()),
        new Names());
  }

  private static final class Nobody implements ResultListener {
    @Override
    public void onResult(Result result) {}

    @Override
    public void onModelUpdate(ModelUpdate update) {}

    @Override
    public void onEpisode(Episode episode) {}
  }

  private void value(Signal signal, double second, double value) {
    long ns = T0 + Math.round(second * SECOND);
    meter.onValue(signal, value, ns, ns);
  }

  /** Seconds of the first minute pass with the link alive. */
  private void time(int from, int to) {
    links.on(0, LinkEvent.PROOF, T0 + to * SECOND);
    meter.onTime(0, T0 + from * SECOND, T0 + to * SECOND);
    meter.onTime(1, T0 + from * SECOND, T0 + to * SECOND);
  }

  private long[] counts() {
    setting.windows().close(0);
    return counts;
  }

  @Test
  void manualModesArePutAgainstTheTimeWithAKnownMode() {
    value(mode, 10, AUTOMATIC);
    value(mode, 30, WITH_INTERVENTION);
    value(mode, 35.25, MANUAL);
    value(mode, 40.5, AUTOMATIC);
    time(0, 60);
    assertThat(counts()).containsExactly(10_500, 50_000, 10_000, 0);
    assertThat(ManualIntervention.KPI.figure(counts, null).value()).isEqualTo(0.21);
  }

  @Test
  void partsOfASecondAddUpToIt() {
    for (int i = 0; i < 30; i++) {
      value(mode, 1 + i * 0.0333337, i % 2);
    }
    time(0, 60);
    assertThat(counts()[1] + counts[2]).isEqualTo(60_000);
  }

  @Test
  void valuesOutOfOrderCountByTheirTime() {
    value(mode, 40, AUTOMATIC);
    value(mode, 20, MANUAL);
    value(mode, 0, AUTOMATIC);
    time(0, 60);
    assertThat(counts()).containsExactly(20_000, 60_000, 0, 0);
  }

  @Test
  void whatComesAfterTheWatermarkCountsFromThereOn() {
    value(mode, 0, AUTOMATIC);
    time(0, 40);
    value(mode, 20, MANUAL);
    time(40, 60);
    assertThat(counts()).containsExactly(20_000, 60_000, 0, 0);
  }

  @Test
  void aValueOutsideTheEnumerationMakesTheModeUnknown() {
    value(mode, 0, MANUAL);
    value(mode, 10, 6);
    value(mode, 20, 0.5);
    value(mode, 30, -1);
    value(mode, 40, 5);
    time(0, 60);
    assertThat(counts()).containsExactly(10_000, 30_000, 30_000, 0);
  }

  @Test
  void theModeIsNotKnownWhileTheLinkIsDown() {
    value(mode, 0, MANUAL);
    links.on(0, LinkEvent.PROOF, T0 + 10 * SECOND);
    links.on(0, LinkEvent.DOWN, T0 + 20 * SECOND);
    links.on(0, LinkEvent.UP, T0 + 30 * SECOND);
    value(mode, 25, AUTOMATIC); // the change came with the new session
    time(0, 60);
    assertThat(counts()).containsExactly(10_000, 40_000, 20_000, 0);
  }

  @Test
  void excludedSecondsAreOutOfScope() {
    exclusions.add("line", T0 + 30 * SECOND, T0 + 60 * SECOND);
    value(mode, 0, MANUAL);
    value(mode, 30, AUTOMATIC);
    time(0, 60);
    assertThat(counts()).containsExactly(30_000, 30_000, 0, 30_000);
  }

  @Test
  void aMachineHasOneModeAndOtherSignalsHaveNone() {
    value(mode, 0, AUTOMATIC);
    value(secondMode, 10, MANUAL);
    value(other, 20, MANUAL);
    time(0, 60);
    assertThat(counts()).containsExactly(0, 60_000, 0, 0);
  }

  @Test
  void withoutAKnownModeThereIsNoShare() {
    time(0, 60);
    assertThat(ManualIntervention.KPI.figure(counts(), null).state())
        .isEqualTo(State.NOT_APPLICABLE);
  }

  @Test
  void theModeIsInTheSnapshotAndGoesOnUnderAnotherRegister() {
    value(mode, 0, MANUAL);
    time(0, 20);
    Snapshot.Writer out = new Snapshot.Writer();
    meter.write(out);
    ManualIntervention restored = new ManualIntervention(setting());
    restored.read(new Snapshot.Reader(out.buffer(), 0));
    meter = new ManualIntervention(setting());
    int[] same = {0, 1};
    meter.takeOver(restored, new Heirs(same, same, new int[] {0, 1, 2}, new int[] {0}, T0));
    Snapshot.Writer again = new Snapshot.Writer();
    meter.write(again);
    assertThat(again.length()).isEqualTo(out.length());
    assertThat(again.buffer().compareTo(out.buffer())).isZero();
  }
}
