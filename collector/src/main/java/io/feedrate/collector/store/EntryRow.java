package io.feedrate.collector.store;

import io.feedrate.collector.journal.EntryKind;

/**
 * A line that was added to a file of people's entries.
 *
 * @param line as it stands in the file, without its end
 * @param journaledNs when the journal got it, epoch nanoseconds
 */
public record EntryRow(EntryKind kind, String line, long journaledNs) {}
