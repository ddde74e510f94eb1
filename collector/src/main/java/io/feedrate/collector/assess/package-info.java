/**
 * The maturity assessment's outside: reads profiles from YAML, and shows assessments. What an
 * assessment is, and how it is computed, is {@code io.feedrate.kpi.maturity}'s.
 *
 * <p>{@code Assessor} sums stored results over a period for one subject, or for several that are
 * taken together. The texts for a terminal are {@code AssessmentTable}, {@code GapReport} (what is
 * missing, with {@code Remedy}'s advice by KPI), {@code SideBySide} and {@code ProfileDiffReport};
 * {@code AssessmentJson} is for programs.
 *
 * <p>A profile is checked against {@code config/schema/profile.schema.json} and then as a whole;
 * every error is told at once with {@code file:line:} and its path. The digest of a profile is the
 * SHA-256 of its content as JSON with sorted keys, no blanks and plain decimal numbers, so comments
 * and layout do not change it.
 */
@NullMarked
package io.feedrate.collector.assess;

import org.jspecify.annotations.NullMarked;
