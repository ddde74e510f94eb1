package io.feedrate.collector.adapter.mqtt;

import com.fasterxml.jackson.core.io.NumberInput;
import java.nio.charset.StandardCharsets;

/**
 * One JSON payload, read in place. {@link #check()} comes first and looks at every byte: afterwards
 * the payload is known to be well-formed, so that the other methods need no bounds checks, cannot
 * recurse and cannot fail. Bare words that are no JSON ({@code NaN}, {@code 01}, {@code nil}) pass
 * the check as {@link Kind#BAD} values, because they spoil one value and not the whole payload.
 *
 * <p><b>Source</b>: RFC 8259, RFC 3629. <b>Thread</b>: its owner's. <b>Allocation</b>: 0, but for
 * {@link #text}, and numbers of more than {@value #SHORT_NUMBER} characters.
 */
final class Json {

  /** What a value is. */
  enum Kind {
    ABSENT,
    NULL,
    TRUE,
    FALSE,
    NUMBER,
    TEXT,
    ARRAY,
    OBJECT,
    /** A bare word that JSON does not know. */
    BAD
  }

  /** Nesting over this is not accepted; the contract needs 3. */
  static final int MAX_DEPTH = 32;

  /** Result of {@link #integer} for what is no whole number below 2^53. */
  static final long NO_INTEGER = Long.MIN_VALUE;

  private static final int SHORT_NUMBER = 64;
  private static final double MAX_EXACT = 9_007_199_254_740_992.0;
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private final JsonCheck check = new JsonCheck();
  private final char[] digits = new char[SHORT_NUMBER];
  private byte[] bytes = new byte[0];

  /** Takes a payload; it must not change while it is read. */
  void wrap(byte[] payload) {
    bytes = payload;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Whether the payload is one JSON value in UTF-8, not nested too deep. */
  boolean check() {
    return check.check(bytes);
  }

  /** The position of the first byte from {@code at} on that is no white space. */
  int space(int at) {
    int p = at;
    while (p < bytes.length && JsonCheck.isSpace(bytes[p])) {
      p++;
    }
    return p;
  }

  /** The position after the string that starts at {@code at}. */
  int afterString(int at) {
    int p = at + 1;
    while (bytes[p] != '"') {
      p += bytes[p] == '\\' ? 2 : 1;
    }
    return p + 1;
  }

  /** The position after the value that starts at {@code at}. */
  int afterValue(int at) {
    int depth = 0;
    int p = at;
    do {
      switch (bytes[p]) {
        case '"' -> p = afterString(p);
        case '{', '[' -> {
          depth++;
          p++;
        }
        case '}', ']' -> {
          depth--;
          p++;
        }
        case ',', ':', ' ', '\t', '\n', '\r' -> p++;
        default -> p = JsonCheck.afterWord(bytes, p);
      }
    } while (depth > 0);
    return p;
  }

  /** What the value in {@code [from, to)} is. */
  Kind kind(int from, int to) {
    return switch (bytes[from]) {
      case '"' -> Kind.TEXT;
      case '{' -> Kind.OBJECT;
      case '[' -> Kind.ARRAY;
      case 't' -> same(from, to, TRUE) ? Kind.TRUE : Kind.BAD;
      case 'f' -> same(from, to, FALSE) ? Kind.FALSE : Kind.BAD;
      case 'n' -> same(from, to, NULL) ? Kind.NULL : Kind.BAD;
      default -> JsonCheck.isNumber(bytes, from, to) ? Kind.NUMBER : Kind.BAD;
    };
  }

  /** Whether {@code [from, to)} are these bytes. */
  boolean same(int from, int to, byte[] other) {
    if (to - from != other.length) {
      return false;
    }
    for (int i = 0; i < other.length; i++) {
      if (bytes[from + i] != other[i]) {
        return false;
      }
    }
    return true;
  }

  /** The nearest double of the number in {@code [from, to)}; infinite beyond the range. */
  double number(int from, int to) {
    int length = to - from;
    if (length > SHORT_NUMBER) {
      return Double.parseDouble(new String(bytes, from, length, StandardCharsets.US_ASCII));
    }
    for (int i = 0; i < length; i++) {
      digits[i] = (char) bytes[from + i];
    }
    return NumberInput.parseDouble(digits, 0, length, true);
  }

  /** The whole number in {@code [from, to)}, such as 17 or 1.7e1, or {@link #NO_INTEGER}. */
  long integer(int from, int to) {
    boolean negative = bytes[from] == '-';
    int p = negative ? from + 1 : from;
    if (to - p <= 15) { // no number of so few digits leaves the range
      long value = 0;
      while (p < to && bytes[p] >= '0' && bytes[p] <= '9') {
        value = value * 10 + (bytes[p++] - '0');
      }
      if (p == to) {
        return negative ? -value : value;
      }
    }
    double value = number(from, to);
    return Math.abs(value) < MAX_EXACT && value == Math.rint(value) ? (long) value : NO_INTEGER;
  }

  /** The text between two quotes, escapes resolved: {@code [from, to)} is without the quotes. */
  String text(int from, int to) {
    int escape = from;
    while (escape < to && bytes[escape] != '\\') {
      escape++;
    }
    String plain = new String(bytes, from, escape - from, StandardCharsets.UTF_8);
    return escape == to ? plain : unescaped(plain, escape, to);
  }

  private String unescaped(String start, int from, int to) {
    StringBuilder text = new StringBuilder(start);
    int p = from;
    while (p < to) {
      if (bytes[p] == '\\') {
        p = escape(text, p);
      } else {
        int plain = p;
        while (p < to && bytes[p] != '\\') {
          p++;
        }
        text.append(new String(bytes, plain, p - plain, StandardCharsets.UTF_8));
      }
    }
    return text.toString();
  }

  private int escape(StringBuilder text, int at) {
    byte c = bytes[at + 1];
    if (c == 'u') {
      int code = 0;
      for (int i = at + 2; i < at + 6; i++) {
        code = code << 4 | Character.digit(bytes[i], 16);
      }
      text.append((char) code);
      return at + 6;
    }
    text.append(
        switch (c) {
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          default -> (char) c;
        });
    return at + 2;
  }
}
