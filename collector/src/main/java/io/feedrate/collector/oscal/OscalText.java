package io.feedrate.collector.oscal;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Texts in the forms that the data types of OSCAL ask for. */
final class OscalText {

  /** Begin, end or interrupt a markup of OSCAL, which is a kind of Markdown. */
  private static final String MARKS = "\\`*_~^[]<>{}\"";

  private OscalText() {}

  /**
   * A string: one line that neither is empty nor begins or ends with a blank.
   *
   * @param text of a human, so anything may be in it
   * @param otherwise what stands for an empty text
   */
  static String line(String text, String otherwise) {
    StringBuilder out = new StringBuilder(text.length());
    boolean gap = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (isBlank(c)) {
        gap = !out.isEmpty();
      } else {
        if (gap) {
          out.append(' ');
          gap = false;
        }
        out.appendCodePoint(isLoneSurrogate(c) ? 0xFFFD : c);
      }
    }
    return out.isEmpty() ? otherwise : out.toString();
  }

  /** A markup-line or markup-multiline that reads as this text, whatever is in it. */
  static String markup(String text) {
    String line = line(text, "-");
    StringBuilder out = new StringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean beginsBlock = i == 0 && "#-+|=>".indexOf(c) >= 0 && line.length() > 1;
      if (beginsBlock || MARKS.indexOf(c) >= 0) {
        out.append('\\');
      }
      out.append(c);
    }
    return out.toString();
  }

  /**
   * A token. Ids of a profile are tokens but for those that begin with a digit; none of them begins
   * with an underscore, so no two become the same.
   */
  static String token(String id) {
    int first = id.codePointAt(0);
    return Character.isLetter(first) || first == '_' ? id : "_" + id;
  }

  static String number(double value) {
    BigDecimal decimal = BigDecimal.valueOf(value);
    return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
  }

  static Instant instant(long epochNs) {
    long second = TimeUnit.SECONDS.toNanos(1);
    return Instant.ofEpochSecond(Math.floorDiv(epochNs, second), Math.floorMod(epochNs, second));
  }

  // What counts as white differs between the languages that read the schema: all that do are taken.
  private static boolean isBlank(int c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.isISOControl(c)
        || c == 0xFEFF;
  }

  private static boolean isLoneSurrogate(int c) {
    return Character.getType(c) == Character.SURROGATE;
  }
}
