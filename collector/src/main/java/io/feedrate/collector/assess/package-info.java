/**
 * The maturity assessment's outside: reads profiles from YAML, and shows assessments. What an
 * assessment is, and how it is computed, is {@code io.feedrate.kpi.maturity}'s.
 *
 * <p>A profile is checked against {@code config/schema/profile.schema.json} and then as a whole;
 * every error is told at once with {@code file:line:} and its path. The digest of a profile is the
 * SHA-256 of its content as JSON with sorted keys, no blanks and plain decimal numbers, so comments
 * and layout do not change it.
 */
@NullMarked
package io.feedrate.collector.assess;

import org.jspecify.annotations.NullMarked;
