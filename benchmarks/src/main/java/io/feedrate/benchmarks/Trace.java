package io.feedrate.benchmarks;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Prepared samples in primitive arrays: some seconds of a factory's telemetry, made once from a
 * seed, which are played again and again with later times. Everybody who is measured reads the same
 * ones.
 *
 * <p>Signals are periodic at 1 Hz. A publish brings the samples of one group of signals in one
 * second, in the order of their ids, as a server's subscription does. Of all samples 2 % are
 * missing, 1 % are bad and half of these are followed by a good one, 1 % are delivered twice, and 2
 * % come one to eight publishes late, so out of order. Nothing comes after the lateness of ten
 * seconds.
 *
 * <p>Times are nanoseconds from the start of the round in which a sample is received; the source
 * time of a sample that was held back may be negative.
 */
public final class Trace {
  public static final long SECOND_NS = 1_000_000_000L;

  /** A whole hour, so that windows and slots begin with it. */
  public static final long START_NS = 1_800_000_000L * SECOND_NS;

  /** Required period of every signal. */
  public static final long PERIOD_NS = SECOND_NS;

  /** How long after its slot's end a value is still in time. */
  public static final long DEADLINE_NS = PERIOD_NS;

  /** How long late samples are waited for. */
  public static final long LATENESS_NS = 10 * SECOND_NS;

  /** StatusCode Bad. */
  public static final int BAD = 0x8000_0000;

  /** How many signals one machine has, and brings in one publish. */
  public static final int SIGNALS_PER_MACHINE = 100;

  private static final int MOST_PUBLISHES_LATE = 8;
  private static final long FIRST_PHASE_NS = 50_000_000L;
  private static final long PHASES_NS = 850_000_000L;
  private static final long JITTER_NS = 20_000_000L;
  private static final long WAY_NS = 25_000_000L;

  /**
   * How much goes wrong.
   *
   * @param missing share of slots that nothing comes for
   * @param late share that comes one to eight publishes late
   * @param bad share of samples that are bad
   * @param twice share of the others that is delivered again
   */
  private record Faults(double missing, double late, double bad, double twice) {}

  private static final Faults USUAL = new Faults(0.02, 0.02, 0.01, 0.01);
  private static final Faults NONE = new Faults(0, 0, 0, 0);

  private final int signals;
  private final int seconds;
  private int size;
  private int[] signal;
  private long[] sourceNs;
  private long[] receivedNs;
  private int[] status;
  private double[] value;
  private final int[] endOfSecond;

  private Trace(int signals, int seconds) {
    this.signals = signals;
    this.seconds = seconds;
    endOfSecond = new int[seconds];
    int capacity = (int) (1.02 * signals * seconds) + 16;
    signal = new int[capacity];
    sourceNs = new long[capacity];
    receivedNs = new long[capacity];
    status = new int[capacity];
    value = new double[capacity];
  }

  /**
   * The samples of so many signals.
   *
   * @param seconds length of a round
   * @param perPublish how many signals come together; with 1 they come in a random order
   */
  public static Trace of(int signals, int seconds, int perPublish, long seed) {
    return of(signals, seconds, perPublish, seed, USUAL);
  }

  /** The same where all samples are good and come in time, each once. */
  public static Trace faultless(int signals, int seconds, int perPublish, long seed) {
    return of(signals, seconds, perPublish, seed, NONE);
  }

  private static Trace of(int signals, int seconds, int perPublish, long seed, Faults faults) {
    Trace trace = new Trace(signals, seconds);
    new Maker(trace, perPublish, new SplittableRandom(seed), faults).make();
    return trace;
  }

  /** Number of signals. */
  public int signals() {
    return signals;
  }

  /** Length of a round in seconds. */
  public int seconds() {
    return seconds;
  }

  /** Samples in a round. */
  public int size() {
    return size;
  }

  /** Index of the first sample that is received after this second of a round. */
  public int endOfSecond(int second) {
    return endOfSecond[second];
  }

  /** When a round begins, in epoch nanoseconds. */
  public long startNs(long round) {
    return START_NS + round * seconds * SECOND_NS;
  }

