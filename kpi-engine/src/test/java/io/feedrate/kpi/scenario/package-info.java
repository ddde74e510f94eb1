/**
 * Runs the scenario files of {@code src/test/scenarios}: given a plant, when this happens, then
 * that is what the figures say. The language is explained in the {@code README.md} beside them.
 *
 * <p>The way of a file: {@link Block} (YAML with lines) → {@link Scenario} ({@link Given}, {@link
 * Happenings} by {@link Verbs}, {@link Expectations}) → {@link Rehearsal}, which plays it on a
 * {@link Stage}. Only {@link RegisterReader} and {@link RulesReader} (the register), {@link Stage}
 * (what goes in) and {@link Report} (what comes out) know the engine's interface. A new happening
 * is one line in {@link Verbs} and a row of the README.
 */
@NullMarked
package io.feedrate.kpi.scenario;

import org.jspecify.annotations.NullMarked;
