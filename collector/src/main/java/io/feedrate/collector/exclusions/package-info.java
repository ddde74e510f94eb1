/**
 * Exclusions as people enter them, by whatever way: {@link
 * io.feedrate.collector.exclusions.ExclusionDesk} checks an entry and adds it to {@code
 * exclusions.jsonl} in the data directory, whether a collector runs or not; {@link
 * io.feedrate.collector.exclusions.ExclusionIntake} of the running collector takes it from there to
 * the journal, exactly once, because figures depend on it. What stands in the journal is computed
 * into the results file and holds there: {@link io.feedrate.collector.exclusions.HeldExclusions}
 * says which exclusions hold after all withdrawals.
 */
@NullMarked
package io.feedrate.collector.exclusions;

import org.jspecify.annotations.NullMarked;
