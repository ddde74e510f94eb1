package io.feedrate.simulator;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mild trouble without being asked, so that dashboards have causes to show: short faults, one after
 * the other, never two at a time. The first ones come soon, for a demo of a minute.
 */
final class TroubleSchedule implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TroubleSchedule.class);
  private static final long FIRST_MS = 8_000;
  private static final int QUICK_FAULTS = 4;
  private static final long BAD_SENSOR_FAILURE = 0x808C0000L;

  private final SimulatedLine line;
  private final ScheduledExecutorService scheduler;
  private final SplittableRandom random;
  private int count;
  private volatile boolean closed;

  TroubleSchedule(SimulatedLine line, ScheduledExecutorService scheduler) {
    this.line = line;
    this.scheduler = scheduler;
    random = new SplittableRandom(line.plan().seed() + 31);
    if (!line.machines().isEmpty() && !line.nodes().isEmpty()) {
      schedule(FIRST_MS);
    }
  }

  private void schedule(long afterMs) {
    try {
      var unused = scheduler.schedule(this::next, afterMs, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The line closes.
    }
  }

  private void next() {
    if (closed) {
      return;
    }
    Duration duration = Duration.ofMillis(random.nextLong(3_000, 6_000));
    Fault fault = fault(count++ % QUICK_FAULTS);
    LOG.info("trouble on purpose, {} s: {}", Math.round(duration.toMillis() / 1e3), text(fault));
    line.inject(fault, duration);
    long pauseMs =
        count < QUICK_FAULTS ? random.nextLong(2_000, 5_000) : random.nextLong(25_000, 60_000);
    schedule(duration.toMillis() + pauseMs);
  }

  private Fault fault(int kind) {
    String machine = pick(line.machines());
    return switch (kind) {
      case 0 -> new Fault.FreezeSensor(machine, pick(List.of("spindle-load", "vibration")));
      case 1 -> new Fault.BadQuality(machine, "coolant-temperature", BAD_SENSOR_FAILURE);
      case 2 -> new Fault.CutCable(machine, false);
      default -> new Fault.LoseMessages(pick(line.nodes()), 1);
    };
  }

  private static String text(Fault fault) {
    if (fault instanceof Fault.FreezeSensor frozen) {
      return "%s of %s gives no values".formatted(frozen.signal(), frozen.asset());
    }
    if (fault instanceof Fault.BadQuality bad) {
      return "%s of %s has bad quality".formatted(bad.signal(), bad.asset());
    }
    return fault instanceof Fault.CutCable
        ? "the cable of " + fault.asset() + " is cut"
        : "messages of " + fault.asset() + " are lost";
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  @Override
  public void close() {
    closed = true;
  }
}
