package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Factory.BAD;
import static io.feedrate.kpi.engine.Factory.GOOD;
import static io.feedrate.kpi.engine.Factory.SECOND;
import static io.feedrate.kpi.engine.Factory.T0;
import static io.feedrate.kpi.engine.Factory.UNCERTAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Sample;
import io.feedrate.kpi.SignalMode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A machine that says that it is switched off is out of scope for as long as that is proven:
 * absence of data never creates or prolongs it.
 */
class SwitchedOffTest {
  private static final int POWER = 1;
  private static final String ON = "site/line/cnc/on";

  private final Factory.Report report = new Factory.Report();
  private final KpiEngine engine = new KpiEngine(report);

  private void start(SignalMode power) {
    engine.onRegister(register(power), T0);
    engine.onLink(0, LinkEvent.UP, T0);
  }

  private static Register register(SignalMode power) {
    return new Factory()
        .machine("cnc")
        .signal("speed", SignalMode.PERIODIC, SECOND)
        .switchedOn("on", power, SECOND)
        .register();
  }

  private void power(double value, long ns) {
    engine.onSample(POWER, ns, ns, GOOD, value, 0);
  }

  private void proofs(int from, int to) {
    for (int s = from; s < to; s++) {
      engine.onLink(0, LinkEvent.PROOF, T0 + s * SECOND);
      engine.onTick(T0 + s * SECOND);
    }
  }

  private void ticks(int from, int to) {
    for (int s = from; s < to; s++) {
      engine.onTick(T0 + s * SECOND);
    }
  }

  private long speed(Outcome outcome) {
    return report.counts("sensor_data_completeness", "site/line/cnc/speed")[outcome.ordinal()];
  }

  private List<String> off() {
    List<String> all = new ArrayList<>();
    for (long[] each : report.off.getOrDefault(ON, List.of())) {
      all.add((each[0] - T0) / (SECOND / 10) + "/" + (each[1] - T0) / (SECOND / 10));
    }
    return all;
  }

  @Test
  void onChangeItIsOutOfScopeFromTheValueUntilAnotherSaysOtherwise() {
    start(SignalMode.ON_CHANGE);
    power(1, T0);
    proofs(1, 10);
    power(0, T0 + 10 * SECOND);
    proofs(10, 30);
    power(1, T0 + 30 * SECOND);
    proofs(30, 60);
    assertThat(speed(Outcome.EXCLUDED)).isEqualTo(20);
    assertThat(speed(Outcome.SILENT)).isEqualTo(30); // 0 to 9, and 30 to 49
    assertThat(off()).containsExactly("100/300");
    assertThat(report.counts("source_availability", "site/line/cnc")[2]).isEqualTo(20);
  }

  @Test
  void theSignalThatSaysSoStaysInScope() {
    start(SignalMode.ON_CHANGE);
    power(0, T0);
    proofs(0, 60);
    long[] counts = report.counts("sensor_data_completeness", ON);
    assertThat(counts[Outcome.EXCLUDED.ordinal()]).isZero();
    assertThat(counts[Outcome.GOOD.ordinal()]).isGreaterThanOrEqualTo(40);
    assertThat(speed(Outcome.EXCLUDED)).isGreaterThanOrEqualTo(40);
  }

  @Test
  void aSilentSourceIsNotOff() {
    start(SignalMode.ON_CHANGE);
    proofs(0, 60); // the link lives, but nothing ever comes
    assertThat(speed(Outcome.EXCLUDED)).isZero();
    assertThat(off()).isEmpty();
  }

  @Test
  void aMachineWhoseLinkDiesIsNotOff() {
    start(SignalMode.ON_CHANGE);
    power(1, T0);
    proofs(0, 20);
    engine.onLink(0, LinkEvent.DOWN, T0 + 20 * SECOND);
    ticks(20, 60);
    assertThat(speed(Outcome.EXCLUDED)).isZero();
    assertThat(speed(Outcome.DISCONNECTED)).isPositive();
    assertThat(off()).isEmpty();
  }

  @Test
  void whereTheLinkDiesItEndsAtTheLastProof() {
    start(SignalMode.ON_CHANGE);
    power(0, T0);
    proofs(0, 20); // the last one at 19
    engine.onLink(0, LinkEvent.DOWN, T0 + 25 * SECOND);
    ticks(25, 60);
    assertThat(off()).containsExactly("0/190");
    assertThat(speed(Outcome.EXCLUDED)).isEqualTo(19);
    assertThat(speed(Outcome.DISCONNECTED)).isEqualTo(31);
  }

  @Test
  void aLinkThatComesBackDoesNotProveTheTimeBetween() {
    start(SignalMode.ON_CHANGE);
    power(0, T0);
    proofs(0, 20);
    engine.onLink(0, LinkEvent.DOWN, T0 + 25 * SECOND);
    engine.onLink(0, LinkEvent.RESUMED, T0 + 30 * SECOND);
    proofs(30, 40);
    assertThat(off()).containsExactly("0/190"); // until the value comes again
    engine.onSample(POWER, T0, T0 + 40 * SECOND, GOOD, 0, 0);
    proofs(40, 70);
    power(1, T0 + 70 * SECOND);
    assertThat(off()).containsExactly("0/190", "400/700");
  }

