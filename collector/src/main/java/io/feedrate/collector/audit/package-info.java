/**
 * The audit trail: who exported, excluded, stated something, changed keys or users, and when. A
 * line for each in {@code audit.jsonl}, chained as in package {@code chain}, written by commands
 * and by the web part; the collector takes each line to the journal, and so it is a leaf of the
 * log.
 */
@NullMarked
package io.feedrate.collector.audit;

import org.jspecify.annotations.NullMarked;
