package io.feedrate.kpi.engine;

import static io.feedrate.kpi.EventKind.ADVICE_ACCEPTED;
import static io.feedrate.kpi.EventKind.ADVICE_EXPIRED;
import static io.feedrate.kpi.EventKind.ADVICE_OVERRIDDEN;
import static io.feedrate.kpi.EventKind.ADVICE_SHOWN;
import static io.feedrate.kpi.EventKind.ALARM_ACKNOWLEDGED;
import static io.feedrate.kpi.EventKind.ALARM_CLEARED;
import static io.feedrate.kpi.EventKind.ALARM_RAISED;
import static io.feedrate.kpi.EventKind.CONTROL_REQUESTED;
import static io.feedrate.kpi.EventKind.CONTROL_TAKEN;
import static io.feedrate.kpi.EventKind.CORRECTION;
import static io.feedrate.kpi.EventKind.CORRECTION_RELEASED;
import static io.feedrate.kpi.engine.People.LINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.feedrate.kpi.Episode;
import io.feedrate.kpi.Episode.Kind;
import io.feedrate.kpi.State;
import io.feedrate.kpi.collaboration.AdviceDecisions;
import io.feedrate.kpi.collaboration.FeedbackClosure;
import org.junit.jupiter.api.Test;

/** What begins and ends: acknowledgements, advice, takeovers, corrections. */
class PairsTest {
  private final People people = new People();

  private long advice(String count) {
    return people.count(AdviceDecisions.DECIDED, LINE, count);
  }

  private String acknowledge() {
    return people.episode(Kind.ALARM_ACKNOWLEDGE);
  }

  @Test
  void anAlarmWaitsForItsAcknowledgement() {
    people.at(10, ALARM_RAISED, 1);
    assertThat(acknowledge()).isEqualTo("OPEN");
    people.at(14.5, ALARM_ACKNOWLEDGED, 1);
    assertThat(acknowledge()).isEqualTo("DONE after 4.5 s");
  }

  @Test
  void aSecondAcknowledgementOrRaiseChangesNothing() {
    people.at(10, ALARM_RAISED, 1);
    people.at(12, ALARM_RAISED, 1);
    people.at(14, ALARM_ACKNOWLEDGED, 1);
    people.at(14, ALARM_ACKNOWLEDGED, 1);
    people.at(15, ALARM_ACKNOWLEDGED, 1);
    people.late(10, 16, ALARM_RAISED, 1);
    people.at(20, ALARM_CLEARED, 1);
    people.runTo(40);
    assertThat(acknowledge()).isEqualTo("DONE after 4.0 s");
    assertThat(people.report.episodes).hasSize(2);
  }

  @Test
  void anAlarmThatIsClearedFirstLapsesWhenNothingEarlierCanComeAnyMore() {
    people.at(10, ALARM_RAISED, 1);
    people.at(20, ALARM_CLEARED, 1);
    people.runTo(24);
    assertThat(acknowledge()).isEqualTo("OPEN");
    people.runTo(26);
    assertThat(acknowledge()).isEqualTo("LAPSED after 10.0 s");
    people.at(30, ALARM_ACKNOWLEDGED, 1);
    assertThat(acknowledge()).isEqualTo("LAPSED after 10.0 s");
  }

  @Test
  void anAcknowledgementThatComesAfterALaterClearCounts() {
    people.at(10, ALARM_RAISED, 1);
    people.at(20, ALARM_CLEARED, 1);
    people.late(15, 21, ALARM_ACKNOWLEDGED, 1);
    people.runTo(40);
    assertThat(acknowledge()).isEqualTo("DONE after 5.0 s");
  }

  @Test
  void anAcknowledgementThatComesBeforeItsAlarmIsPairedWithIt() {
    people.late(12, 12, ALARM_ACKNOWLEDGED, 1);
    people.late(10, 13, ALARM_RAISED, 1);
    assertThat(acknowledge()).isEqualTo("DONE after 2.0 s");
  }

