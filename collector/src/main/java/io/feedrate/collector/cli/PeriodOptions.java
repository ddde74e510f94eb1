package io.feedrate.collector.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAmount;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options {@code --from} and {@code --to} of commands about a period, half-open. */
final class PeriodOptions {

  /**
   * A period.
   *
   * @param fromNs its start, inclusive, epoch nanoseconds
   * @param toNs its end, exclusive
   */
  record Range(long fromNs, long toNs) {}

  private static final Instant LAST = Instant.ofEpochSecond(0, Long.MAX_VALUE);

  @Option(
      names = "--from",
      paramLabel = "T",
      description = {
        "Start of the period, inclusive: an ISO 8601 time with its zone (2026-11-22T10:00:00Z), or"
            + " how long before the end (-PT10M, -P1D)."
      })
  private @Nullable String from;

  @Option(
      names = "--to",
      defaultValue = "now",
      paramLabel = "T",
      description = {
        "End of the period, exclusive: an ISO 8601 time, now (the default), or how long ago (-PT1H)."
            + " Windows that start within the period count."
      })
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String to;

  /** Whether a start was told. */
  boolean isGiven() {
    return from != null;
  }

  /**
   * The period that was asked for.
   *
   * @throws ParameterException if a time cannot be read, or the period is none
   */
  Range range(CommandSpec spec, Instant now) {
    if (from == null) {
      throw wrong(spec, "--from is missing: since when, such as --from -PT8H for eight hours");
    }
    Instant end = time(spec, "--to", to, now, now);
    Instant start = time(spec, "--from", from, end, now);
    if (!start.isBefore(end)) {
      throw wrong(
          spec,
          "--from %s is not before --to %s: exchange them, or leave --to out for now"
              .formatted(start, end));
    }
    return new Range(ns(start), ns(end));
  }

  private static Instant time(
      CommandSpec spec, String option, String text, Instant anchor, Instant now) {
    try {
      Instant time = parse(text, anchor, now);
      if (time.isBefore(Instant.EPOCH) || time.isAfter(LAST)) {
        throw wrong(spec, "%s %s: times go from 1970 to 2262".formatted(option, text));
      }
      return time;
    } catch (DateTimeException | ArithmeticException e) {
      throw wrong(
          spec,
          ("%s %s is not a time: write 2026-11-22T10:00:00Z (with Z or a zone such as +01:00), now,"
                  + " or a time span before %s such as -PT10M, -PT8H or -P1D")
              .formatted(option, text, option.equals("--to") ? "now" : "--to"));
    }
  }

  private static Instant parse(String text, Instant anchor, Instant now) {
    if (text.equalsIgnoreCase("now")) {
      return now;
    }
    if (text.startsWith("-P")) {
      return anchor.atOffset(ZoneOffset.UTC).minus(amount(text.substring(1))).toInstant();
    }
    return OffsetDateTime.parse(text).toInstant();
  }

  /**
   * {@code PT10M} and {@code P1DT2H} are durations, {@code P1M} and {@code P1Y} of the calendar.
   */
  private static TemporalAmount amount(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      return Period.parse(text);
    }
  }

  private static ParameterException wrong(CommandSpec spec, String explanation) {
    return new ParameterException(spec.commandLine(), explanation);
  }

  private static long ns(Instant time) {
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }
}
