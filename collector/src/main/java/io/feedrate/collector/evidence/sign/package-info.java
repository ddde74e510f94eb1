/**
 * Keys, signatures and signed tree heads. A {@link io.feedrate.collector.evidence.sign.SignedNote}
 * is text with signatures, a {@link io.feedrate.collector.evidence.sign.TreeHead} what such a text
 * says of a log: formats of C2SP (c2sp.org/signed-note, c2sp.org/tlog-checkpoint; both read), which
 * tools for transparency logs understand. {@link io.feedrate.collector.evidence.sign.KeyDirectory}
 * keeps the keys in files.
 *
 * <p>Agile: whatever signs names its {@link
 * io.feedrate.collector.evidence.sign.SignatureAlgorithm}, and a key's id says it as well. There is
 * one, Ed25519 of the JDK; another one is a class and a line in {@code SignatureAlgorithm.ALL}.
 *
 * <p>Private keys are never printed: {@link io.feedrate.collector.evidence.sign.SigningKey} hides
 * its own.
 */
@NullMarked
package io.feedrate.collector.evidence.sign;

import org.jspecify.annotations.NullMarked;
