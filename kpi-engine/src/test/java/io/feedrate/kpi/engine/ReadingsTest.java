package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Factory.BAD;
import static io.feedrate.kpi.engine.Factory.GOOD;
import static io.feedrate.kpi.engine.Factory.SECOND;
import static io.feedrate.kpi.engine.Factory.T0;
import static io.feedrate.kpi.engine.Factory.UNCERTAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Role;
import io.feedrate.kpi.Sample;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.SignalMode;
import io.feedrate.kpi.meter.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which samples meters hear as values. */
class ReadingsTest {
  private final List<String> heard = new ArrayList<>();
  private final KpiEngine engine = engine();

  private KpiEngine engine() {
    Meter meter =
        new Meter() {
          @Override
          public void onValue(Signal signal, double value, long atNs, long receivedNs) {
            heard.add(signal.path() + " " + value + " at " + (atNs - T0) / 1_000_000);
          }
        };
    KpiEngine its =
        new KpiEngine(
            new Factory.Report(), List.of(new Family(List.of(), Optional.of(setting -> meter))));
    Register plain =
        new Factory()
            .machine("cnc")
            .signal("parts", SignalMode.ON_CHANGE, SECOND, 0, 100)
            .signal("load", SignalMode.PERIODIC, SECOND, 0, 100)
            .register();
    Signal s = plain.signals().get(0);
    Signal withRole =
        new Signal(
            0,
            s.path(),
            s.asset(),
            s.link(),
            s.mode(),
            s.periodNs(),
            s.deadlineNs(),
            s.min(),
            s.max(),
            s.unit(),
            false,
            Role.PARTS_PRODUCED,
            "",
            "");
    its.onRegister(
        new Register(
            "hash",
            plain.assets(),
            List.of(withRole, plain.signals().get(1)),
            plain.links(),
            plain.rules()),
        T0);
    its.onLink(0, LinkEvent.UP, T0);
    return its;
  }

  private void value(int signal, double second, int status, double value, int flags) {
    long ns = T0 + (long) (second * SECOND);
    engine.onSample(signal, ns, ns + 10_000_000, status, value, flags);
  }

  @Test
  void usableNumbersOfSignalsWithARoleAreHeardOnce() {
    value(0, 1, GOOD, 7, 0);
    value(0, 1, GOOD, 7, 0);
    value(0, 2, UNCERTAIN, 8, 0);
    value(1, 2, GOOD, 9, 0);
    assertThat(heard)
        .containsExactly(
            "site/line/cnc/parts 7.0 at 1000", //
            "site/line/cnc/parts 8.0 at 2000");
  }

  @Test
  void whatCannotBeUsedIsNotHeard() {
    value(0, 1, BAD, 7, 0);
    value(0, 2, GOOD, Double.NaN, 0);
    value(0, 3, GOOD, 101, 0);
    value(0, 4, GOOD, 5, Sample.INVALID);
    value(0, 5, GOOD, 5, Sample.TEXT);
    assertThat(heard).isEmpty();
  }

  @Test
  void aValueWithoutSourceTimeIsHeardAtItsReceipt() {
    value(0, 1, GOOD, 7, Sample.NO_SOURCE_TIME);
    assertThat(heard).containsExactly("site/line/cnc/parts 7.0 at 1010");
  }

  @Test
  void aLateValueIsHeardAtTheTimeOfItsSource() {
    engine.onTick(T0 + 60 * SECOND);
    engine.onSample(0, T0 + SECOND, T0 + 60 * SECOND, GOOD, 7, 0);
    assertThat(heard).containsExactly("site/line/cnc/parts 7.0 at 1000");
  }
}
