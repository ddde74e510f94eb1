/**
 * From the files that people's entries are added to into the log: the collector takes each line to
 * the journal once, whenever it runs, and so each line is a leaf. {@link
 * io.feedrate.collector.entries.EntryIntake} takes them, {@link
 * io.feedrate.collector.entries.EntryCheck} holds files against what the log has of them.
 *
 * <p>A line is known by its SHA-256, which comes after those of all lines before it: there is no
 * other cursor that a crash could leave behind or ahead.
 */
@NullMarked
package io.feedrate.collector.entries;

import org.jspecify.annotations.NullMarked;
