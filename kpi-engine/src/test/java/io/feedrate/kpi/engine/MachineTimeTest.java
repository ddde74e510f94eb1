package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Cell.CNC;
import static io.feedrate.kpi.engine.Cell.LINE;
import static io.feedrate.kpi.engine.Factory.BAD;
import static io.feedrate.kpi.engine.Factory.GOOD;
import static io.feedrate.kpi.engine.Factory.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.feedrate.kpi.Calendar;
import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Role;
import io.feedrate.kpi.Rules;
import io.feedrate.kpi.State;
import io.feedrate.kpi.TimeElements;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** ISO 22400-2 time elements and KPIs of a machine. T0 is 08:00 UTC. */
class MachineTimeTest {
  private static final int STATE = 0;
  private static final int MODE = 1;
  private static final int OUT_OF_SERVICE = 1;
  private static final int NOT_EXECUTING = 2;
  private static final int EXECUTING = 3;
  private static final int SETUP = 2;
  private static final int PROCESSING = 3;
  private static final Set<DayOfWeek> DAYS = EnumSet.allOf(DayOfWeek.class);
  private static final String AVAILABILITY = "iso22400_availability";
  private static final String EFFECTIVENESS = "iso22400_effectiveness";
  private static final String QUALITY = "iso22400_quality_ratio";
  private static final String OEE = "iso22400_oee";

  private static Calendar calendar(int fromSecond, int toSecond, Calendar.Downtime... downtimes) {
    LocalTime eight = LocalTime.of(8, 0);
    return new Calendar(
        "UTC",
        List.of(
            new Calendar.Shift(
                "early", DAYS, eight.plusSeconds(fromSecond), eight.plusSeconds(toSecond))),
        List.of(downtimes));
  }

  private static Rules shift(int fromSecond, int toSecond) {
    return new Factory().rules().calendar(calendar(fromSecond, toSecond));
  }

  private static Cell machine(Rules rules) {
    return new Cell(
        rules,
        2 * SECOND,
        Role.ITEM_STATE,
        Role.OPERATION_MODE,
        Role.PARTS_PRODUCED,
        Role.PARTS_GOOD);
  }

  private static Cell running(Rules rules) {
    Cell cell = machine(rules);
    cell.link(0, LinkEvent.UP, 0);
    cell.value(STATE, 0, EXECUTING);
    cell.value(MODE, 0, PROCESSING);
    return cell;
  }

  private static long[] times(Cell cell) {
    return Arrays.copyOf(cell.counts(AVAILABILITY, CNC), 11);
  }

  @Test
  void theStartOfTheTestsIsEightOClock() {
    assertThat(Instant.ofEpochSecond(Factory.T0 / SECOND).toString()).endsWith("T08:00:00Z");
  }

  @Test
  void eachStateAndModeCountsForItsTimeElement() {
    Cell cell = running(shift(0, 3600));
    cell.alive(1, 9);
    cell.value(MODE, 10.25, SETUP);
    cell.alive(11, 14);
    cell.value(STATE, 15, NOT_EXECUTING);
    cell.alive(16, 17);
    cell.value(STATE, 18, OUT_OF_SERVICE);
    cell.alive(19, 25);
    assertThat(times(cell))
        .containsExactly(20_000, 10_250, 4_750, 3_000, 2_000, 0, 10_250, 0, 10_250, 0, 0);
    assertThat(cell.figure("iso22400_setup_ratio", CNC).value()).isEqualTo(4.75 / 15);
    assertThat(cell.figure("iso22400_technical_efficiency", CNC).value()).isEqualTo(10.25 / 12.25);
  }

  @Test
  void withoutShiftsPlannedBusyTimeIsNotMadeUp() {
    Cell cell = running(new Factory().rules());
    cell.alive(1, 25);
    assertThat(cell.figure(AVAILABILITY, CNC)).isEqualTo(Figure.NOT_APPLICABLE);
    assertThat(cell.figure(OEE, CNC)).isEqualTo(Figure.NOT_APPLICABLE);
    assertThat(times(cell)[1]).isEqualTo(20_000);
  }

