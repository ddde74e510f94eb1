package io.feedrate.benchmarks.peers;

import io.feedrate.benchmarks.Answers;
import io.feedrate.benchmarks.Trace;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the operators of Flink and Jet read and write: they are serialized into a job, so that they
 * can only reach it by a static way. One job at a time; handed over by the job's start and end.
 */
final class Shared {
  private static volatile @Nullable Trace currentTrace;
  private static volatile @Nullable Answers currentAnswers;

  private Shared() {}

  static void set(Trace trace, Answers answers) {
    currentTrace = trace;
    currentAnswers = answers;
  }

  static Trace trace() {
    return Objects.requireNonNull(currentTrace);
  }

  static Answers answers() {
    return Objects.requireNonNull(currentAnswers);
  }
}
