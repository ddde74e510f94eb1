/**
 * Merkle trees as in RFC 9162, section 2.1 (hashing as in RFC 6962): SHA-256, a leaf's hash is that
 * of 0x00 and its data, a node's that of 0x01 and its two children, the empty tree's that of
 * nothing. {@link io.feedrate.collector.evidence.log.Frontier} grows a tree leaf by leaf and knows
 * its root with a few dozen hashes of memory; {@link io.feedrate.collector.evidence.log.Proofs}
 * makes proofs from the leaf hashes; {@link io.feedrate.collector.evidence.log.ProofCheck} checks
 * them with nothing but the roots.
 *
 * <p>No I/O, no state shared: who calls owns the thread.
 */
@NullMarked
package io.feedrate.collector.evidence.log;

import org.jspecify.annotations.NullMarked;
