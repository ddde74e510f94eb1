package io.feedrate.collector.adapter.mqtt;

/**
 * Reads times as nodes write them: RFC 3339 with a zone, or whole milliseconds since 1970.
 *
 * <p><b>Source</b>: RFC 3339, 5.6. <b>Units</b>: epoch nanoseconds. <b>Allocation</b>: 0.
 */
final class Times {

  /** A time that cannot be read, or is outside of 1970 to 2262. */
  static final long UNREADABLE = Long.MIN_VALUE + 1;

  private static final long MAX_SECONDS = Long.MAX_VALUE / 1_000_000_000L - 1;
  private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private Times() {}

  /** Epoch milliseconds as nanoseconds. */
  static long ofMillis(long millis) {
    return millis < 0 || millis > MAX_SECONDS * 1000 ? UNREADABLE : millis * 1_000_000L;
  }

  /** A text such as {@code 2026-11-22T10:00:00.123+01:00}; digits after the ninth are cut. */
  static long ofText(byte[] b, int from, int to) {
    if (to - from < 20
        || b[from + 4] != '-'
        || b[from + 7] != '-'
        || !isDateEnd(b[from + 10])
        || b[from + 13] != ':'
        || b[from + 16] != ':') {
      return UNREADABLE;
    }
    int year = number(b, from, 4);
    int month = number(b, from + 5, 2);
    int day = number(b, from + 8, 2);
    int hour = number(b, from + 11, 2);
    int minute = number(b, from + 14, 2);
    int second = number(b, from + 17, 2); // 60 is a leap second, which is the next second here
    if (!isDate(year, month, day) || !isIn(hour, 23) || !isIn(minute, 59) || !isIn(second, 60)) {
      return UNREADABLE;
    }
    int p = from + 19;
    long nanos = 0;
    if (b[p] == '.') {
      int fraction = ++p;
      long unit = 100_000_000L;
      while (p < to && b[p] >= '0' && b[p] <= '9') {
        nanos += (b[p++] - '0') * unit;
        unit /= 10;
      }
      if (p == fraction) {
        return UNREADABLE;
      }
    }
    int zone = zoneSeconds(b, p, to);
    long seconds = epochDay(year, month, day) * 86_400L + hour * 3600L + minute * 60L + second;
    seconds -= zone;
    return zone == NO_ZONE || seconds < 0 || seconds > MAX_SECONDS
        ? UNREADABLE
        : seconds * 1_000_000_000L + nanos;
  }

  private static final int NO_ZONE = Integer.MAX_VALUE;

  private static int zoneSeconds(byte[] b, int at, int to) {
    if (to - at == 1 && (b[at] | 0x20) == 'z') {
      return 0;
    }
    if (to - at != 6 || (b[at] != '+' && b[at] != '-') || b[at + 3] != ':') {
      return NO_ZONE;
    }
    int hours = number(b, at + 1, 2);
    int minutes = number(b, at + 4, 2);
    if (!isIn(hours, 23) || !isIn(minutes, 59)) {
      return NO_ZONE;
    }
    int seconds = hours * 3600 + minutes * 60;
    return b[at] == '-' ? -seconds : seconds;
  }

  private static boolean isDateEnd(byte c) {
    return c == 'T' || c == 't' || c == ' ';
  }

  private static boolean isIn(int value, int max) {
    return value >= 0 && value <= max;
  }

  private static boolean isDate(int year, int month, int day) {
    if (year < 1969 || month < 1 || month > 12) {
      return false;
    }
    boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return day >= 1 && day <= (month == 2 && leap ? 29 : DAYS[month - 1]);
  }

  private static int number(byte[] b, int at, int length) {
    int value = 0;
    for (int i = at; i < at + length; i++) {
      int digit = b[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /** Days since 1970-01-01: years are counted from March, so that a leap day is their last. */
  private static long epochDay(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return 365L * y + y / 4 - y / 100 + y / 400 + dayOfYear - 719_468L;
  }
}
