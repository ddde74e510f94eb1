package io.feedrate.collector.web;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of one request. Unknown, doubled or unreadable ones are a {@link Problem}
 * that says what would be right: a misspelt filter must not answer with everything.
 */
final class Params {

  /** A half-open range of time. */
  record Range(Instant from, Instant to) {}

  private static final Duration DEFAULT_RANGE = Duration.ofHours(1);
  private static final Duration LONGEST_RANGE = Duration.ofDays(400);
  private static final int EPOCH_NS_DIGITS = 16;

  private final MultiMap query;
  private final Instant now;

  Params(RoutingContext context, Instant now, String... known) {
    this.now = now;
    try {
      this.query = context.queryParams();
    } catch (IllegalArgumentException e) {
      throw new Problem(400, "Bad query", "the query is not percent-encoded UTF-8", null);
    }
    Set<String> names = new TreeSet<>(List.of(known));
    for (String name : query.names()) {
      if (!names.contains(name)) {
        String hint =
            names.isEmpty()
                ? "this resource takes no parameters"
                : "unknown; known are " + String.join(", ", names);
        throw new Problem(400, "Bad parameter", shown(name) + ": " + hint, name);
      }
    }
  }

  /** All values of a parameter that may be repeated. */
  List<String> all(String name, int most) {
    List<String> values = query.getAll(name);
    if (values.size() > most) {
      throw Problem.badParameter(name, "given " + values.size() + " times, at most " + most);
    }
    return values;
  }

  String required(String name) {
    String value = optional(name);
    if (value == null) {
      throw Problem.badParameter(name, "is required");
    }
    return value;
  }

  @Nullable String optional(String name) {
    List<String> values = all(name, 1);
    return values.isEmpty() ? null : values.get(0);
  }

  int number(String name, int otherwise, int least, int most) {
    String text = optional(name);
    if (text == null) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // answered below
    }
    throw Problem.badParameter(
        name, "must be a whole number from " + least + " to " + most + ", not " + shown(text));
  }

  /** {@code from} and {@code to}; the last hour if not told. */
  Range range() {
    Instant to = time("to", now);
    Instant from = time("from", to.minus(DEFAULT_RANGE));
    if (!from.isBefore(to)) {
      throw Problem.badParameter("from", "must be before to: " + from + " is not before " + to);
    }
    if (Duration.between(from, to).compareTo(LONGEST_RANGE) > 0) {
      throw Problem.badParameter(
          "from", "more than " + LONGEST_RANGE.toDays() + " days before to; ask in parts");
    }
    return new Range(from, to);
  }

  /** A duration of at least one second, or null if not told. */
  @Nullable Duration duration(String name) {
    String text = optional(name);
    if (text == null) {
      return null;
    }
    try {
      Duration value = Duration.parse(text);
      if (value.compareTo(Duration.ofSeconds(1)) >= 0
          && value.compareTo(LONGEST_RANGE) <= 0
          && value.equals(Duration.ofSeconds(value.toSeconds()))) {
        return value;
      }
    } catch (DateTimeException e) {
      // answered below
    }
    throw Problem.badParameter(
        name,
        "must be an ISO 8601 duration of whole seconds, such as PT5M or PT1H, not " + shown(text));
  }

  private Instant time(String name, Instant otherwise) {
    String text = optional(name);
    if (text == null) {
      return otherwise;
    }
    try {
      if (text.length() >= EPOCH_NS_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return Times.instant(Long.parseLong(text));
      }
      Instant time = OffsetDateTime.parse(text).toInstant();
      if (!time.isBefore(Instant.EPOCH) && Times.ns(time) >= 0) {
        return time;
      }
    } catch (DateTimeException | NumberFormatException | ArithmeticException e) {
      // answered below
    }
    throw Problem.badParameter(
        name,
        "must be an RFC 3339 time from 1970 to 2262, such as 2026-11-22T10:00:00Z, or epoch"
            + " nanoseconds; not "
            + shown(text));
  }

  private static String shown(String text) {
    String head = text.length() > 60 ? text.substring(0, 60) + "…" : text;
    return '"' + head + '"';
  }
}