  @Test
  void plannedBusyTimeIsTimeInShiftsWithoutDowntimesAndExclusions() {
    LocalTime eight = LocalTime.of(8, 0);
    Cell cell =
        running(
            new Factory()
                .rules()
                .calendar(
                    calendar(
                        5,
                        25,
                        new Calendar.Downtime(
                            LINE, DAYS, eight.plusSeconds(10), eight.plusSeconds(13), "clean"))));
    cell.engine.onExclusion(CNC, Cell.ns(20), Cell.ns(22), Cell.ns(0));
    cell.alive(1, 35);
    long[] times = times(cell);
    assertThat(times[0]).isEqualTo(15_000);
    assertThat(times[10]).isEqualTo(5_000);
    assertThat(times[1]).isEqualTo(30_000);
    assertThat(cell.figure(AVAILABILITY, CNC)).isEqualTo(Figure.exact(1));
  }

  @Test
  void unknownTimeMakesTheUpperBoundOfAvailability() {
    Cell cell = machine(shift(0, 3600));
    cell.link(0, LinkEvent.UP, 0);
    cell.alive(1, 5);
    cell.value(MODE, 5, PROCESSING);
    cell.value(STATE, 5, EXECUTING);
    cell.alive(6, 15);
    cell.value(STATE, 15, NOT_EXECUTING);
    cell.alive(16, 25);
    assertThat(cell.figure(AVAILABILITY, CNC))
        .isEqualTo(new Figure(State.MEASURED, 0.5, 0.5, 0.75));
  }

  @Test
  void aMachineOfWhichNothingIsKnownHasNoAvailability() {
    Cell cell = machine(shift(0, 3600));
    cell.tick(40);
    assertThat(times(cell)[5]).isEqualTo(30_000);
    assertThat(cell.figure(AVAILABILITY, CNC)).isEqualTo(Figure.INSUFFICIENT);
  }

  @Test
  void afterANewSessionTheStateIsUnknownUntilItIsToldAgain() {
    Cell cell = running(shift(0, 3600));
    cell.alive(1, 10);
    cell.link(0, LinkEvent.DOWN, 10.5);
    cell.tick(12);
    cell.link(0, LinkEvent.UP, 12);
    cell.alive(12, 35);
    assertThat(times(cell)[1]).isEqualTo(10_000);
    assertThat(times(cell)[5]).isEqualTo(20_000);
  }

  @Test
  void aSessionThatTellsTheSameStateAgainVouchesForItSinceItBegan() {
    Cell cell = running(shift(0, 3600));
    cell.alive(1, 10);
    cell.link(0, LinkEvent.DOWN, 10.5);
    cell.tick(12);
    cell.link(0, LinkEvent.UP, 12);
    cell.value(STATE, 0, 12.1, GOOD, EXECUTING);
    cell.value(MODE, 0, 12.1, GOOD, PROCESSING);
    cell.alive(13, 35);
    assertThat(times(cell)[1]).isEqualTo(28_000);
    assertThat(times(cell)[5]).isEqualTo(2_000);
  }

  @Test
  void lostMessagesAndBadReadingsMakeTheStateUnknown() {
    Cell cell = running(shift(0, 3600));
    cell.alive(1, 5);
    cell.link(0, LinkEvent.GAP, 6);
    cell.alive(7, 9);
    cell.value(STATE, 10, EXECUTING);
    cell.value(MODE, 10, PROCESSING);
    cell.alive(11, 14);
    cell.value(STATE, 15, 15, BAD, 0);
    cell.alive(16, 25);
    // From the last proof on; what is told at 10 holds since then.
    assertThat(times(cell)[1]).isEqualTo(10_000);
    assertThat(times(cell)[5]).isEqualTo(10_000);
  }

  @Test
  void modeIsThatLastToldWhenTheMachineIsAvailableAgain() {
    Cell cell = running(shift(0, 3600));
    cell.alive(1, 4);
    cell.value(STATE, 5, 0);
    cell.alive(6, 9);
    cell.value(STATE, 10, EXECUTING);
    cell.alive(11, 15);
    assertThat(times(cell)[1]).isEqualTo(5_000);
    assertThat(times(cell)[5]).isEqualTo(5_000);
  }

  @Test
  void effectivenessComparesPartsWithTheirPlannedRunTime() {
    Cell cell = running(shift(0, 3600));
    cell.value(2, 0, 100);
    cell.value(3, 0, 90);
    for (int s = 1; s <= 25; s++) {
      cell.alive(s, s);
      cell.value(2, s, 100 + s / 4);
      cell.value(3, s, 90 + s / 8);
    }
    // Until 20 s: five parts of 2 s each would be 10 s; the fifth comes at 20 s, after the window.
    assertThat(cell.figure(EFFECTIVENESS, CNC)).isEqualTo(Figure.exact(8 / 20.0));
    assertThat(cell.figure(QUALITY, CNC)).isEqualTo(new Figure(State.MEASURED, 0.5, 0.5, 1));
    assertThat(cell.figure(OEE, CNC).value()).isEqualTo(0.4 * 0.5, within(1e-12));
    assertThat(cell.figure(OEE, LINE)).isEqualTo(cell.figure(OEE, CNC));
  }

