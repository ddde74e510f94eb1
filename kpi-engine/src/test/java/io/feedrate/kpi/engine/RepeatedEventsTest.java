package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Factory.SECOND;
import static io.feedrate.kpi.engine.Factory.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.AdviceEvent;
import io.feedrate.kpi.InferenceMode;
import io.feedrate.kpi.RecentIds;
import io.feedrate.kpi.Register;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/** Events that are delivered more than once; windows 10 s, lateness 5 s. */
class RepeatedEventsTest {
  private static final String NODE = "site/line/vision";
  private final Factory.Report report = new Factory.Report();
  private final Register register = new Factory().node("vision").register();
  private KpiEngine engine = new KpiEngine(report);

  RepeatedEventsTest() {
    engine.onRegister(register, T0);
  }

  private void inference(long id, double second) {
    long ns = T0 + (long) (second * SECOND);
    int node = engine.names().id(NODE);
    engine.onInference(node, 0, 0, 0, InferenceMode.PRODUCTION, true, ns, 1, id, ns);
  }

  private void advice(AdviceEvent event, long id, double second) {
    long ns = T0 + (long) (second * SECOND);
    engine.onAdvice(engine.names().id(NODE), event, ns, id, ns);
  }

  private long[] counts(String kpi) {
    engine.onTick(T0 + 120 * SECOND);
    return report.counts(kpi, NODE);
  }

  @Test
  void inferenceThatIsDeliveredAgainCountsOnce() {
    inference(11, 1);
    inference(12, 1);
    inference(11, 1);
    inference(12, 1);
    inference(13, 2);
    assertThat(counts("inference_availability")).containsExactly(3, 0);
  }

  @Test
  void inferencesWithoutAnIdAllCount() {
    inference(RecentIds.NONE, 1);
    inference(RecentIds.NONE, 1);
    assertThat(counts("inference_availability")).containsExactly(2, 0);
  }

  @Test
  void adviceIsShownAndDecidedOnceUnderOneId() {
    for (int i = 0; i < 2; i++) {
      advice(AdviceEvent.SHOWN, 5, 1);
      advice(AdviceEvent.ACCEPTED, 5, 2);
    }
    assertThat(counts("advice_decided")).containsExactly(1, 1, 0, 0);
  }

  @Test
  void repetitionIsKnownAfterARestartAndUnderANewRegister() {
    inference(11, 1);
    DirectBuffer state = engine.snapshot();
    engine = new KpiEngine(report);
    engine.restore(register, state, 0);
    inference(11, 1);
    engine.onRegister(new Factory().node("vision").node("vision2").register(), T0 + 2 * SECOND);
    inference(11, 1);
    assertThat(counts("inference_availability")).containsExactly(1, 0);
  }
}