  @Test
  void anAcknowledgementOfAnOlderAlarmIsNotPairedWithALaterOne() {
    people.at(12, ALARM_ACKNOWLEDGED, 1);
    people.at(20, ALARM_RAISED, 1);
    people.late(15, 21, ALARM_ACKNOWLEDGED, 1);
    assertThat(acknowledge()).isEqualTo("OPEN");
  }

  @Test
  void anAlarmThatComesBackWaitsAnew() {
    people.at(10, ALARM_RAISED, 1);
    people.at(12, ALARM_CLEARED, 1);
    people.at(13, ALARM_RAISED, 1); // before the lapse took effect
    people.at(14, ALARM_ACKNOWLEDGED, 1);
    people.at(15, ALARM_CLEARED, 1);
    people.at(15, ALARM_RAISED, 1);
    people.runTo(40);
    assertThat(people.episodes(Kind.ALARM_ACKNOWLEDGE))
        .extracting(Episode::end, Episode::startNs)
        .containsExactly(
            tuple(Episode.End.LAPSED, People.ns(10)),
            tuple(Episode.End.DONE, People.ns(13)),
            tuple(Episode.End.OPEN, People.ns(15)));
  }

  @Test
  void aClearBetweenTwoRaisesThatComesAfterThemSplitsTheWait() {
    people.at(10, ALARM_RAISED, 1);
    people.at(14, ALARM_RAISED, 1);
    people.late(12, 15, ALARM_CLEARED, 1);
    people.at(20, ALARM_ACKNOWLEDGED, 1);
    people.at(30, ALARM_RAISED, 2);
    people.at(31, ALARM_ACKNOWLEDGED, 2);
    people.at(35, ALARM_RAISED, 2);
    people.late(35, 36, ALARM_CLEARED, 2); // of the raise before
    people.runTo(60);
    assertThat(people.episodes(Kind.ALARM_ACKNOWLEDGE))
        .extracting(Episode::end, Episode::startNs)
        .containsExactly(
            tuple(Episode.End.LAPSED, People.ns(10)),
            tuple(Episode.End.DONE, People.ns(14)),
            tuple(Episode.End.DONE, People.ns(30)),
            tuple(Episode.End.OPEN, People.ns(35)));
  }

  @Test
  void anOpenAlarmOutlivesItsAsset() {
    people.at(10, ALARM_RAISED, 1);
    people.change(new Factory().node("vision").register(), 20);
    people.restart();
    people.change(new Factory().node("vision").machine("cnc").register(), 30);
    people.at(40, ALARM_ACKNOWLEDGED, 1);
    assertThat(acknowledge()).isEqualTo("DONE after 30.0 s");
  }

  @Test
  void aLapseOfAnAssetThatGoesTakesEffect() {
    people.at(10, ALARM_RAISED, 1);
    people.at(19, ALARM_CLEARED, 1);
    people.at(10, ADVICE_SHOWN, 1);
    people.at(19, ADVICE_EXPIRED, 1);
    people.change(new Factory().node("vision").register(), 20);
    people.runTo(60);
    assertThat(acknowledge()).isEqualTo("LAPSED after 9.0 s");
    assertThat(advice("expired")).isEqualTo(1);
  }

  @Test
  void whatLapsesIsInTheSnapshot() {
    people.at(10, ALARM_RAISED, 1);
    people.at(20, ALARM_CLEARED, 1);
    people.at(20, CONTROL_TAKEN, 1);
    people.restart();
    people.late(19, 21, CONTROL_REQUESTED, 1);
    people.runTo(40);
    assertThat(acknowledge()).isEqualTo("LAPSED after 10.0 s");
    assertThat(people.episode(Kind.TAKEOVER)).isEqualTo("DONE after 1.0 s");
  }

