package io.feedrate.collector.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of bytes: {@code 500MiB}, {@code 8GiB}; decimal units (MB) are powers of ten. */
final class ByteSizes {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,9}) ?([A-Za-z]*)");
  private static final Map<String, Long> UNITS =
      Map.of(
          "KiB",
          1L << 10,
          "MiB",
          1L << 20,
          "GiB",
          1L << 30,
          "TiB",
          1L << 40,
          "kB",
          1_000L,
          "MB",
          1_000_000L,
          "GB",
          1_000_000_000L,
          "TB",
          1_000_000_000_000L);
  private static final long MAX = 1L << 50;

  private ByteSizes() {}

  static long parse(String text) throws BadValueException {
    Matcher matcher = FORM.matcher(text.strip());
    Long unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
    if (unit == null) {
      throw new BadValueException(
          Texts.quote(text) + " is not an amount of bytes", "Write it like 500MiB or 8GiB.");
    }
    long number = Long.parseLong(matcher.group(1));
    if (number > MAX / unit) {
      throw new BadValueException("more than 1024TiB", "Write it like 500MiB or 8GiB.");
    }
    return number * unit;
  }
}
