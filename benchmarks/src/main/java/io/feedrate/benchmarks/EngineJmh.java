package io.feedrate.benchmarks;

import com.sun.management.ThreadMXBean;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.ResultListener;
import io.feedrate.kpi.engine.KpiEngine;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
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
  /** What an iteration cost so far, for {@link SampleCost}. */
  static final Meter METER = new Meter();

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** About so many samples are held in memory. */
  private static final int SAMPLES = 2_000_000;

  private static final long SEED = 42;

  @Param("10000")
  int signals;

  @Param("100")
  int perPublish;

  @Param("60")
  int windowSeconds;

  /** How many windows a new engine has behind it before each iteration; negative: one goes on. */
  @Param("-1")
  int windowsBefore;

  private Trace trace = Trace.of(Trace.SIGNALS_PER_MACHINE, 1, Trace.SIGNALS_PER_MACHINE, SEED);
  private final Results results = new Results();
  private KpiEngine engine = new KpiEngine(results);
  private long round;

  /** Makes the samples. */
  @Setup(Level.Trial)
  public void prepare() {
    int seconds = 60;
    while (seconds > 4 && (long) signals * seconds > SAMPLES) {
      seconds = seconds == 60 ? 20 : 4;
    }
    trace = Trace.of(signals, seconds, perPublish, SEED);
    begin();
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
    long cpuNs = THREADS.getCurrentThreadCpuTime();
    Fixture.replay(engine, trace, round++);
    METER.add(trace.size(), THREADS.getCurrentThreadCpuTime() - cpuNs);
    return results.sum;
  }

  /** Samples and CPU time of the measuring thread in the present iteration; that thread's. */
  static final class Meter {
    private volatile long samples;
    private volatile long cpuNs;

    void reset() {
      samples = 0;
      cpuNs = 0;
    }

    // Written by one thread, read by another after the iteration.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void add(long moreSamples, long moreCpuNs) {
      samples += moreSamples;
      cpuNs += moreCpuNs;
    }

    long samples() {
      return samples;
    }

    double nsPerSample() {
      return (double) cpuNs / samples;
    }
  }

  /** Takes results as cheaply as can be. */
  private static final class Results implements ResultListener {
    private long sum;

    @Override
    public void onResult(Result result) {
      sum += result.counts()[0];
    }

    @Override
    public void onModelUpdate(ModelUpdate update) {}
  }
}
