package io.feedrate.kpi.maturity;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.State;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuantitiesTest {

  @ParameterizedTest
  @CsvSource({
    "0.987, 1, 98.7 %",
    "1, 1, 100 %",
    "0, 1, 0 %",
    "0.5, 1, 50 %",
    "0.99967, 1, 99.97 %",
    "0.00002, 1, 0.002 %",
    "0.99999999, 1, > 99.9999 %",
    "0.00000001, 1, < 0.0001 %",
    "12.44, s, 12.4 s",
    "0.0123, s, 12.3 ms",
    "0.0000042, s, 4.2 µs",
    "0, s, 0 s",
    "-0.25, s, -250 ms",
    "119.6, s, 120 s",
    "124, s, 2 min 4 s",
    "3600, s, 1 h",
    "28800, s, 8 h",
    "86400, s, 24 h",
    "180000, s, 2 d 2 h",
    "3.14159, mm, 3.14 mm",
    "145.45, 1/10min, 145 per 10 min",
    "1.25, 1/d, 1.25 per d",
    "42, '', 42",
  })
  void numbersReadAsPeopleWriteThem(double value, String unit, String text) {
    assertThat(Quantities.text(value, unit)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0.99486, 1, 0.995, 99.49 %",
    "0.995, 1, 0.995, 99.5 %",
    "0.9951, 1, 0.995, 99.51 %",
    "0.98, 1, 0.995, 98 %",
    "60.02, s, 60, 60.02 s",
    "0.10004, s, 0.1, 100.04 ms",
    "3600.2, s, 3600, 1 h", // nobody would read what says more
  })
  void whatMissesALimitDoesNotReadAsTheLimit(double value, String unit, double limit, String text) {
    assertThat(Quantities.textUnlike(value, unit, List.of(limit))).isEqualTo(text);
  }

  @Test
  void whatIsNotKnownIsNotMadeUp() {
    Figure pending = new Figure(State.MEASURED, Double.NaN, 31, Double.POSITIVE_INFINITY);
    Figure fast = new Figure(State.MEASURED, 12.4, 12, Double.POSITIVE_INFINITY);

    assertThat(Quantities.text(Figure.INSUFFICIENT, "1")).isEqualTo("-");
    assertThat(Quantities.text(pending, "s")).isEqualTo("≥ 31 s");
    assertThat(Quantities.bounds(pending, "s")).isEmpty();
    assertThat(Quantities.bounds(fast, "s")).isEqualTo("≥ 12 s");
    assertThat(Quantities.bounds(Figure.exact(0.5), "1")).isEmpty();
    assertThat(Quantities.bounds(new Figure(State.MEASURED, 0.5, 0.4, 0.6), "1"))
        .isEqualTo("40 to 60 %");
    assertThat(Quantities.bounds(new Figure(State.MEASURED, 1, 0.9, 130), "s"))
        .isEqualTo("900 ms to 2 min 10 s");
  }
}
