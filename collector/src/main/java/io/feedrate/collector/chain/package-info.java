/**
 * Files to which people's entries are only ever added: a line of JSON for each, with the SHA-256 of
 * the line before it. Any process may append, under a lock of the file; what is appended is on the
 * disk before it is said to be there. A line that was changed, removed or put in between is found,
 * and so is nothing else: that the last lines are missing cannot be seen from such a file alone.
 */
@NullMarked
package io.feedrate.collector.chain;

import org.jspecify.annotations.NullMarked;
