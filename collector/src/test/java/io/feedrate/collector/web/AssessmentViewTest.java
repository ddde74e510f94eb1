package io.feedrate.collector.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.maturity.Assessment;
import io.feedrate.kpi.maturity.Dimension;
import io.feedrate.kpi.maturity.Evidence;
import io.feedrate.kpi.maturity.Indicator;
import io.feedrate.kpi.maturity.IndicatorState;
import io.feedrate.kpi.maturity.Level;
import io.feedrate.kpi.maturity.Profile;
import io.feedrate.kpi.maturity.Scale;
import io.feedrate.kpi.maturity.Scoring;
import io.feedrate.kpi.maturity.Text;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the page shows is what the assessment says. */
class AssessmentViewTest {

  @Test
  void scores_are_shares_of_the_highest_and_what_is_unknown_has_no_value() {
    AssessmentView view =
        AssessmentView.of(
            Assessment.of(
                profile(), Evidence.of("plant", 1_000, 2_000, Map.of("known", Figure.exact(0.99)))),
            Instant.EPOCH);

    assertThat(view.provisional()).isTrue();
    assertThat(view.from()).isEqualTo(Instant.ofEpochSecond(0, 1_000));
    AssessmentView.Dimension dimension = view.dimensions().get(0);
    assertThat(dimension.lower()).isBetween(0.0, dimension.upper());
    assertThat(dimension.upper()).isEqualTo(1);
    assertThat(dimension.coverage()).isBetween(0.49, 0.51);
    assertThat(dimension.upperLevelName()).isEqualTo("Second");
    assertThat(dimension.indicators())
        .extracting(AssessmentView.Indicator::state)
        .containsExactly(IndicatorState.MEASURED, IndicatorState.INSUFFICIENT_EVIDENCE);
    assertThat(dimension.indicators().get(0).value()).isEqualTo(0.99);
    assertThat(dimension.indicators().get(1).value()).isNaN();
    assertThat(dimension.indicators().get(1).detail()).isNotBlank();
  }

  private static Profile profile() {
    return new Profile(
        "test",
        "1",
        "00",
        Text.of("Test"),
        "for a test",
        new Scoring(Scoring.Method.LEVEL_REQUIREMENTS, 0.8, Scoring.Overall.MINIMUM),
        List.of(new Level(Text.of("First"), 0), new Level(Text.of("Second"), 0)),
        List.of(
            new Dimension(
                "one",
                Text.of("One"),
                1,
                List.of(),
                List.of(indicator("known", 1), indicator("unknown", 2)))));
  }

  private static Indicator indicator(String kpi, int level) {
    return new Indicator.Measured(
        "i-" + kpi,
        Text.of(kpi),
        1,
        level,
        false,
        "a test",
        kpi,
        "1",
        Scale.atLeast(0.80, 0.95, 0.98),
        "a test",
        Text.of("nothing was due"),
        Text.of("too little is known"),
        Indicator.Minimum.NONE);
  }
}
