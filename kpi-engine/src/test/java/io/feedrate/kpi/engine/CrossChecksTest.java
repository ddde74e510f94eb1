package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Cell.CNC;
import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Role;
import org.junit.jupiter.api.Test;

/** Values that must agree with each other. */
class CrossChecksTest {
  private static final String CHECKS = "semantic_consistency";
  private static final int PARTS = 0;
  private static final int GOOD_PARTS = 1;
  private static final int ENERGY = 2;

  private final Cell cell = new Cell(Role.PARTS_PRODUCED, Role.PARTS_GOOD, Role.COUNTER);

  private void produced(int n, double second) {
    for (int i = 0; i < n; i++) {
      cell.event(CNC, EventKind.PART_PRODUCED, 0, second);
    }
  }

  private long[] counts() {
    cell.tick(200);
    return cell.counts(CHECKS, CNC);
  }

  @Test
  void aCounterGrowsOrStartsAnewNearZero() {
    cell.value(ENERGY, 1, 1000);
    cell.value(ENERGY, 2, 1010);
    cell.value(ENERGY, 3, 1010);
    cell.value(ENERGY, 4, 3);
    cell.value(ENERGY, 5, 500);
    cell.value(ENERGY, 6, 400);
    cell.value(ENERGY, 4.5, 7);
    assertThat(counts()).containsExactly(4, 5, 0, 0, 0, 0, 0, 0, 0);
    assertThat(cell.figure(CHECKS, CNC)).isEqualTo(Figure.exact(0.8));
  }

  @Test
  void goodPartsAreNoMoreThanParts() {
    cell.value(PARTS, 1, 10);
    cell.value(GOOD_PARTS, 1, 10);
    cell.value(GOOD_PARTS, 12, 11);
    assertThat(counts()).containsExactly(1, 1, 1, 2, 0, 0, 0, 0, 3);
  }

  @Test
  void aWindowWithoutNewReadingIsNotEvaluated() {
    cell.value(PARTS, 1, 10);
    assertThat(counts()).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 1);
    assertThat(cell.figure(CHECKS, CNC)).isEqualTo(Figure.NOT_APPLICABLE);
  }

  @Test
  void theCounterGrowsByAsManyPartsAsEventsTell() {
    cell.value(PARTS, 1, 10);
    produced(3, 2);
    cell.value(PARTS, 3, 13);
    produced(5, 12);
    cell.value(PARTS, 13, 15);
    assertThat(counts()).containsExactly(2, 2, 0, 0, 1, 2, 5, 8, 3);
  }

  @Test
  void aPartAtTheEdgeOfAWindowMayComeBackInTheNext() {
    cell.value(PARTS, 1, 10);
    for (int i = 1; i <= 5; i++) {
      produced(1, 10 * i - 0.1);
      cell.value(PARTS, 10 * i + 0.1, 10 + i);
    }
    assertThat(counts()).containsExactly(5, 5, 0, 0, 6, 6, 5, 5, 6);
  }

  @Test
  void partsThatAreMissingAgainAndAgainAreFound() {
    cell.value(PARTS, 1, 10);
    for (int i = 0; i < 6; i++) {
      produced(1, 10 * i + 2);
    }
    cell.tick(65);
    assertThat(counts()).containsExactly(0, 0, 0, 0, 3, 6, 0, 6, 1);
  }

  @Test
  void whatIsKnownOutlivesACrashAndARegisterChange() {
    cell.value(PARTS, 1, 10);
    cell.value(GOOD_PARTS, 1, 9);
    produced(1, 2);
    cell.crash();
    cell.value(PARTS, 3, 11);
    cell.change(
        Cell.register(
            new Factory().rules(),
            1,
            Role.PARTS_PRODUCED,
            Role.PARTS_GOOD,
            Role.COUNTER,
            Role.NONE),
        4);
    cell.value(PARTS, 5, 2);
    cell.value(GOOD_PARTS, 5.5, 1);
    produced(2, 6);
    assertThat(counts()).containsExactly(3, 3, 1, 1, 1, 1, 3, 3, 5);
  }
}
