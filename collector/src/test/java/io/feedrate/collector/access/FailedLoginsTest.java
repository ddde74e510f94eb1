package io.feedrate.collector.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailedLoginsTest {
  private final AtomicLong nowNs = new AtomicLong(-5);
  private final FailedLogins failed = new FailedLogins(nowNs::get);

  private void fail(String address, int times) {
    for (int i = 0; i < times; i++) {
      failed.failed(address);
    }
  }

  @Test
  void tenAreFreeThenOneEachTenSeconds() {
    fail("a", 9);
    assertThat(failed.waitSeconds("a")).isZero();
    fail("a", 1);
    assertThat(failed.waitSeconds("a")).isEqualTo(10);
    assertThat(failed.waitSeconds("b")).isZero();

    nowNs.addAndGet(FailedLogins.REFILL_NS - 1);
    assertThat(failed.waitSeconds("a")).isEqualTo(1);
    nowNs.addAndGet(1);
    assertThat(failed.waitSeconds("a")).isZero();
    fail("a", 1);
    assertThat(failed.waitSeconds("a")).isEqualTo(10);
  }

  @Test
  void goingOnDoesNotLengthenTheWait() {
    fail("a", 1_000);
    assertThat(failed.waitSeconds("a")).isEqualTo(10);
    nowNs.addAndGet(FailedLogins.REFILL_NS * 3);
    fail("a", 2);
    assertThat(failed.waitSeconds("a")).isZero();
  }

  @Test
  void aFloodOfAddressesTakesNoMoreThanABoundedPlace() {
    fail("first", 20);
    for (int i = 0; i < FailedLogins.MAX_ADDRESSES; i++) {
      failed.failed("x" + i);
    }

    assertThat(failed.waitSeconds("first")).as("forgotten").isZero();
    FailedLogins.Summary summary = failed.takeSummary();
    assertThat(summary.count()).isEqualTo(20 + FailedLogins.MAX_ADDRESSES);
    assertThat(summary.byAddress()).hasSize(5).containsEntry("first", 20L);
    assertThat(failed.takeSummary().count()).isZero();
  }
}