  @Test
  void adviceIsAcceptedOverriddenOrLeft() {
    for (int i = 1; i <= 8; i++) {
      people.at(i, ADVICE_SHOWN, i);
    }
    for (int i = 1; i <= 3; i++) {
      people.at(10 + i, ADVICE_ACCEPTED, i);
    }
    people.at(20, ADVICE_OVERRIDDEN, 4);
    for (int i = 5; i <= 7; i++) {
      people.at(25, ADVICE_EXPIRED, i);
    }
    people.runTo(100);
    assertThat(people.figure(AdviceDecisions.DECIDED, LINE).value()).isEqualTo(4 / 7d);
    assertThat(people.figure(AdviceDecisions.UNDECIDED, LINE).value()).isEqualTo(3 / 7d);
    assertThat(people.figure(AdviceDecisions.ACCEPTED, LINE).value()).isEqualTo(0.75);
    assertThat(people.figure(AdviceDecisions.OVERRIDDEN, LINE).value()).isEqualTo(0.25);
    assertThat(people.episodes(Kind.ADVICE_DECISION))
        .filteredOn(e -> e.end() == Episode.End.OPEN)
        .extracting(Episode::key)
        .containsExactly(8L);
  }

  @Test
  void adviceThatNobodyEndedHasNoRatio() {
    people.at(1, ADVICE_SHOWN, 1);
    people.runTo(100);
    assertThat(advice("shown")).isEqualTo(1);
    assertThat(people.figure(AdviceDecisions.DECIDED, LINE).state())
        .isEqualTo(State.NOT_APPLICABLE);
    assertThat(people.figure(AdviceDecisions.ACCEPTED, LINE).state())
        .isEqualTo(State.NOT_APPLICABLE);
  }

  @Test
  void adviceIsDecidedOnce() {
    people.at(1, ADVICE_SHOWN, 1);
    people.late(1, 2, ADVICE_SHOWN, 1); // the same again
    people.at(3, ADVICE_SHOWN, 1); // shown once more
    people.at(5, ADVICE_ACCEPTED, 1);
    people.late(5, 6, ADVICE_ACCEPTED, 1); // the same again
    people.at(7, ADVICE_OVERRIDDEN, 1); // too late to think again
    people.at(8, ADVICE_SHOWN, 1);
    people.runTo(100);
    assertThat(people.report.counts("advice_decided", LINE)).containsExactly(1, 1, 0, 0, 3, 0);
    assertThat(people.episode(Kind.ADVICE_DECISION)).isEqualTo("DONE after 4.0 s");
  }

  @Test
  void adviceDecidedButNeverShownIsCountedApart() {
    people.at(5, ADVICE_ACCEPTED, 1);
    people.runTo(100);
    assertThat(people.report.counts("advice_decided", LINE)).containsExactly(0, 0, 0, 0, 0, 1);
    assertThat(people.episodes(Kind.ADVICE_DECISION)).isEmpty();
  }

  @Test
  void adviceDecidedBeforeItsShowingArrivesCounts() {
    people.at(5, ADVICE_OVERRIDDEN, 1);
    people.runTo(50);
    people.late(2, 50, ADVICE_SHOWN, 1);
    people.runTo(100);
    assertThat(people.report.counts("advice_decided", LINE)).containsExactly(1, 0, 1, 0, 0, 0);
    assertThat(people.episode(Kind.ADVICE_DECISION)).isEqualTo("DONE after 3.0 s");
  }

  @Test
  void aDecisionJustBeforeTheExpiryGoesFirstAndOneAfterItComesTooLate() {
    people.at(1, ADVICE_SHOWN, 1);
    people.at(1, ADVICE_SHOWN, 2);
    people.at(10, ADVICE_EXPIRED, 1);
    people.at(10, ADVICE_EXPIRED, 2);
    people.late(9, 11, ADVICE_ACCEPTED, 1);
    people.late(11, 11, ADVICE_ACCEPTED, 2);
    people.runTo(100);
    assertThat(people.report.counts("advice_decided", LINE)).containsExactly(2, 1, 0, 1, 1, 0);
  }

