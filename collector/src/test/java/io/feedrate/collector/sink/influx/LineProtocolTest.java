package io.feedrate.collector.sink.influx;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.State;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LineProtocolTest {
  private final LineProtocol lines =
      new LineProtocol(List.of(ResultFixtures.COMPLETENESS), ResultFixtures.REGISTER);

  @Test
  void aResultIsOneLineStampedWithTheEndOfItsWindow() {
    assertThat(line(ResultFixtures.result("acme/augsburg", 0, 3, 1)))
        .isEqualTo(
            "completeness,subject=acme/augsburg,kind=site,span=window,window_s=60"
                + " state=0i,revision=0i,value=0.75,lower=0.75,upper=0.75,good=3i,silent=1i"
                + " 1794000060000000000\n");
  }

  @Test
  void aRevisionReplacesThePointAndAShiftIsAPointOfItsOwn() {
    Figure figure = Figure.exact(0.5);
    Result first = ResultFixtures.result("acme/augsburg", 0, 0, figure, 1, 1);
    Result revised = ResultFixtures.result("acme/augsburg", 0, 1, figure, 2, 2);
    Result shift =
        new Result(
            first.kpi(),
            first.subject(),
            Span.SHIFT,
            first.startNs(),
            first.endNs(),
            0,
            first.registerHash(),
            first.counts(),
            first.histogram(),
            figure);

    assertThat(identity(revised)).isEqualTo(identity(first));
    assertThat(identity(shift)).isNotEqualTo(identity(first)).contains(",span=shift,");
    assertThat(line(revised)).contains(",revision=1i,").contains(",good=2i,");
  }

  /** What a target tells points by: measurement, tags and timestamp. */
  private String identity(Result result) {
    String[] parts = line(result).strip().split(" ", -1);
    return parts[0] + " " + parts[2];
  }

  @Test
  void spacesCommasAndEqualSignsAreEscapedAndWhatCannotBeIsReplaced() {
    assertThat(line(ResultFixtures.result("acme/augsburg/mill 1", 0, 1, 0)))
        .startsWith("completeness,subject=acme/augsburg/mill\\ 1,kind=machine,");
    assertThat(line(ResultFixtures.result("a=b,c\\d\ne", 0, 1, 0)))
        .startsWith("completeness,subject=a\\=b\\,c_d_e,kind=other,");
  }

  @Test
  void undefinedAndInfiniteFiguresAreLeftOut() {
    assertThat(line(ResultFixtures.result("x", 0, 0, 0)))
        .contains(" state=2i,revision=0i,good=0i,silent=0i ");
    Figure open =
        new Figure(State.INSUFFICIENT_EVIDENCE, Double.NaN, 12.5, Double.POSITIVE_INFINITY);
    assertThat(line(ResultFixtures.result("x", 0, 2, open, 1, 1)))
        .contains(" state=1i,revision=2i,lower=12.5,good=1i,silent=1i ");
  }

  @Test
  void countsOfAnUnknownKpiAreNumbered() {
    StringBuilder out = new StringBuilder();
    new LineProtocol(List.of(), ResultFixtures.REGISTER)
        .append(ResultFixtures.result("x", 0, 7, 8), out);
    assertThat(out).contains(",count_0=7i,count_1=8i ");
  }

  @Test
  void aKpiOverTheSameCountsGetsALineOfItsOwn() {
    Kpi silence =
        new Kpi(
            "silence",
            "completeness",
            "Silence",
            "1",
            false,
            "silent / due",
            "house definition",
            List.of("good", "silent"),
            (counts, histogram) -> Figure.ratio(counts[1], counts[0] + counts[1]));
    LineProtocol both =
        new LineProtocol(List.of(ResultFixtures.COMPLETENESS, silence), ResultFixtures.REGISTER);
    StringBuilder out = new StringBuilder();
    both.append(ResultFixtures.result("acme/augsburg", 0, 3, 1), out);
    assertThat(out.toString().lines())
        .hasSize(both.linesPerResult())
        .last()
        .isEqualTo(
            "silence,subject=acme/augsburg,kind=site,span=window,window_s=60"
                + " state=0i,revision=0i,value=0.25,lower=0.25,upper=0.25 1794000060000000000");
  }

  private String line(Result result) {
    StringBuilder out = new StringBuilder();
    lines.append(result, out);
    return out.toString();
  }
}
