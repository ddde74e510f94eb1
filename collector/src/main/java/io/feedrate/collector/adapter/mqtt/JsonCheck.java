package io.feedrate.collector.adapter.mqtt;

/**
 * Tells whether bytes are one JSON value. Works without recursion, so that no nesting can exhaust
 * the stack. Bare words are not looked into; see {@link Json}.
 *
 * <p><b>Source</b>: RFC 8259, RFC 3629. <b>Thread</b>: its owner's. <b>Allocation</b>: 0.
 */
final class JsonCheck {

  /** What must come next. */
  private enum Next {
    VALUE,
    VALUE_OR_END,
    KEY,
    KEY_OR_END,
    COMMA_OR_END
  }

  private static final int WRONG = -1;

  private byte[] bytes = new byte[0];
  private int depth;

  /** One bit per level: set where it is an object. */
  private long objects;

  private Next next = Next.VALUE;

  boolean check(byte[] payload) {
    bytes = payload;
    depth = 0;
    objects = 0;
    next = Next.VALUE;
    int p = 0;
    while (true) {
      while (p < bytes.length && isSpace(bytes[p])) {
        p++;
      }
      if (p == bytes.length) {
        return depth == 0 && next == Next.COMMA_OR_END;
      }
      p =
          switch (next) {
            case VALUE -> value(p);
            case VALUE_OR_END -> bytes[p] == ']' ? close(p) : value(p);
            case KEY -> key(p);
            case KEY_OR_END -> bytes[p] == '}' ? close(p) : key(p);
            case COMMA_OR_END -> comma(p);
          };
      if (p == WRONG) {
        return false;
      }
    }
  }

  private int value(int at) {
    byte c = bytes[at];
    if (c == '{' || c == '[') {
      if (depth == Json.MAX_DEPTH) {
        return WRONG;
      }
      long bit = 1L << depth++;
      objects = c == '{' ? objects | bit : objects & ~bit;
      next = c == '{' ? Next.KEY_OR_END : Next.VALUE_OR_END;
      return at + 1;
    }
    next = Next.COMMA_OR_END;
    if (c == '"') {
      return string(at);
    }
    int end = afterWord(bytes, at);
    return end == at ? WRONG : end;
  }

  private int key(int at) {
    if (bytes[at] != '"') {
      return WRONG;
    }
    int p = string(at);
    while (p != WRONG && p < bytes.length && isSpace(bytes[p])) {
      p++;
    }
    if (p == WRONG || p == bytes.length || bytes[p] != ':') {
      return WRONG;
    }
    next = Next.VALUE;
    return p + 1;
  }

  private int comma(int at) {
    if (depth == 0) {
      return WRONG;
    }
    boolean object = (objects & 1L << (depth - 1)) != 0;
    byte c = bytes[at];
    if (c == ',') {
      next = object ? Next.KEY : Next.VALUE;
      return at + 1;
    }
    return c == (object ? '}' : ']') ? close(at) : WRONG;
  }

  private int close(int at) {
    depth--;
    next = Next.COMMA_OR_END;
    return at + 1;
  }

  private int string(int at) {
    int p = at + 1;
    while (p < bytes.length) {
      byte c = bytes[p];
      if (c == '"') {
        return p + 1;
      }
      if (c == '\\') {
        p = escape(p);
      } else if (c >= 0x20) {
        p++;
      } else {
        p = c < 0 ? afterCharacter(p) : WRONG;
      }
      if (p == WRONG) {
        return WRONG;
      }
    }
    return WRONG;
  }

  private int escape(int at) {
    if (at + 1 >= bytes.length) {
      return WRONG;
    }
    switch (bytes[at + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return at + 2;
      }
      case 'u' -> {
        if (at + 6 > bytes.length) {
          return WRONG;
        }
        for (int i = at + 2; i < at + 6; i++) {
          if (bytes[i] < 0 || Character.digit(bytes[i], 16) < 0) {
            return WRONG;
          }
        }
        return at + 6;
      }
      default -> {
        return WRONG;
      }
    }
  }

  /** The position after a character of more than one byte, neither overlong nor a surrogate. */
  private int afterCharacter(int at) {
    int first = bytes[at] & 0xff;
    int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
    if (first < 0xc2 || first > 0xf4 || at + more >= bytes.length) {
      return WRONG;
    }
    int second = bytes[at + 1] & 0xff;
    int low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    int high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (second < low || second > high) {
      return WRONG;
    }
    for (int i = 2; i <= more; i++) {
      if ((bytes[at + i] & 0xc0) != 0x80) {
        return WRONG;
      }
    }
    return at + more + 1;
  }

  static boolean isSpace(byte c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  /** The position after a bare word; {@code at} if there is none. */
  static int afterWord(byte[] bytes, int at) {
    int p = at;
    while (p < bytes.length) {
      byte c = bytes[p];
      boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
      if (!letter && !isDigit(c) && c != '-' && c != '+' && c != '.' && c != '_') {
        break;
      }
      p++;
    }
    return p;
  }

  /** Whether {@code [from, to)} is a number as JSON writes it. */
  static boolean isNumber(byte[] bytes, int from, int to) {
    int p = bytes[from] == '-' ? from + 1 : from;
    int whole = p;
    p = afterDigits(bytes, p, to);
    if (p == whole || (bytes[whole] == '0' && p > whole + 1)) {
      return false;
    }
    if (p < to && bytes[p] == '.') {
      int fraction = p + 1;
      p = afterDigits(bytes, fraction, to);
      if (p == fraction) {
        return false;
      }
    }
    if (p < to && (bytes[p] | 0x20) == 'e') {
      p++;
      if (p < to && (bytes[p] == '+' || bytes[p] == '-')) {
        p++;
      }
      int exponent = p;
      p = afterDigits(bytes, exponent, to);
      if (p == exponent) {
        return false;
      }
    }
    return p == to;
  }

  private static int afterDigits(byte[] bytes, int from, int to) {
    int p = from;
    while (p < to && isDigit(bytes[p])) {
      p++;
    }
    return p;
  }
}
