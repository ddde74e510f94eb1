package io.feedrate.benchmarks;

import com.sun.management.ThreadMXBean;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.engine.KpiEngine;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The engine alone: one call plays one round of a trace, samples and ticks, windows included. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class EngineJmh {
  /** For {@link SampleCost}. */
  static final Meter METER = new Meter();

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Seconds of a round, and what it has where these are too many samples to hold. */
  private static final int LONG_ROUND = 20;

  private static final int SHORT_ROUND = 4;
  private static final int SAMPLES = 2_000_000;

  private static final long SEED = 42;

  /** By CPU time, so that a busy machine does not leave the engine half compiled. */
  private static final long WARM_UP_CPU_NS = 1_000_000_000L;

  @Param("10000")
  int signals;

  @Param("100")
  int perPublish;

  @Param("60")
  int windowSeconds;

  /** Whether all samples are good and in time. */
  @Param("false")
  boolean faultless;

  /** How many windows a new engine has behind it before each iteration; negative: one goes on. */
  @Param("-1")
  int windowsBefore;

  private Trace trace = Trace.of(Trace.SIGNALS_PER_MACHINE, 1, Trace.SIGNALS_PER_MACHINE, SEED);
  private final Results results = new Results();
  private KpiEngine engine = Fixture.engine(results);
  private long round;

  /** Makes the samples and warms up. */
  @Setup(Level.Trial)
  public void prepare() {
    int seconds = (long) signals * LONG_ROUND <= SAMPLES ? LONG_ROUND : SHORT_ROUND;
    trace =
        faultless
            ? Trace.faultless(signals, seconds, perPublish, SEED)
            : Trace.of(signals, seconds, perPublish, SEED);
    begin();
    long endNs = THREADS.getCurrentThreadCpuTime() + WARM_UP_CPU_NS;
    while (THREADS.getCurrentThreadCpuTime() < endNs) {
      Fixture.replay(engine, trace, round++);
    }
  }

  private void begin() {
    int signalWindow = Math.max(windowSeconds, 3600);
    engine = Fixture.engine(Fixture.register(signals, windowSeconds, signalWindow), results);
    round = 0;
  }

  /** Brings a new engine to where the iteration begins, if it is to begin somewhere. */
  @Setup(Level.Iteration)
  public void history() {
    if (windowsBefore >= 0) {
      begin();
      long rounds = (long) windowsBefore * windowSeconds / trace.seconds();
      while (round < rounds) {
        Fixture.replay(engine, trace, round++);
      }
    }
  }

  /** One round. */
  @Benchmark
  public long round() {
    long before = results.count;
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long cpuNs = THREADS.getCurrentThreadCpuTime();
    Fixture.replay(engine, trace, round++);
    METER.add(trace.size(), THREADS.getCurrentThreadCpuTime() - cpuNs);
    if (results.count == before) {
      METER.addQuiet(trace.size(), THREADS.getCurrentThreadAllocatedBytes() - bytes);
    }
    return results.sum;
  }

  /** What samples cost the measuring thread, which writes; another reads between iterations. */
  static final class Meter {
    private final AtomicLong samples = new AtomicLong();
    private final AtomicLong cpuNs = new AtomicLong();
    private final AtomicLong quietSamples = new AtomicLong();
    private final AtomicLong quietBytes = new AtomicLong();

    /**
     * Begins an iteration; what was quiet in those before still counts, unless the one before
     * warmed up.
     */
    void reset(boolean afterWarmUp) {
      samples.set(0);
      cpuNs.set(0);
      if (afterWarmUp) {
        quietSamples.set(0);
        quietBytes.set(0);
      }
    }

    void add(long moreSamples, long moreCpuNs) {
      samples.addAndGet(moreSamples);
      cpuNs.addAndGet(moreCpuNs);
    }

    /** Adds a round in which no window ended. */
    void addQuiet(long moreSamples, long moreBytes) {
      quietSamples.addAndGet(moreSamples);
      quietBytes.addAndGet(moreBytes);
    }

    long samples() {
      return samples.get();
    }

    double nsPerSample() {
      return (double) cpuNs.get() / samples.get();
    }

    /** Bytes a sample in all measured rounds so far in which no window ended. */
    double quietBytesPerSample() {
      return (double) quietBytes.get() / quietSamples.get();
    }
  }

  /** Takes results as cheaply as can be. */
  private static final class Results implements Consumer<Result> {
    private long sum;
    private long count;

    @Override
    public void accept(Result result) {
      count++;
      sum += result.counts()[0];
    }
  }
}