  public int signal(int i) {
    return signal[i];
  }

  public long sourceNs(int i) {
    return sourceNs[i];
  }

  public long receivedNs(int i) {
    return receivedNs[i];
  }

  public int status(int i) {
    return status[i];
  }

  public double value(int i) {
    return value[i];
  }

  /** Name of a signal, as {@link Fixture} registers it. */
  public static String path(int signal) {
    return "works/m" + signal / SIGNALS_PER_MACHINE + "/s" + signal % SIGNALS_PER_MACHINE;
  }

  private void add(int ofSignal, long atSourceNs, long atReceivedNs, int itsStatus, double v) {
    if (size == signal.length) {
      int capacity = size + size / 8;
      signal = Arrays.copyOf(signal, capacity);
      sourceNs = Arrays.copyOf(sourceNs, capacity);
      receivedNs = Arrays.copyOf(receivedNs, capacity);
      status = Arrays.copyOf(status, capacity);
      value = Arrays.copyOf(value, capacity);
    }
    signal[size] = ofSignal;
    sourceNs[size] = atSourceNs;
    receivedNs[size] = atReceivedNs;
    status[size] = itsStatus;
    value[size] = v;
    size++;
  }

  /** Makes the samples in the order of their receipt. */
  private static final class Maker {
    private final Trace trace;
    private final int perPublish;
    private final SplittableRandom random;
    private final Faults faults;
    private final int[] order;
    private final long spacingNs;

    /** For each sample by how many publishes it is late; negative if it is missing. */
    private final byte[] late;

    Maker(Trace trace, int perPublish, SplittableRandom random, Faults faults) {
      this.trace = trace;
      this.perPublish = perPublish;
      this.random = random;
      this.faults = faults;
      order = new int[trace.signals];
      for (int i = 0; i < order.length; i++) {
        order[i] = i;
      }
      if (perPublish == 1) {
        shuffle();
      }
      spacingNs = PHASES_NS / (trace.signals / perPublish);
      late = new byte[trace.signals * trace.seconds];
      for (int i = 0; i < late.length; i++) {
        double chance = random.nextDouble();
        if (chance < faults.missing) {
          late[i] = -1;
        } else if (chance < faults.missing + faults.late) {
          late[i] = (byte) (1 + random.nextInt(MOST_PUBLISHES_LATE));
        }
      }
    }

    private void shuffle() {
      for (int i = order.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int swap = order[i];
        order[i] = order[j];
        order[j] = swap;
      }
    }

    void make() {
      int groups = trace.signals / perPublish;
      for (int second = 0; second < trace.seconds; second++) {
        for (int group = 0; group < groups; group++) {
          long phaseNs = FIRST_PHASE_NS + group * spacingNs;
          long receivedNs = second * SECOND_NS + phaseNs + WAY_NS + random.nextLong(spacingNs);
          for (int i = group * perPublish; i < (group + 1) * perPublish; i++) {
            signal(order[i], second, phaseNs, receivedNs);
          }
        }
        trace.endOfSecond[second] = trace.size;
      }
    }

    private void signal(int signal, int second, long phaseNs, long receivedNs) {
      for (int before = MOST_PUBLISHES_LATE; before >= 0; before--) {
        int of = second - before;
        int inRound = Math.floorMod(of, trace.seconds);
        if (late[signal * trace.seconds + inRound] == before) {
          sample(signal, of * SECOND_NS + phaseNs + random.nextLong(JITTER_NS), receivedNs);
        }
      }
    }

    private void sample(int signal, long sourceNs, long receivedNs) {
      double value = random.nextInt(1000);
      if (random.nextDouble() < faults.bad) {
        trace.add(signal, sourceNs, receivedNs, BAD, 0);
        if (random.nextBoolean()) {
          trace.add(signal, sourceNs + 1_000_000, receivedNs, 0, value);
        }
        return;
      }
      trace.add(signal, sourceNs, receivedNs, 0, value);
      if (random.nextDouble() < faults.twice) {
        trace.add(signal, sourceNs, receivedNs, 0, value);
      }
    }
  }
}
