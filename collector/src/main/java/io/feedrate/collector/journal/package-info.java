/**
 * The durable ordered log of everything received. Adapters append, the engine and the forwarders
 * read with a cursor of their own. Record layouts: {@code src/main/sbe/journal.xml}.
 *
 * <p>Times of receipt are stamped by the journal under its lock, so they never run backwards.
 */
@NullMarked
package io.feedrate.collector.journal;

import org.jspecify.annotations.NullMarked;
