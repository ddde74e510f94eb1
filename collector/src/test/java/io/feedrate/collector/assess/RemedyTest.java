package io.feedrate.collector.assess;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.engine.Kpis;
import org.junit.jupiter.api.Test;

class RemedyTest {

  @Test
  void forEveryKpiItIsSaidWhereItsFigureComesFromAndWhatMakesItBetter() {
    assertThat(Kpis.ALL)
        .extracting(Kpi::id)
        .allSatisfy(id -> assertThat(Remedy.of(id)).as(id).isPresent());
    assertThat(Remedy.of("no_such_kpi")).isEmpty();
  }
}
