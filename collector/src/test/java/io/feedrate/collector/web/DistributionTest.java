package io.feedrate.collector.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class DistributionTest {

  @Test
  void each_duration_of_a_histogram_is_in_exactly_one_bucket() {
    Histogram micros = new Histogram(3);
    micros.recordValue(2_000); // 2 ms
    micros.recordValueWithCount(30_000, 5);
    micros.recordValue(60_000_000L); // a minute: over the last bound
    Distribution distribution = Distribution.of(micros, List.of(0.001, 0.01, 0.1, 1.0));
    assertThat(distribution.counts()).containsExactly(0L, 1L, 5L, 0L, 1L);
    assertThat(distribution.count()).isEqualTo(7);
    assertThat(distribution.sumSeconds()).isCloseTo(60.152, within(0.05));
  }

  @Test
  void nothing_recorded_is_all_zero() {
    Distribution none = Distribution.empty(Distribution.UPDATE_BOUNDS);
    assertThat(none.count()).isZero();
    assertThat(none.sumSeconds()).isZero();
    assertThat(none.plus(42).count()).isEqualTo(1);
  }
}
