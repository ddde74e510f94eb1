package io.feedrate.kpi.engine;

import static io.feedrate.kpi.EventKind.ALARM_CLEARED;
import static io.feedrate.kpi.EventKind.ALARM_RAISED;
import static io.feedrate.kpi.engine.Factory.SECOND;
import static io.feedrate.kpi.engine.Factory.T0;
import static io.feedrate.kpi.engine.People.LINE;
import static io.feedrate.kpi.engine.People.MACHINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.State;
import io.feedrate.kpi.collaboration.AlarmFloods;
import io.feedrate.kpi.collaboration.AlarmRate;
import io.feedrate.kpi.collaboration.NuisanceAlarms;
import io.feedrate.kpi.collaboration.StaleAlarms;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Alarm rate, floods, nuisance and stale alarms. */
class AlarmsTest {
  private static final int DAY = 86_400;

  private People people = new People();

  private void raise(int from, int n, int everySeconds) {
    for (int i = 0; i < n; i++) {
      people.at(from + i * everySeconds, ALARM_RAISED, from * 1000L + i);
    }
  }

  @Test
  void alarmsArePutAgainstTheTimeOfTheirPosition() {
    raise(0, 3, 1);
    people.runTo(1205);
    assertThat(people.count(AlarmRate.KPI, LINE, "alarms")).isEqualTo(3);
    assertThat(people.count(AlarmRate.KPI, LINE, "position_seconds")).isEqualTo(1200);
    assertThat(people.figure(AlarmRate.KPI, LINE).value()).isEqualTo(1.5);
    assertThat(people.figure(AlarmRate.KPI, "site").value()).isEqualTo(1.5);
  }

  @Test
  void aMachineIsNoPositionAndHasNoRate() {
    raise(0, 3, 1);
    people.runTo(605);
    assertThat(people.count(AlarmRate.KPI, MACHINE, "alarms")).isEqualTo(3);
    assertThat(people.figure(AlarmRate.KPI, MACHINE).state()).isEqualTo(State.NOT_APPLICABLE);
  }

  @Test
  void twoLinesAreTwoPositions() {
    Register one = new Factory().machine("cnc").register();
    List<Asset> assets = new ArrayList<>(one.assets());
    assets.add(new Asset(3, "site/other", Asset.Kind.LINE, 0, Asset.NO_LINK, ""));
    people = new People(new Register("two", assets, one.signals(), one.links(), one.rules()));
    raise(0, 6, 1);
    people.event("site/other", 0, 0, ALARM_RAISED, 1, 0);
    people.event("site", 0, 0, ALARM_RAISED, 2, 0);
    people.runTo(605);
    assertThat(people.figure(AlarmRate.KPI, LINE).value()).isEqualTo(6);
    assertThat(people.figure(AlarmRate.KPI, "site/other").value()).isEqualTo(1);
    assertThat(people.figure(AlarmRate.KPI, "site").value()).isEqualTo(3.5);
    assertThat(people.count(AlarmRate.KPI, "site", "without_position")).isEqualTo(1);
  }

  @Test
  void aLineThatNeverToldOfAnAlarmHasNoFigure() {
    people.runTo(1300);
    assertThat(people.figure(AlarmRate.KPI, LINE).state()).isEqualTo(State.NOT_APPLICABLE);
    assertThat(people.figure(AlarmFloods.KPI, LINE).state()).isEqualTo(State.NOT_APPLICABLE);
    assertThat(people.figure(StaleAlarms.KPI, LINE).state()).isEqualTo(State.NOT_APPLICABLE);
  }

  @Test
  void timeInWhichNoLinkWasAliveIsNotObserved() {
    raise(0, 2, 1);
    people.runTo(600);
    people.engine().onLink(0, LinkEvent.DOWN, T0 + 600 * SECOND);
    people.silentTo(1205);
    assertThat(people.count(AlarmRate.KPI, LINE, "position_seconds")).isEqualTo(600);
    assertThat(people.count(AlarmRate.KPI, LINE, "unobserved_seconds")).isEqualTo(600);
    assertThat(people.count(AlarmFloods.KPI, LINE, "periods")).isEqualTo(1);
    assertThat(people.count(AlarmFloods.KPI, LINE, "unobserved")).isEqualTo(1);
  }