  @Test
  void aCounterThatStartsAnewGoesOnCountingAndABrokenOneDoesNot() {
    Cell cell = running(shift(0, 3600));
    cell.value(2, 1, 50);
    cell.value(2, 2, 53);
    cell.value(2, 3, 1);
    cell.value(2, 4, 3);
    cell.value(2, 2.5, 54);
    cell.value(2, 5, 100);
    cell.value(2, 6, 90);
    cell.value(2, 7, 91);
    cell.tick(40);
    assertThat(cell.counts(AVAILABILITY, CNC)[12]).isEqualTo(3 + 1 + 2 + 97 + 1);
  }

  @Test
  void withoutCountersPartsCountByEventsAndInspectionsWhereThePartWasMade() {
    Cell cell = new Cell(shift(0, 3600), SECOND, Role.ITEM_STATE, Role.OPERATION_MODE);
    for (int part = 1; part <= 4; part++) {
      cell.event(CNC, EventKind.PART_PRODUCED, part, part);
    }
    cell.event(Cell.VISION, EventKind.PART_GOOD, 1, 12);
    cell.event(Cell.VISION, EventKind.PART_BAD, 2, 13);
    cell.event(Cell.VISION, EventKind.PART_BAD, 3, 14);
    cell.tick(30);
    cell.event(Cell.VISION, EventKind.PART_GOOD, 3, 31);
    cell.tick(60);
    long[] counts = cell.counts(AVAILABILITY, CNC);
    assertThat(Arrays.copyOfRange(counts, 11, 16)).containsExactly(4_000_000, 4, 4, 2, 1);
    assertThat(cell.figure(QUALITY, CNC)).isEqualTo(new Figure(State.MEASURED, 0.5, 0.5, 0.75));
    assertThat(cell.figure(QUALITY, Cell.VISION)).isEqualTo(Figure.NOT_APPLICABLE);
  }

  @Test
  void partsThatNobodyInspectsGiveNoQuality() {
    Cell cell = new Cell(shift(0, 3600), SECOND, Role.ITEM_STATE);
    cell.event(CNC, EventKind.PART_PRODUCED, 1, 1);
    cell.tick(30);
    assertThat(cell.figure(QUALITY, CNC)).isEqualTo(Figure.INSUFFICIENT);
  }

  @Test
  void whatIsKnownOutlivesACrashAndARegisterChange() {
    Cell cell = running(shift(0, 3600));
    cell.value(2, 1, 10);
    cell.event(CNC, EventKind.PART_PRODUCED, 5, 1);
    cell.alive(1, 8);
    cell.crash();
    cell.value(2, 9, 12);
    cell.alive(9, 17);
    cell.change(
        Cell.register(
            shift(0, 3600),
            2 * SECOND,
            Role.ITEM_STATE,
            Role.OPERATION_MODE,
            Role.PARTS_PRODUCED,
            Role.PARTS_GOOD,
            Role.COUNTER),
        17.5);
    cell.value(2, 18, 13);
    cell.alive(18, 35);
    assertThat(times(cell)[6]).isEqualTo(30_000);
    assertThat(cell.counts(AVAILABILITY, CNC)[12]).isEqualTo(3);
  }

  @Test
  void anotherTableMakesOtherTimesAndHasAnotherHash() {
    TimeElements downWhenIdle =
        new TimeElements(
            "house",
            List.of(
                new TimeElements.Row(NOT_EXECUTING, TimeElements.ANY, TimeElements.Element.DOWN)));
    Cell cell = machine(shift(0, 3600).timeElements(downWhenIdle));
    cell.link(0, LinkEvent.UP, 0);
    cell.value(STATE, 0, NOT_EXECUTING);
    cell.alive(1, 15);
    assertThat(times(cell)[4]).isEqualTo(10_000);
    assertThat(downWhenIdle.canonicalText()).isEqualTo("house\n2 any DOWN\n");
    // printf 'house\n2 any DOWN\n' | sha256sum
    assertThat(downWhenIdle.hash())
        .isEqualTo("54309cb814ba45c7a9395b2f93a8643bce7193331a488bfd86da0399513ad2f5");
    assertThat(TimeElements.OPC_40501.hash()).isNotEqualTo(downWhenIdle.hash());
  }
}
