/**
 * The tamper-evident log: keys, signed heads and the check of it all. What it proves and what not:
 * docs/evidence.md.
 *
 * <p>The tree itself grows in the store, in the transaction of the rows that are its leaves. {@link
 * io.feedrate.collector.evidence.KeyRing} finds or makes the key that signs, {@link
 * io.feedrate.collector.evidence.HeadKeeper} signs the tree's head each minute, into the store and
 * into {@link io.feedrate.collector.evidence.HeadsFile} beside it, so that a store that was rolled
 * back is noticed. {@link io.feedrate.collector.evidence.LogVerifier} recomputes every leaf from
 * its row and says what differs and where. Nothing in here changes a result: signing is no part of
 * what is computed.
 */
@NullMarked
package io.feedrate.collector.evidence;

import org.jspecify.annotations.NullMarked;
