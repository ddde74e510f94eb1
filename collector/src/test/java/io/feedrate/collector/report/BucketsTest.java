package io.feedrate.collector.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketsTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final long SECOND = 1_000_000_000L;
  private static final long DAY = 86_400 * SECOND;

  private static long ns(String time) {
    return Instant.parse(time).getEpochSecond() * SECOND;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 59, 600, 3600, 86_400, 604_800, 2_592_000, 31_536_000, 315_360_000})
  void aPeriodIsCoveredWithoutGapsByFewIntervals(long seconds) {
    long from = ns("2026-03-01T10:17:03Z");
    long to = from + seconds * SECOND;

    Buckets buckets = Buckets.of(from, to, 10 * SECOND, Buckets.MOST, BERLIN);

    assertThat(buckets.count()).isBetween(1, Buckets.MOST + 2);
    assertThat(buckets.startNs(0)).isLessThanOrEqualTo(from);
    assertThat(buckets.endNs(buckets.count() - 1)).isGreaterThanOrEqualTo(to);
    for (int i = 0; i < buckets.count(); i++) {
      assertThat(buckets.endNs(i)).isGreaterThan(buckets.startNs(i));
      assertThat(buckets.of(buckets.startNs(i))).isEqualTo(i);
      assertThat(buckets.of(buckets.endNs(i) - 1)).isEqualTo(i);
    }
  }

  @Test
  void daysAreThoseOfThePlantAlsoWhenClocksChange() {
    Buckets buckets =
        Buckets.of(
            ns("2026-10-01T00:00:00Z"),
            ns("2026-11-01T00:00:00Z"),
            60 * SECOND,
            Buckets.FEW,
            BERLIN);

    assertThat(buckets.startNs(0)).isEqualTo(ns("2026-09-30T22:00:00Z"));
    int october25 = buckets.of(ns("2026-10-25T12:00:00Z"));
    assertThat(buckets.startNs(october25)).isEqualTo(ns("2026-10-24T22:00:00Z"));
    assertThat(buckets.endNs(october25) - buckets.startNs(october25))
        .isEqualTo(DAY + 3600 * SECOND);
  }

  @Test
  void noIntervalIsShorterThanTheWindowsThatItSums() {
    long from = ns("2026-11-22T10:00:00Z");
    assertThat(Buckets.of(from, from + 300 * SECOND, 60 * SECOND, Buckets.MOST, BERLIN).stepNs())
        .isEqualTo(60 * SECOND);
  }
}