  @Test
  void excludedTimeAndItsAlarmsAreOutOfScope() {
    people.engine().onExclusion(LINE, T0 + 300 * SECOND, T0 + 600 * SECOND, T0);
    raise(0, 2, 1);
    raise(400, 9, 1);
    people.runTo(605);
    assertThat(people.count(AlarmRate.KPI, LINE, "alarms")).isEqualTo(2);
    assertThat(people.count(AlarmRate.KPI, LINE, "excluded")).isEqualTo(9);
    assertThat(people.figure(AlarmRate.KPI, LINE).value()).isEqualTo(4);
    assertThat(people.count(AlarmFloods.KPI, LINE, "floods")).isZero();
  }

  @Test
  void theSameAlarmToldAgainIsOneAndRaisedAgainIsTwo() {
    people.at(1, ALARM_RAISED, 7);
    people.late(1, 5, ALARM_RAISED, 7);
    people.at(6, ALARM_RAISED, 7);
    people.late(1, 7, ALARM_RAISED, 7);
    people.runTo(605);
    assertThat(people.count(AlarmRate.KPI, LINE, "alarms")).isEqualTo(2);
  }

  @Test
  void alarmsWithoutAKeyCountEach() {
    people.at(1, ALARM_RAISED, 0);
    people.at(1, ALARM_RAISED, 0);
    people.at(2, ALARM_CLEARED, 0);
    people.runTo(605);
    assertThat(people.count(AlarmRate.KPI, LINE, "alarms")).isEqualTo(2);
    assertThat(people.count(AlarmRate.KPI, LINE, "fleeting")).isZero();
  }

  @Test
  void elevenAlarmsInAPeriodAreAFloodAndTenAreNot() {
    raise(0, 10, 1);
    raise(600, 11, 1);
    raise(1195, 10, 1);
    people.runTo(1805);
    assertThat(people.count(AlarmFloods.KPI, LINE, "periods")).isEqualTo(3);
    assertThat(people.count(AlarmFloods.KPI, LINE, "floods")).isEqualTo(1);
    assertThat(people.figure(AlarmFloods.KPI, "site").value()).isCloseTo(1 / 3d, within(1e-15));
  }

  @Test
  void alarmsThatComeLateMakeAFloodOfAPeriodThatWasCalm() {
    raise(0, 6, 1);
    people.runTo(700);
    assertThat(people.count(AlarmFloods.KPI, LINE, "floods")).isZero();
    for (int i = 0; i < 6; i++) {
      people.late(100 + i, 700, ALARM_RAISED, 100 + i);
    }
    people.runTo(800);
    assertThat(people.count(AlarmFloods.KPI, LINE, "floods")).isEqualTo(1);
    assertThat(people.count(AlarmFloods.KPI, LINE, "periods")).isEqualTo(1);
    assertThat(people.report.windows(AlarmFloods.KPI.id(), LINE, Span.WINDOW))
        .extracting(Result::revision)
        .containsExactly(1);
  }

  @Test
  void alarmsOfAPeriodThatHasBegunBeforeTheWatermarkAreKept() {
    people = new People(new Factory().lateness(1500 * SECOND).machine("cnc").register());
    raise(0, 1, 1);
    people.runTo(1900);
    raise(1800, 11, 1); // two periods ahead of the watermark
    people.runTo(4000);
    assertThat(people.count(AlarmFloods.KPI, LINE, "floods")).isEqualTo(1);
    assertThat(people.count(AlarmFloods.KPI, LINE, "periods")).isEqualTo(4);
  }

  @Test
  void raisedAgainThreeTimesInAMinuteIsOneEpisodeOfChattering() {
    raise(0, 1, 1);
    for (int s : new int[] {100, 120, 140, 160, 180, 200}) { // one run
      people.at(s, ALARM_RAISED, 5);
      people.at(s + 10, ALARM_CLEARED, 5);
    }
    for (int s : new int[] {300, 320, 340, 361}) { // too slow
      people.at(s, ALARM_RAISED, 6);
    }
    for (int s : new int[] {400, 420, 440, 460}) { // exactly a minute
      people.at(s, ALARM_RAISED, 8);
    }
    for (int s : new int[] {500, 501, 502, 503, 590, 591, 592, 593}) { // two runs
      people.at(s, ALARM_RAISED, 9);
    }
    people.runTo(605);
    assertThat(people.count(NuisanceAlarms.CHATTERING, LINE, "chattering")).isEqualTo(4);
    assertThat(people.figure(NuisanceAlarms.CHATTERING, LINE).value()).isEqualTo(4 * 144d);
  }

