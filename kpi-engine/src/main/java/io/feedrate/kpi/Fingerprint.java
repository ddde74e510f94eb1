package io.feedrate.kpi;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * 64-bit fingerprints that stand for texts (keys of alarms, pseudonyms of persons) where the engine
 * compares them often: FNV-1a, with the upper bits brought down after each step as Murmur's finish
 * does. Two different texts have the same one by accident only: with a million texts in about one
 * plant of 37 million. It is no protection against somebody who wants two to be the same.
 *
 * <p>A fingerprint of several things is made in steps: from {@link #START} with {@link #mix} for
 * each, and {@link #finish}.
 *
 * <p><b>Thread</b>: any. <b>Allocation</b>: 0, but for {@link #of(String)}.
 */
public final class Fingerprint {

  /** What stands for "nothing was told"; never the fingerprint of anything. */
  public static final long NONE = 0;

  /** What the first {@link #mix} begins with: FNV-1a's offset basis. */
  public static final long START = 0xcbf29ce484222325L;

  private static final long PRIME = 0x100000001b3L;

  private Fingerprint() {}

  /** Of a text's UTF-8 bytes, so that it equals that of the same text in a buffer. */
  public static long of(String text) {
    long hash = START;
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      hash = mix(hash, each);
    }
    return finish(hash);
  }

  /** Of a range of a buffer. */
  public static long of(DirectBuffer buffer, int offset, int length) {
    return finish(mix(START, buffer, offset, length));
  }

  /** One step with a number. */
  public static long mix(long hash, long value) {
    long h = (hash ^ value) * PRIME;
    return h ^ (h >>> 32);
  }

  /** One step for each byte of a range, each taken with its sign. */
  public static long mix(long hash, DirectBuffer buffer, int offset, int length) {
    long h = hash;
    for (int i = offset; i < offset + length; i++) {
      h = mix(h, buffer.getByte(i));
    }
    return h;
  }

  /** Makes the last step's number a fingerprint: never {@link #NONE}. */
  public static long finish(long hash) {
    return hash == NONE ? 1 : hash;
  }
}
