/**
 * Other people's programs that integration tests talk to, started as processes, and the cable to
 * them. What they need installed is in {@code src/test/peers} (npm, by its lock file) and comes
 * with {@code ./check}, which runs {@code npm ci} there; without it the tests fail and say so.
 */
@NullMarked
package io.feedrate.collector.peers;

import org.jspecify.annotations.NullMarked;
