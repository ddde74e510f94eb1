package io.feedrate.collector.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EpochClockTest {
  private final ManualTime time = new ManualTime(Instant.parse("2026-11-22T10:00:00Z"));
  private final EpochClock clock = time.clock();

  @Test
  void followsTheMonotonicClockBetweenAdjustments() {
    long start = clock.nowNs();
    time.pass(5, TimeUnit.SECONDS);
    time.stepWall(1, TimeUnit.HOURS);

    assertThat(clock.nowNs() - start).isEqualTo(TimeUnit.SECONDS.toNanos(5));
  }

  @Test
  void followsAWallClockThatWasStepped() {
    time.stepWall(1, TimeUnit.HOURS);
    clock.adjust();

    assertThat(clock.nowNs()).isEqualTo(time.wallNs());
    assertThat(clock.behindNs()).isZero();
  }

  @Test
  void standsStillWhileTheWallClockIsBehind() {
    long before = clock.nowNs();
    time.stepWall(-10, TimeUnit.SECONDS);
    clock.adjust();
    assertThat(clock.nowNs()).isEqualTo(before);
    assertThat(clock.behindNs()).isEqualTo(TimeUnit.SECONDS.toNanos(10));

    time.pass(11, TimeUnit.SECONDS);

    assertThat(clock.nowNs()).isEqualTo(time.wallNs()).isGreaterThan(before);
    assertThat(clock.behindNs()).isZero();
  }
}
