/**
 * From records to results. {@link io.feedrate.collector.engine.EngineDriver} turns journal records
 * into calls of the KPI engine and is the same for the live engine, for {@link
 * io.feedrate.collector.engine.Replay} and for tests; it knows no thread and no clock. {@link
 * io.feedrate.collector.engine.EngineThread} drives it live: it reads its cursor of the journal,
 * commits results together with a checkpoint, and publishes a {@link
 * io.feedrate.collector.engine.LiveState} each second.
 *
 * <p>After a restart the engine goes on from the checkpoint and reads the rest of the journal
 * again. What it computes from there is what it would have computed without the restart, so nothing
 * is missing and nothing counted twice.
 */
@NullMarked
package io.feedrate.collector.engine;

import org.jspecify.annotations.NullMarked;
