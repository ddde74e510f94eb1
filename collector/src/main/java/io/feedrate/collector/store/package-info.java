/**
 * Results in one SQLite file that people can open with any tool. Its layout with comments: {@code
 * schema.sql} beside this package's resources.
 *
 * <p>Threads: {@link io.feedrate.collector.store.Store} belongs to the engine thread, which writes
 * results, model updates and its checkpoint in one transaction; whoever reads opens a {@link
 * io.feedrate.collector.store.StoreReader} of its own and never waits for the writer, nor the
 * writer for it (write-ahead log). {@link io.feedrate.collector.store.Cursors} keeps the positions
 * of sinks.
 *
 * <p>Durability: {@code synchronous=NORMAL}. A killed process loses nothing; after a power loss the
 * file may fall back to an earlier commit as a whole, and the engine computes the rest again from
 * the journal, which is synced before every commit. FULL would pay a disk flush for what can be
 * computed.
 */
@NullMarked
package io.feedrate.collector.store;

import org.jspecify.annotations.NullMarked;
