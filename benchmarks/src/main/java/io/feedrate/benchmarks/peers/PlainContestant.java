package io.feedrate.benchmarks.peers;

import io.feedrate.benchmarks.Answers;
import io.feedrate.benchmarks.Trace;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.agrona.collections.Object2IntHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What one writes without a second thought about speed: a map from signal names to states, a map of
 * open windows in each, a record for each reading and each result.
 */
final class PlainContestant implements Contestant {

  @Override
  public void run(Trace trace, int rounds, Answers answers) {
    String[] names = new String[trace.signals()];
    Object2IntHashMap<String> ids = new Object2IntHashMap<>(-1);
    for (int i = 0; i < names.length; i++) {
      names[i] = Trace.path(i);
      ids.put(names[i], i);
    }
    Completeness completeness =
        new Completeness(
            counts ->
                answers.add(
                    ids.getValue(counts.signal),
                    counts.startNs,
                    counts.good,
                    counts.late,
                    counts.bad,
                    counts.missing));
    for (int round = 0; round < rounds; round++) {
      long startNs = trace.startNs(round);
      int i = 0;
      for (int second = 0; second < trace.seconds(); second++) {
        int end = trace.endOfSecond(second);
        for (; i < end; i++) {
          completeness.onReading(
              new Reading(
                  names[trace.signal(i)],
                  startNs + trace.sourceNs(i),
                  startNs + trace.receivedNs(i),
                  trace.status(i),
                  trace.value(i)));
        }
        completeness.onTime(startNs + (second + 1) * Trace.SECOND_NS);
      }
    }
    completeness.onTime(trace.startNs(rounds) + Trace.LATENESS_NS);
  }

  record Reading(String signal, long sourceNs, long receivedNs, int status, double value) {
    boolean isBad() {
      return status < 0;
    }
  }

  record Counts(String signal, long startNs, int good, int late, int bad, int missing) {}

  /** Best first. */
  enum Quality {
    GOOD,
    LATE,
    BAD
  }

  /** The best reading of each slot of a minute. */
  private static final class Window {
    private final @Nullable Quality[] slots = new Quality[Answers.SLOTS];

    void mark(int slot, Quality quality) {
      Quality best = slots[slot];
      if (best == null || quality.compareTo(best) < 0) {
        slots[slot] = quality;
      }
    }

    int count(Quality quality) {
      int n = 0;
      for (Quality each : slots) {
        if (each == quality) {
          n++;
        }
      }
      return n;
    }
  }

  private static final class SignalState {
    private final Map<Long, Window> windows = new TreeMap<>();
  }

  private static final class Completeness {
    private final Map<String, SignalState> signals = new HashMap<>();
    private final Consumer<Counts> results;
    private long nextEndNs = Trace.START_NS + Answers.WINDOW_NS;

    Completeness(Consumer<Counts> results) {
      this.results = results;
    }

    void onReading(Reading reading) {
      long slot = Math.floorDiv(reading.sourceNs, Trace.PERIOD_NS);
      long startNs = Math.floorDiv(reading.sourceNs, Answers.WINDOW_NS) * Answers.WINDOW_NS;
      if (startNs + Answers.WINDOW_NS < nextEndNs) {
        return;
      }
      signals
          .computeIfAbsent(reading.signal, name -> new SignalState())
          .windows
          .computeIfAbsent(startNs, start -> new Window())
          .mark((int) (slot - startNs / Trace.PERIOD_NS), quality(reading, slot));
    }

    private static Quality quality(Reading reading, long slot) {
      if (reading.isBad()) {
        return Quality.BAD;
      }
      long dueNs = (slot + 1) * Trace.PERIOD_NS + Trace.DEADLINE_NS;
      return reading.receivedNs > dueNs ? Quality.LATE : Quality.GOOD;
    }

    void onTime(long nowNs) {
      while (nextEndNs + Trace.LATENESS_NS <= nowNs) {
        signals.forEach(this::close);
        nextEndNs += Answers.WINDOW_NS;
      }
    }

    private void close(String name, SignalState state) {
      Iterator<Map.Entry<Long, Window>> open = state.windows.entrySet().iterator();
      while (open.hasNext()) {
        Map.Entry<Long, Window> entry = open.next();
        if (entry.getKey() + Answers.WINDOW_NS <= nextEndNs) {
          Window window = entry.getValue();
          int good = window.count(Quality.GOOD);
          int late = window.count(Quality.LATE);
          int bad = window.count(Quality.BAD);
          int missing = Answers.SLOTS - good - late - bad;
          results.accept(new Counts(name, entry.getKey(), good, late, bad, missing));
          open.remove();
        }
      }
    }
  }
}
