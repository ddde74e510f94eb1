package io.feedrate.collector.adapter.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feedrate.collector.adapter.LinkStatus.State;
import io.feedrate.kpi.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LivenessTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long NONE = MessageSink.NOT_TOLD;

  private final RecordedRecords journal = new RecordedRecords();
  private final Liveness liveness = new Liveness(0, journal, 0);
  private long nowNs = 1_000 * SECOND;

  private void heartbeat(long sent) {
    liveness.onStatus(true, sent, Sample.NO_TIME, SECOND, false, nowNs);
  }

  private void samples(long... numbers) {
    for (long number : numbers) {
      liveness.onSamples(number, nowNs);
      liveness.onSamplesJournaled(number);
    }
  }

  private void offline(boolean retained) {
    liveness.onStatus(false, NONE, Sample.NO_TIME, NONE, retained, nowNs);
  }

  private void connectAndClear(long sent) {
    liveness.onBrokerConnected(nowNs);
    heartbeat(sent);
    journal.records.clear();
  }

  @Test
  void theFirstHeartbeatBringsTheLinkUp() {
    liveness.onBrokerConnected(nowNs);
    assertThat(liveness.view().state()).isEqualTo(State.CONNECTING);
    heartbeat(NONE);
    assertThat(journal.records).containsExactly("UP", "PROOF");
    assertThat(liveness.view().state()).isEqualTo(State.UP);
  }

  @Test
  void aRetainedHeartbeatProvesNothing() {
    liveness.onBrokerConnected(nowNs);
    liveness.onStatus(true, 17, 5, SECOND, true, nowNs);
    assertThat(journal.records).isEmpty();
    assertThat(liveness.view().state()).isEqualTo(State.CONNECTING);
  }

  @Test
  void aRetainedWillMeansDownUntilSomethingComesLive() {
    liveness.onBrokerConnected(nowNs);
    offline(true);
    assertThat(liveness.view().state()).isEqualTo(State.DOWN);
    heartbeat(NONE);
    offline(true);
    assertThat(journal.records).containsExactly("DOWN", "UP", "PROOF");
  }

  @Test
  void aJumpOfTheNumberIsAGapBeforeTheSamplesThatShowIt() {
    connectAndClear(9);
    samples(10, 11, 15, 16);
    assertThat(journal.records).containsExactly("GAP 3");
  }

  @Test
  void aHeartbeatFindsALostTail() {
    connectAndClear(9);
    samples(10);
    heartbeat(12);
    samples(13);
    assertThat(journal.records).containsExactly("GAP 2");
  }

  @Test
  void numbersWrapAt2To53() {
    connectAndClear((1L << 53) - 2);
    samples((1L << 53) - 1, 0, 1, 4);
    assertThat(journal.records).containsExactly("GAP 2");
  }

  @Test
  void repeatedNumbersAreNoGapAndNoRestart() {
    connectAndClear(2000);
    samples(2001, 2000, 2001, 1002, 2002);
    heartbeat(1500);
    samples(2003);
    assertThat(journal.records).isEmpty();
  }

  @Test
  void aNumberFarBackIsARestart() {
    connectAndClear(2000);
    samples(1000, 1001);
    assertThat(journal.records).containsExactly("UP");
  }

  @Test
  void aNumberBackAfterTheSourceWentIsARestart() {
    connectAndClear(20);
    offline(false);
    heartbeat(0);
    samples(1, 2, 4);
    assertThat(journal.records).containsExactly("DOWN", "UP", "GAP 1");
  }

  @Test
  void comingBackInSequenceIsResumed() {
    connectAndClear(20);
    liveness.onBrokerLost("gone", State.DOWN, nowNs);
    nowNs += 30 * SECOND;
    liveness.onBrokerConnected(nowNs);
    samples(21, 22);
    assertThat(journal.records).containsExactly("DOWN", "RESUMED");
  }

  @Test
  void comingBackWithRepeatedMessagesIsResumed() {
    connectAndClear(20);
    liveness.onBrokerLost("gone", State.DOWN, nowNs);
    liveness.onBrokerConnected(nowNs);
    samples(19, 20, 21);
    assertThat(journal.records).containsExactly("DOWN", "RESUMED");
  }

  @Test
  void comingBackWithAGapIsUp() {
    connectAndClear(20);
    liveness.onBrokerLost("gone", State.DOWN, nowNs);
    liveness.onBrokerConnected(nowNs);
    heartbeat(25);
    assertThat(journal.records).containsExactly("DOWN", "GAP 5", "UP");
  }

  @Test
  void anInferenceDoesNotDecideWhetherSomethingWasMissed() {
    connectAndClear(20);
    liveness.onBrokerLost("gone", State.DOWN, nowNs);
    liveness.onBrokerConnected(nowNs);
    liveness.onOther(nowNs);
    heartbeat(20);
    assertThat(journal.records).containsExactly("DOWN", "RESUMED");
  }

  @Test
  void silenceForThreeHeartbeatsIsDown() {
    connectAndClear(NONE);
    nowNs += 3 * SECOND;
    liveness.onTick(nowNs);
    assertThat(journal.records).isEmpty();
    liveness.onTick(nowNs + 1);
    liveness.onTick(nowNs + SECOND);
    assertThat(journal.records).containsExactly("DOWN");
    assertThat(liveness.view().state()).isEqualTo(State.DOWN);
    assertThat(liveness.view().sinceNs()).isEqualTo(nowNs + 1);
  }

  @Test
  void aBrokerThatNeverAnswersIsToldOnce() {
    liveness.onBrokerLost("refused", State.DOWN, nowNs);
    liveness.onBrokerLost("refused", State.ATTENTION, nowNs + SECOND);
    assertThat(journal.records).containsExactly("DOWN");
    assertThat(liveness.view().state()).isEqualTo(State.ATTENTION);
  }

  @Test
  void aDownThatTheJournalCouldNotTakeIsToldBeforeTheUp() {
    connectAndClear(NONE);
    journal.full = true;
    assertThatThrownBy(() -> liveness.onBrokerLost("gone", State.DOWN, nowNs))
        .isInstanceOf(MqttRecords.JournalFailure.class);
    assertThat(liveness.view().state()).isEqualTo(State.DOWN);
    liveness.onBrokerConnected(nowNs);
    assertThatThrownBy(() -> heartbeat(NONE)).isInstanceOf(MqttRecords.JournalFailure.class);
    journal.full = false;
    nowNs += SECOND;
    heartbeat(NONE);
    assertThat(journal.records).containsExactly("DOWN", "UP", "PROOF");
  }

  @Test
  void samplesThatTheJournalCouldNotTakeAreNotInSequenceYet() {
    connectAndClear(20);
    liveness.onSamples(21, nowNs); // not journaled, so it comes again
    samples(21, 22);
    assertThat(journal.records).isEmpty();
  }

  @Test
  void theLeastDelayedHeartbeatTellsTheClockEveryFiveSeconds() {
    liveness.onBrokerConnected(nowNs);
    long[] delaysMs = {900, 30, 10, 40, 20, 25, 30, 10, 15};
    for (long delayMs : delaysMs) {
      nowNs += SECOND;
      long sentNs = nowNs - 2 * SECOND - delayMs * 1_000_000; // its clock is 2 s behind
      liveness.onStatus(true, NONE, sentNs, SECOND, false, nowNs);
    }
    journal.records.removeIf(r -> !r.startsWith("clock"));
    assertThat(journal.records)
        .containsExactly("clock -2030000000 5000000", "clock -2010000000 20000000");
  }

  @Test
  void heartbeatsThatWereHeldUpDoNotMakeTheClockDoubtful() {
    liveness.onBrokerConnected(nowNs);
    heartbeats(0, 0, 0, -400, 0, 0, -300, 0, 0);
    assertThat(clocks()).containsOnly("clock 0 5000000");
  }

  @Test
  void clockThatWasSetBackIsDoubtfulAfterThreeHeartbeatsAndKnownAfterFive() {
    liveness.onBrokerConnected(nowNs);
    heartbeats(0, 0, 0, 0, 0, 0);
    journal.records.clear();
    heartbeats(-30_000, -30_000);
    assertThat(clocks()).isSubsetOf("clock 0 5000000");
    journal.records.clear();
    heartbeats(-30_000);
    assertThat(clocks()).containsExactly("clock 0 30005000000");
    journal.records.clear();
    heartbeats(-30_000, -30_000);
    assertThat(clocks()).containsExactly("clock -30000000000 5000000");
  }

  @Test
  void clockThatWasSetAheadIsKnownFromTheFirstHeartbeatOn() {
    liveness.onBrokerConnected(nowNs);
    heartbeats(0, 0, 0, 0);
    journal.records.clear();
    heartbeats(30_000);
    assertThat(clocks()).hasSize(1).allMatch(r -> r.startsWith("clock 30000000000 "));
  }

  /** One a second, with the source's clock off by this when it is received. */
  private void heartbeats(long... offsetsMs) {
    for (long offsetMs : offsetsMs) {
      nowNs += SECOND;
      liveness.onStatus(true, NONE, nowNs + offsetMs * 1_000_000, SECOND, false, nowNs);
    }
  }

  private List<String> clocks() {
    return journal.records.stream().filter(r -> r.startsWith("clock")).toList();
  }

  @Test
  void heartbeatsThatWaitedInTheBrokerTellNothingOfTheClock() {
    liveness.onBrokerConnected(nowNs);
    for (int i = 0; i < 20; i++) {
      liveness.onStatus(true, NONE, nowNs - (20 - i) * SECOND, SECOND, false, nowNs);
      nowNs += 1_000_000;
    }
    assertThat(journal.records).noneMatch(r -> r.startsWith("clock"));
  }
}