  @Test
  void twoClocksMayMakeADecisionEarlierThanItsShowing() {
    people.at(10, ADVICE_SHOWN, 1);
    people.late(9.5, 12, ADVICE_ACCEPTED, 1);
    assertThat(people.episode(Kind.ADVICE_DECISION)).isEqualTo("DONE after -0.5 s");
  }

  @Test
  void adviceWithoutAKeyCountsAsItComes() {
    people.at(1, ADVICE_SHOWN, 0);
    people.at(1, ADVICE_SHOWN, 0);
    people.at(2, ADVICE_ACCEPTED, 0);
    people.at(9, ADVICE_EXPIRED, 0);
    people.runTo(100);
    assertThat(people.report.counts("advice_decided", LINE)).containsExactly(2, 1, 0, 1, 0, 0);
    assertThat(people.report.episodes).isEmpty();
  }

  @Test
  void aTakeoverLastsFromTheFirstRequestToTheFirstControl() {
    people.at(10, CONTROL_REQUESTED, 1);
    people.at(12, CONTROL_REQUESTED, 1);
    people.at(15, CONTROL_TAKEN, 1);
    people.at(16, CONTROL_TAKEN, 1);
    assertThat(people.episode(Kind.TAKEOVER)).isEqualTo("DONE after 5.0 s");
  }

  @Test
  void controlTakenWithoutARequestIsNoTakeover() {
    people.at(10, CONTROL_TAKEN, 1);
    people.at(20, CONTROL_REQUESTED, 1);
    assertThat(people.episode(Kind.TAKEOVER)).isEqualTo("OPEN");
  }

  @Test
  void requestsWithoutAKeyFollowOneAnother() {
    people.at(10, CONTROL_REQUESTED, 0);
    people.at(12, CONTROL_TAKEN, 0);
    people.at(20, CONTROL_REQUESTED, 0);
    people.at(23, CONTROL_TAKEN, 0);
    assertThat(people.episodes(Kind.TAKEOVER))
        .extracting(e -> e.endNs() - e.startNs())
        .containsExactly(2_000_000_000L, 3_000_000_000L);
  }

  @Test
  void correctionsAreClosedByTheModelThatContainsThem() {
    for (int i = 1; i <= 4; i++) {
      people.at(i, CORRECTION, i);
    }
    people.at(5, CORRECTION, 4);
    people.at(60, CORRECTION_RELEASED, 2);
    people.at(61, CORRECTION_RELEASED, 2);
    people.at(62, CORRECTION_RELEASED, 9);
    people.at(70, CORRECTION, 0);
    people.at(71, CORRECTION_RELEASED, 0);
    people.runTo(100);
    assertThat(people.report.counts("feedback_closure", LINE)).containsExactly(5, 2, 2, 1);
    assertThat(people.figure(FeedbackClosure.KPI, LINE).value()).isEqualTo(0.4);
    assertThat(people.episodes(Kind.FEEDBACK))
        .filteredOn(e -> e.end() == Episode.End.DONE)
        .extracting(e -> e.endNs() - e.startNs())
        .containsExactly(58_000_000_000L);
  }

  @Test
  void whatWasPairedIsForgottenWhenItIsOldOrTooMuch() {
    for (int i = 1; i <= 6000; i++) {
      people.late(1, 1, CORRECTION, i);
      people.late(1, 1, CORRECTION_RELEASED, i);
    }
    people.engine().snapshot();
    assertThat(people.engine().snapshotLength()).isLessThan(400_000);
    people.silentTo(4000);
    people.at(4001, CORRECTION, 9000);
    people.at(4001, CORRECTION_RELEASED, 9000);
    people.engine().snapshot();
    assertThat(people.engine().snapshotLength()).isLessThan(60_000);
  }
}
