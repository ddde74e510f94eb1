/**
 * The same work done by others: Apache Flink, Hazelcast Jet, a straightforward Java version with
 * maps and objects, and a loop over arrays as the ceiling. Each plays the same trace in a process
 * of its own, and all have to give the same answers before a speed is printed.
 */
@NullMarked
package io.feedrate.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
