package io.feedrate.collector.engine;

import io.feedrate.kpi.Decision;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * What the words mean that nodes decide with. Anything else, such as a class name, cannot be
 * compared with an inspection.
 *
 * <p><b>Thread</b>: any. <b>Allocation</b>: 0.
 */
final class DecisionWords {
  private static final byte[][] GOOD = words("ok", "good", "pass");
  private static final byte[][] BAD = words("nok", "bad", "fail", "defect");
  private static final int LOWER_CASE = 0x20;

  private DecisionWords() {}

  private static byte[][] words(String... words) {
    byte[][] ascii = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      ascii[i] = words[i].getBytes(StandardCharsets.US_ASCII);
    }
    return ascii;
  }

  /** The decision of a whole buffer's text, in any mix of upper and lower case. */
  static Decision of(DirectBuffer text) {
    if (isAny(GOOD, text)) {
      return Decision.GOOD;
    }
    return isAny(BAD, text) ? Decision.BAD : Decision.NONE;
  }

  private static boolean isAny(byte[][] words, DirectBuffer text) {
    for (byte[] word : words) {
      if (is(word, text)) {
        return true;
      }
    }
    return false;
  }

  private static boolean is(byte[] word, DirectBuffer text) {
    if (text.capacity() != word.length) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      byte b = text.getByte(i);
      boolean isUpper = b >= 'A' && b <= 'Z';
      if (word[i] != (isUpper ? b | LOWER_CASE : b)) {
        return false;
      }
    }
    return true;
  }
}
