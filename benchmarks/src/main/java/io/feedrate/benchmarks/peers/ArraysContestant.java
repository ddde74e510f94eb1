package io.feedrate.benchmarks.peers;

import io.feedrate.benchmarks.Answers;
import io.feedrate.benchmarks.Trace;
import java.util.Arrays;

/**
 * The ceiling: one loop that marks slots in arrays and does nothing else. It knows no links,
 * ranges, repeats or clocks, and it could not be asked for anything but this.
 */
final class ArraysContestant implements Contestant {
  private static final int OPEN = 2;

  @Override
  public void run(Trace trace, int rounds, Answers answers) {
    int signals = trace.signals();
    long[] periodNs = new long[signals];
    long[] deadlineNs = new long[signals];
    Arrays.fill(periodNs, Trace.PERIOD_NS);
    Arrays.fill(deadlineNs, Trace.DEADLINE_NS);
    long[] masks = new long[signals * OPEN * 3];
    long open = Trace.START_NS / Answers.WINDOW_NS;
    for (int round = 0; round < rounds; round++) {
      long startNs = trace.startNs(round);
      int i = 0;
      for (int second = 0; second < trace.seconds(); second++) {
        int end = trace.endOfSecond(second);
        for (; i < end; i++) {
          int signal = trace.signal(i);
          long sourceNs = startNs + trace.sourceNs(i);
          long slot = sourceNs / periodNs[signal];
          long window = slot / Answers.SLOTS;
          if (window < open) {
            continue;
          }
          long dueNs = (slot + 1) * periodNs[signal] + deadlineNs[signal];
          int kind = trace.status(i) < 0 ? 2 : startNs + trace.receivedNs(i) > dueNs ? 1 : 0;
          int at = (signal * OPEN + (int) (window % OPEN)) * 3 + kind;
          masks[at] |= 1L << (slot - window * Answers.SLOTS);
        }
        long settledNs = startNs + (second + 1) * Trace.SECOND_NS - Trace.LATENESS_NS;
        if (settledNs >= (open + 1) * Answers.WINDOW_NS) {
          close(masks, open++, answers);
        }
      }
    }
    close(masks, open, answers);
  }

  private static void close(long[] masks, long window, Answers answers) {
    int base = (int) (window % OPEN) * 3;
    for (int signal = 0; signal * OPEN * 3 < masks.length; signal++) {
      int at = signal * OPEN * 3 + base;
      long good = masks[at];
      long late = masks[at + 1] & ~good;
      long bad = masks[at + 2] & ~good & ~late;
      int usable = Long.bitCount(good) + Long.bitCount(late);
      answers.add(
          signal,
          window * Answers.WINDOW_NS,
          Long.bitCount(good),
          Long.bitCount(late),
          Long.bitCount(bad),
          Answers.SLOTS - usable - Long.bitCount(bad));
      Arrays.fill(masks, at, at + 3, 0);
    }
  }
}
