package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Cell.CNC;
import static io.feedrate.kpi.engine.Cell.LINE;
import static io.feedrate.kpi.engine.Cell.VISION;
import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.LinkEvent;
import org.junit.jupiter.api.Test;

/** What sources offer, of what the register asks for. */
class InterfaceTest {
  private static final String CONFORMANCE = "interface_conformance";
  private static final String CHANGES = "unannounced_interface_changes";

  private final Cell cell = new Cell();

  @Test
  void aCheckHoldsInEachWindowInWhichTheLinkIsUp() {
    cell.link(0, LinkEvent.UP, 1);
    cell.checked(CNC, 8, 10, 2);
    cell.alive(3, 30);
    cell.link(0, LinkEvent.DOWN, 30);
    cell.tick(100);
    assertThat(cell.counts(CONFORMANCE, CNC)).containsExactly(24, 30, 3, 0);
    assertThat(cell.figure(CONFORMANCE, CNC)).isEqualTo(Figure.exact(0.8));
  }

  @Test
  void anAssetThatWasNeverCheckedConformsInNothing() {
    cell.link(0, LinkEvent.UP, 1);
    cell.alive(2, 40);
    assertThat(cell.counts(CONFORMANCE, CNC)).containsExactly(0, 0, 0, 3);
    assertThat(cell.figure(CONFORMANCE, CNC)).isEqualTo(Figure.INSUFFICIENT);
    assertThat(cell.figure(CONFORMANCE, VISION)).isEqualTo(Figure.NOT_APPLICABLE);
  }

  @Test
  void aNewCheckHoldsFromItsWindowOnAndALateOneDoesNotReplaceIt() {
    cell.link(0, LinkEvent.UP, 1);
    cell.checked(CNC, 10, 10, 2);
    cell.alive(2, 12);
    cell.checked(CNC, 5, 10, 12);
    cell.alive(13, 26);
    cell.checked(CNC, 0, 10, 3);
    cell.alive(27, 36);
    assertThat(cell.counts(CONFORMANCE, CNC)).containsExactly(20, 30, 3, 0);
  }

  @Test
  void aCheckThatCannotBeIsIgnored() {
    cell.link(0, LinkEvent.UP, 1);
    cell.checked(CNC, 11, 10, 2);
    cell.checked(CNC, 0, 0, 2);
    cell.checked(CNC, -1, 10, 2);
    cell.alive(2, 15);
    assertThat(cell.counts(CONFORMANCE, CNC)).containsExactly(0, 0, 0, 1);
  }

  @Test
  void aCheckOutlivesACrashAndARegisterChange() {
    cell.link(0, LinkEvent.UP, 1);
    cell.checked(CNC, 8, 10, 2);
    cell.crash();
    cell.alive(2, 16);
    cell.change(Cell.register(new Factory().rules(), 1), 17);
    cell.alive(18, 26);
    assertThat(cell.counts(CONFORMANCE, CNC)).containsExactly(16, 20, 2, 0);
  }

  @Test
  void unannouncedChangesAreAShareOfAllAndNothingWithoutAny() {
    cell.event(CNC, EventKind.INTERFACE_CHANGED, 0, 1);
    cell.event(CNC, EventKind.INTERFACE_CHANGED_UNANNOUNCED, 0, 2);
    cell.event(CNC, EventKind.INTERFACE_CHANGED, 0, 3);
    cell.event(CNC, EventKind.INTERFACE_CHANGED, 0, 4);
    cell.tick(100);
    assertThat(cell.counts(CHANGES, LINE)).containsExactly(3, 1);
    assertThat(cell.figure(CHANGES, CNC)).isEqualTo(Figure.exact(0.25));
    assertThat(cell.figure(CHANGES, VISION)).isEqualTo(Figure.NOT_APPLICABLE);
  }
}