  @Test
  void whileTheCollectorDoesNotRunNothingIsProven() {
    start(SignalMode.ON_CHANGE);
    power(0, T0);
    proofs(0, 20);
    engine.onStart(T0 + 60 * SECOND);
    engine.onLink(0, LinkEvent.UP, T0 + 61 * SECOND);
    // The server tells the present value with the time of its last change.
    engine.onSample(POWER, T0, T0 + 61 * SECOND, GOOD, 0, 0);
    proofs(62, 80);
    power(1, T0 + 80 * SECOND);
    proofs(80, 120);
    assertThat(off()).containsExactly("0/190", "610/800");
    assertThat(speed(Outcome.DISCONNECTED)).isEqualTo(42);
  }

  @Test
  void aMachineThatWasSwitchedOffWhileNobodyWatchedIsOutOfScopeFromTheNewConnectionOn() {
    start(SignalMode.ON_CHANGE);
    power(1, T0);
    proofs(0, 20);
    engine.onStart(T0 + 60 * SECOND);
    engine.onLink(0, LinkEvent.UP, T0 + 61 * SECOND);
    engine.onSample(POWER, T0 + 30 * SECOND, T0 + 61 * SECOND, GOOD, 0, 0);
    proofs(62, 80);
    power(1, T0 + 80 * SECOND);
    assertThat(off()).containsExactly("610/800");
  }

  @Test
  void periodicItIsProvenByTheNextValueOnly() {
    start(SignalMode.PERIODIC);
    for (int s = 0; s < 20; s++) {
      power(s < 5 ? 1 : 0, T0 + s * SECOND + SECOND / 2);
      engine.onTick(T0 + s * SECOND + SECOND / 2);
    }
    proofs(20, 60); // the link lives, but the signal is silent
    power(0, T0 + 60 * SECOND);
    assertThat(off()).containsExactly("55/195");
    assertThat(speed(Outcome.EXCLUDED)).isEqualTo(13);
    assertThat(report.counts("sensor_data_completeness", ON)[Outcome.SILENT.ordinal()])
        .isEqualTo(30);
  }

  @Test
  void aValueThatIsNotGoodOrComesAfterLostOnesEndsItAndBeginsNothing() {
    for (int status : new int[] {BAD, UNCERTAIN, Sample.STATUS_OVERFLOW}) {
      report.off.clear();
      KpiEngine another = new KpiEngine(report);
      another.onRegister(register(SignalMode.ON_CHANGE), T0);
      another.onLink(0, LinkEvent.UP, T0);
      another.onSample(POWER, T0, T0, GOOD, 0, 0);
      for (int s = 0; s < 20; s++) {
        another.onLink(0, LinkEvent.PROOF, T0 + s * SECOND);
        another.onTick(T0 + s * SECOND);
      }
      another.onSample(POWER, T0 + 20 * SECOND, T0 + 20 * SECOND, status, 0, 0);
      for (int s = 20; s < 60; s++) {
        another.onLink(0, LinkEvent.PROOF, T0 + s * SECOND);
        another.onTick(T0 + s * SECOND);
      }
      assertThat(off()).containsExactly("0/180"); // at 19 a change might still have been on its way
    }
  }

  @Test
  void lostMessagesEndItUntilTheValueComesAgain() {
    start(SignalMode.ON_CHANGE);
    power(0, T0);
    proofs(0, 20);
    engine.onLink(0, LinkEvent.GAP, T0 + 20 * SECOND);
    proofs(21, 40);
    assertThat(off()).containsExactly("0/190");
  }

  @Test
  void aValueThatComesAfterANewerOneChangesNothing() {
    start(SignalMode.ON_CHANGE);
    power(1, T0 + 10 * SECOND);
    engine.onSample(POWER, T0 + 5 * SECOND, T0 + 11 * SECOND, GOOD, 0, 0);
    proofs(12, 60);
    assertThat(off()).isEmpty();
    assertThat(speed(Outcome.EXCLUDED)).isZero();
  }

  @Test
  void whatIsProvenOnlyAfterSlotsWereSettledRevisesThem() {
    start(SignalMode.PERIODIC);
    power(0, T0);
    ticks(1, 60);
    for (int s = 1; s < 40; s++) {
      engine.onSample(POWER, T0 + s * SECOND, T0 + 60 * SECOND, GOOD, 0, Sample.HISTORICAL);
    }
    ticks(60, 90);
    assertThat(speed(Outcome.EXCLUDED)).isEqualTo(39);
  }

  @Test
  void aLongTimeIsToldHourByHour() {
    start(SignalMode.ON_CHANGE);
    power(0, T0 + SECOND);
    proofs(2, 2 * 3600 + 100);
    assertThat(off()).containsExactly("10/72000"); // joined by the report
    power(1, T0 + (2 * 3600 + 100) * SECOND);
    assertThat(off()).containsExactly("10/73000");
  }

  @Test
  void anotherConfigurationGoesOnWithIt() {
    start(SignalMode.ON_CHANGE);
    power(0, T0 + SECOND);
    proofs(2, 20);
    Register more =
        new Factory()
            .machine("cnc")
            .signal("speed", SignalMode.PERIODIC, SECOND)
            .switchedOn("on", SignalMode.ON_CHANGE, SECOND)
            .signal("load", SignalMode.PERIODIC, SECOND)
            .register();
    engine.onRegister(more, T0 + 20 * SECOND);
    proofs(20, 40);
    power(1, T0 + 40 * SECOND);
    ticks(40, 60);
    assertThat(off()).containsExactly("10/400");
    assertThat(speed(Outcome.EXCLUDED)).isEqualTo(39);
  }
}
