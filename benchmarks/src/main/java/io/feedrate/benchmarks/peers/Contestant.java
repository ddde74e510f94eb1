package io.feedrate.benchmarks.peers;

import io.feedrate.benchmarks.Answers;
import io.feedrate.benchmarks.Trace;

/** Somebody who counts slots by outcome, per signal and minute, of samples in memory. */
interface Contestant extends AutoCloseable {

  /** Plays a trace so many times, from its start and without any state, into the answers. */
  void run(Trace trace, int rounds, Answers answers) throws Exception;

  @Override
  default void close() {}
}