  @Test
  void clearedWithinThreeSecondsIsFleeting() {
    people.at(10, ALARM_RAISED, 1);
    people.at(13, ALARM_CLEARED, 1);
    people.at(20, ALARM_RAISED, 2);
    people.at(23.001, ALARM_CLEARED, 2);
    people.at(30, ALARM_CLEARED, 3); // of a raise that nobody heard of
    people.at(31, ALARM_RAISED, 4);
    people.at(31, ALARM_CLEARED, 4);
    people.late(42, 42, ALARM_CLEARED, 5); // comes before its raise
    people.late(40, 43, ALARM_RAISED, 5);
    people.runTo(605);
    assertThat(people.count(NuisanceAlarms.FLEETING, LINE, "fleeting")).isEqualTo(3);
    assertThat(people.figure(NuisanceAlarms.FLEETING, LINE).value()).isEqualTo(3 / 4d);
    assertThat(people.figure(NuisanceAlarms.FLEETING, MACHINE).value()).isEqualTo(3 / 4d);
  }

  @Test
  void aClearOfAnActiveAlarmAtTheTimeOfItsNextRaiseEndsTheOneBefore() {
    people.at(10, ALARM_RAISED, 1);
    people.at(12, ALARM_CLEARED, 1);
    people.at(12, ALARM_RAISED, 1);
    people.runTo(DAY + 30);
    assertThat(people.count(NuisanceAlarms.FLEETING, LINE, "fleeting")).isEqualTo(1);
    assertThat(people.count(StaleAlarms.KPI, LINE, "stale")).isEqualTo(1);
  }

  /** Windows of 10 minutes: a day has 144. */
  private People withLongWindows() {
    return new People(new Factory().windows(600 * SECOND, 600 * SECOND).machine("cnc").register());
  }

  @Test
  void anAlarmIsStaleWhenItHasBeenActiveForMoreThanADay() {
    people = withLongWindows();
    people.at(0, ALARM_RAISED, 1);
    people.at(600, ALARM_RAISED, 2);
    people.runTo(DAY + 605);
    assertThat(people.count(StaleAlarms.KPI, LINE, "stale")).isEqualTo(1);
    assertThat(people.count(StaleAlarms.KPI, LINE, "position_windows")).isEqualTo(145);
    people.runTo(DAY + 1205);
    assertThat(people.count(StaleAlarms.KPI, LINE, "stale")).isEqualTo(3);
    people.at(DAY + 1210, ALARM_CLEARED, 1);
    people.runTo(DAY + 1805);
    assertThat(people.count(StaleAlarms.KPI, LINE, "stale")).isEqualTo(4);
  }

  @Test
  void aClearAfterTheEndOfAWindowDoesNotMakeItsAlarmFresh() {
    people = withLongWindows();
    people.at(0, ALARM_RAISED, 1);
    people.runTo(DAY + 602);
    people.at(DAY + 601, ALARM_CLEARED, 1);
    people.runTo(DAY + 1210);
    assertThat(people.count(StaleAlarms.KPI, LINE, "stale")).isEqualTo(1);
  }

  @Test
  void aClearThatWasHeldUpTakesBackTheWindowsSince() {
    people = withLongWindows();
    people.at(0, ALARM_RAISED, 1);
    people.runTo(DAY + 7205);
    assertThat(people.count(StaleAlarms.KPI, LINE, "stale")).isEqualTo(12);
    people.late(DAY + 1800, DAY + 7205, ALARM_CLEARED, 1);
    people.runTo(DAY + 8405);
    // Ends of windows at 600 and 1200; at 1800 it is cleared.
    assertThat(people.count(StaleAlarms.KPI, LINE, "stale")).isEqualTo(2);
  }

  @Test
  void anAlarmOutlivesAnotherRegisterAndARestart() {
    people = withLongWindows();
    Factory other = new Factory().windows(600 * SECOND, 600 * SECOND);
    people.at(0, ALARM_RAISED, 1);
    people.runTo(1000);
    people.change(other.register(), 1000.5);
    people.runTo(2000);
    people.restart();
    people.change(other.node("vision").machine("cnc").register(), 2000.5);
    people.runTo(DAY + 605);
    assertThat(people.count(StaleAlarms.KPI, MACHINE, "stale")).isEqualTo(1);
  }
}
