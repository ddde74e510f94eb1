package io.feedrate.benchmarks;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.runner.IterationType;

/**
 * What one sample cost in an iteration, in CPU time of the thread that is measured: what others do
 * on the machine meanwhile distorts it less than it does the time on the clock.
 */
public final class SampleCost implements InternalProfiler {

  /** CPU nanoseconds a sample. */
  static final String NS = "cpu.ns.sample";

  /** Bytes a sample that are not results'. */
  static final String BYTES = "bytes.sample";

  /** Samples of a call, to divide what other profilers say of calls. */
  static final String SAMPLES = "samples.call";

  private boolean afterWarmUp;

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    EngineJmh.METER.reset(afterWarmUp);
    afterWarmUp = iteration.getType() == IterationType.WARMUP;
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double samples = (double) EngineJmh.METER.samples() / result.getMetadata().getAllOps();
    return List.of(
        new ScalarResult(NS, EngineJmh.METER.nsPerSample(), "ns", AggregationPolicy.AVG),
        new ScalarResult(BYTES, EngineJmh.METER.quietBytesPerSample(), "B", AggregationPolicy.AVG),
        new ScalarResult(SAMPLES, samples, "#", AggregationPolicy.AVG));
  }

  @Override
  public String getDescription() {
    return "CPU time a sample";
  }
}
