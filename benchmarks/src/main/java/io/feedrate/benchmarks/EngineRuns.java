package io.feedrate.benchmarks;

import io.feedrate.benchmarks.peers.Contest;
import java.util.Map;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link EngineJmh} in a process of its own for each setting. */
final class EngineRuns {
  private static final int WINDOW_SECONDS = 60;
  private static final int GOES_ON = -1;

  private final boolean brief;

  EngineRuns(boolean brief) {
    this.brief = brief;
  }

  /**
   * What a sample costs.
   *
   * @param ns CPU nanoseconds
   * @param bytes allocated while no window ends
   * @param withResults bytes allocated, results as well; NaN if not known
   */
  record Cost(Spread ns, double bytes, double withResults) {}

  /** What is played: the parameters of {@link EngineJmh}. */
  private record Setting(
      int signals, int perPublish, int windowSeconds, boolean faultless, int windowsBefore) {

    static Setting of(int signals) {
      return new Setting(signals, Trace.SIGNALS_PER_MACHINE, WINDOW_SECONDS, false, GOES_ON);
    }
  }

  /** With windows of a minute. */
  Cost signals(int signals) throws RunnerException {
    return run(Setting.of(signals));
  }

  /** The same where all samples are good and in time. */
  Cost faultless(int signals) throws RunnerException {
    Setting s = Setting.of(signals);
    return run(new Setting(signals, s.perPublish, s.windowSeconds, true, GOES_ON));
  }

  /** Each sample from another machine, in random order. */
  Cost shuffled(int signals) throws RunnerException {
    return run(new Setting(signals, 1, WINDOW_SECONDS, false, GOES_ON));
  }

  Cost window(int signals, int seconds) throws RunnerException {
    return run(new Setting(signals, Trace.SIGNALS_PER_MACHINE, seconds, false, GOES_ON));
  }

  /** With an engine that has so many windows behind it. */
  Cost after(int signals, int windows) throws RunnerException {
    return run(new Setting(signals, Trace.SIGNALS_PER_MACHINE, WINDOW_SECONDS, false, windows));
  }

  private Cost run(Setting setting) throws RunnerException {
    TimeValue time = TimeValue.milliseconds(brief || setting.windowsBefore >= 0 ? 250 : 1000);
    RunResult result =
        new Runner(
                new OptionsBuilder()
                    .include(EngineJmh.class.getName() + ".round")
                    .param("signals", String.valueOf(setting.signals))
                    .param("perPublish", String.valueOf(setting.perPublish))
                    .param("windowSeconds", String.valueOf(setting.windowSeconds))
                    .param("faultless", String.valueOf(setting.faultless))
                    .param("windowsBefore", String.valueOf(setting.windowsBefore))
                    .forks(1)
                    .warmupIterations(brief ? 1 : 2)
                    .warmupTime(time)
                    .measurementIterations(brief ? 2 : 5)
                    .measurementTime(time)
                    .verbosity(VerboseMode.SILENT)
                    .addProfiler(GCProfiler.class)
                    .addProfiler(SampleCost.class)
                    .jvmArgs(
                        Stream.concat(Child.opens().stream(), Contest.OPTIONS.stream())
                            .toArray(String[]::new))
                    .build())
            .runSingle();
    double[] ns =
        result.getAggregatedResult().getIterationResults().stream()
            .mapToDouble(i -> score(i.getSecondaryResults(), SampleCost.NS))
            .toArray();
    Map<String, ?> all = result.getSecondaryResults();
    return new Cost(
        Spread.of(ns),
        score(all, SampleCost.BYTES),
        setting.windowsBefore >= 0
            ? Double.NaN // the profiler counts what was built before the iteration as well
            : score(all, "gc.alloc.rate.norm") / score(all, SampleCost.SAMPLES));
  }

  private static double score(Map<String, ?> results, String name) {
    if (results.get(name) instanceof Result<?> result) {
      return result.getScore();
    }
    throw new IllegalStateException("no figure " + name + " among " + results.keySet());
  }
}
