package io.feedrate.kpi.scenario;

import java.util.function.Consumer;

/**
 * Something that the collector learns, or a turn of its own life.
 *
 * @param atNs when
 * @param line where the scenario says so
 * @param deed what it does to the stage
 */
record Act(long atNs, Text line, Consumer<Stage> deed) {}
