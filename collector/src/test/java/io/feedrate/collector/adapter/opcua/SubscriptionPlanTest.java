package io.feedrate.collector.adapter.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SubscriptionPlanTest {
  private static final Duration HALF_SECOND = Duration.ofMillis(500);

  @Test
  void livenessIsProvenThreeTimesWithinTheLateness() {
    SubscriptionPlan plan = SubscriptionPlan.of(HALF_SECOND, Duration.ofSeconds(10));

    assertThat(plan.keepAliveCount() * plan.publishingMs()).isEqualTo(3_000);
  }

  @Test
  void keepAlivesAreNoRarerThanFiveSecondsHoweverPatientThePlant() {
    SubscriptionPlan plan = SubscriptionPlan.of(HALF_SECOND, Duration.ofHours(1));

    assertThat(plan.keepAliveCount() * plan.publishingMs()).isEqualTo(5_000);
  }

  @Test
  void slowPublishingProvesOncePerCycle() {
    SubscriptionPlan plan = SubscriptionPlan.of(Duration.ofSeconds(10), Duration.ofSeconds(10));

    assertThat(plan.keepAliveCount()).isEqualTo(1);
    assertThat(plan.lifetimeCount()).isGreaterThanOrEqualTo(3 * plan.keepAliveCount());
  }

  @Test
  void queuesHoldTwoPublishingCyclesAndAllThatIsNotSettled() {
    SubscriptionPlan plan = SubscriptionPlan.of(HALF_SECOND, Duration.ofSeconds(10));

    assertThat(plan.leastQueue(Duration.ofMillis(100))).isEqualTo(10);
    assertThat(plan.queue(Duration.ofMillis(100))).isEqualTo(130);
    assertThat(plan.leastQueue(Duration.ofSeconds(60))).isEqualTo(2);
    assertThat(plan.queue(Duration.ofSeconds(60))).isEqualTo(3);
    assertThat(plan.queue(Duration.ZERO)).isEqualTo(SubscriptionPlan.MAX_QUEUE);
  }

  @Test
  void silenceIsLongerThanTwoKeepAlives() {
    assertThat(SubscriptionPlan.silenceNs(500, 6)).isEqualTo(8_000_000_000L);
  }
}
