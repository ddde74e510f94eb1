package io.feedrate.collector.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.State;
import io.feedrate.kpi.maturity.Interval;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class FormatTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final long AT =
      Instant.parse("2026-11-23T01:46:05Z").getEpochSecond() * 1_000_000_000L;

  private static Format in(Language language) {
    return new Format(Words.of(language), BERLIN);
  }

  /** With plain blanks, to read it more easily. */
  private static String plain(String text) {
    return text.replace('\u00a0', ' ');
  }

  @Test
  void numbersHaveTheSeparatorsOfTheirLanguage() {
    assertThat(in(Language.EN).number(1234567.891, 2)).isEqualTo("1,234,567.89");
    assertThat(in(Language.ZH).number(1234567.891, 2)).isEqualTo("1,234,567.89");
    assertThat(in(Language.DE).number(1234567.891, 2)).isEqualTo("1.234.567,89");
    assertThat(in(Language.DE).number(-12345.5, 1)).isEqualTo("−12.345,5");
    assertThat(in(Language.DE).integer(1234)).isEqualTo("1234");
    assertThat(in(Language.EN).number(Double.NaN, 1)).isEqualTo("–");
  }

  @Test
  void quantitiesHaveTheUnitsOfTheirLanguage() {
    assertThat(plain(in(Language.EN).quantity(0.987, "1"))).isEqualTo("98.7 %");
    assertThat(plain(in(Language.DE).quantity(0.987, "1"))).isEqualTo("98,7 %");
    assertThat(plain(in(Language.ZH).quantity(0.987, "1"))).isEqualTo("98.7%");
    assertThat(plain(in(Language.DE).quantity(0.0125, "s"))).isEqualTo("12,5 ms");
    assertThat(plain(in(Language.ZH).quantity(97_200, "s"))).isEqualTo("27 小时");
    assertThat(plain(in(Language.DE).quantity(1.5, "1/10min"))).isEqualTo("1,5 je 10 min");
    assertThat(plain(in(Language.ZH).quantity(1.5, "1/d"))).isEqualTo("1.5 次/天");
  }

  @Test
  void whatIsOnlyBoundedSaysSo() {
    Figure atLeast = new Figure(State.MEASURED, Double.NaN, 31, Double.POSITIVE_INFINITY);
    assertThat(plain(in(Language.DE).figure(atLeast, "s"))).isEqualTo("≥ 31 s");
    assertThat(in(Language.EN).figure(Figure.NOT_APPLICABLE, "1")).isEqualTo("–");
  }

  @Test
  void boundsNameTheirUnitOnceAndAreLeftOutWhereTheySayNothing() {
    Figure figure = new Figure(State.MEASURED, 0.985, 0.981, 0.989);
    assertThat(plain(in(Language.DE).bounds(figure, "1"))).isEqualTo("98,1 – 98,9 %");
    assertThat(plain(in(Language.ZH).bounds(figure, "1"))).isEqualTo("98.1 – 98.9%");
    assertThat(in(Language.EN).bounds(Figure.exact(0.5), "1")).isEmpty();
    Figure narrow = new Figure(State.MEASURED, 0.985, 0.98501, 0.98502);
    assertThat(in(Language.EN).bounds(narrow, "1")).isEmpty();
  }

  @Test
  void scoresAreRoundedOutwards() {
    assertThat(in(Language.DE).score(new Interval(0.6789, 0.8811))).isEqualTo("0,67 – 0,89");
    assertThat(in(Language.ZH).score(Interval.UNDEFINED)).isEqualTo("不适用");
  }

  @Test
  void timesAreThePlantsAndWrittenAsPeopleDo() {
    assertThat(plain(in(Language.EN).time(AT))).isEqualTo("23 Nov 2026 02:46:05");
    assertThat(plain(in(Language.DE).time(AT))).isEqualTo("23.11.2026 02:46:05");
    assertThat(plain(in(Language.ZH).time(AT))).isEqualTo("2026年11月23日 02:46:05");
    assertThat(plain(in(Language.EN).period(AT, AT + 55_000_000_000L)))
        .isEqualTo("23 Nov 2026 02:46:05 – 02:47");
    assertThat(in(Language.DE).tick(AT, 86_400_000_000_000L)).isEqualTo("23.11.");
    assertThat(in(Language.ZH).tick(AT, 3_600_000_000_000L)).isEqualTo("02:46");
  }
}
