package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Cell.CNC;
import static io.feedrate.kpi.engine.Cell.VISION;
import static io.feedrate.kpi.engine.Factory.BAD;
import static io.feedrate.kpi.engine.Factory.GOOD;
import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Calendar;
import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.Inference;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Role;
import io.feedrate.kpi.Rules;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * A line on which everything goes wrong at random: links die and come back, readings are late, bad
 * or lost, counters start anew, answers and decisions come early, late or never, the collector
 * crashes. What must hold whatever happens.
 */
class LineSimulationTest {
  private static final int SEEDS = 40;
  private static final int STEPS = 400;
  private static final Role[] ROLES = {
    Role.ITEM_STATE, Role.OPERATION_MODE, Role.PARTS_PRODUCED, Role.PARTS_GOOD
  };

  /** What a seed does to a cell, which may crash now and then. */
  private static final class Run {
    private final SplittableRandom random;
    private final Cell cell;
    private double second;
    private int parts = 100;
    private int good = 90;
    private int told;
    private int due;
    private double lastTold;

    Run(long seed, int crashEvery) {
      random = new SplittableRandom(seed);
      cell = new Cell(rules(), 3 * Factory.SECOND, ROLES);
      for (int step = 1; step <= STEPS; step++) {
        second += random.nextInt(1000) / 1000.0;
        step();
        if (step % crashEvery == 0) {
          cell.crash();
        }
      }
      lastTold = second;
      for (int s = 1; s < 200; s++) {
        cell.tick(lastTold + s);
      }
    }

    private static Rules rules() {
      LocalTime eight = LocalTime.of(8, 0);
      Calendar.Shift shift =
          new Calendar.Shift(
              "early",
              EnumSet.allOf(DayOfWeek.class),
              eight.plusSeconds(30),
              eight.plusSeconds(150));
      return new Factory().rules().calendar(new Calendar("UTC", List.of(shift), List.of()));
    }

    private void step() {
      double late = random.nextInt(4) == 0 ? random.nextInt(30) : 0;
      switch (random.nextInt(12)) {
        case 0 -> cell.value(0, second - late, second, GOOD, random.nextInt(5));
        case 1 -> cell.value(1, second - late, second, GOOD, random.nextInt(4));
        case 2 -> cell.value(random.nextInt(2), second, second, BAD, 0);
        case 3 -> {
          parts = random.nextInt(10) == 0 ? 0 : parts + random.nextInt(3);
          cell.value(2, second - late, second, GOOD, parts);
        }
        case 4 -> {
          good = random.nextInt(10) == 0 ? 0 : good + random.nextInt(2);
          cell.value(3, second - late, second, GOOD, good);
        }
        case 5 -> {
          told++;
          cell.event(
              CNC, EventKind.PART_PRODUCED, random.nextInt(6), Math.max(0, second - late), second);
        }
        case 6 -> cell.event(CNC, EventKind.RESPONSE, random.nextInt(6), second, second);
        case 7, 8 -> decide();
        case 9 -> cell.link(0, LinkEvent.values()[random.nextInt(5)], second);
        default -> {
          cell.link(0, LinkEvent.PROOF, second);
          cell.tick(second);
        }
      }
    }

    private void decide() {
      Inference its = cell.inference(second);
      its.actionable = random.nextBoolean();
      its.key = random.nextInt(6);
      its.part = random.nextInt(6);
      due += its.actionable ? 1 : 0;
      cell.engine.onInference(its);
    }
  }

  @Test
  void aCrashAnywhereChangesNothing() {
    Seeds.each(
        SEEDS,
        seed -> {
          Run steady = new Run(seed, Integer.MAX_VALUE);
          Run crashing = new Run(seed, 7);
          assertThat(crashing.cell.report.results).isEqualTo(steady.cell.report.results);
          assertThat(crashing.cell.report.episodes).isEqualTo(steady.cell.report.episodes);
        });
  }

  @Test
  void everyInferencePartAndSecondIsCountedOnce() {
    Seeds.each(
        SEEDS,
        seed -> {
          Run run = new Run(seed, 50);
          long[] loop = run.cell.counts("closed_loop_ratio", VISION);
          assertThat(loop[2]).as("open at the end").isZero();
          assertThat(LongStream.of(loop).sum()).isEqualTo(run.due);
          assertThat(LongStream.of(run.cell.counts("ai_in_loop_coverage", CNC)).sum())
              .isEqualTo(run.told);
          allTimeIsCounted(seed, run);
        });
  }

  private static void allTimeIsCounted(long seed, Run run) {
    long[] n = run.cell.counts("iso22400_availability", CNC);
    long windows = ((long) ((run.lastTold + 199 - 5) / 10)) * 10_000;
    assertThat(n[1] + n[2] + n[3] + n[4] + n[5]).as("seed %d", seed).isEqualTo(windows);
    assertThat(n[0]).as("busy, seed %d", seed).isEqualTo(120_000);
    assertThat(n[6] + n[7]).as("seed %d", seed).isBetween(0L, n[0]);
    assertThat(n[6]).as("seed %d", seed).isLessThanOrEqualTo(n[1]);
    long[] link = run.cell.counts("link_mtbf", CNC);
    assertThat(link[1] + link[2] + link[3]).as("seed %d", seed).isBetween(0L, windows + 10_000);
    assertThat(LongStream.of(n)).as("seed %d", seed).allMatch(each -> each >= 0);
    assertThat(LongStream.of(link)).as("seed %d", seed).allMatch(each -> each >= 0);
  }
}
