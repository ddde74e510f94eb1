package io.feedrate.collector.cli;

import io.feedrate.collector.exclusions.ExclusionDesk;
import io.feedrate.collector.exclusions.ExclusionException;
import io.feedrate.collector.store.Store;
import io.feedrate.collector.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What commands about exclusions have in common: whose they are, who enters them, times. */
final class ExclusionOptions {

  private static final Duration SOON = Duration.ofSeconds(6);
  private static final int DATE_LENGTH = "2026-12-24".length();

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The data directory of a gateway (gateway.data). A collector may run on it.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path data;

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  /** Where exclusions are entered. */
  ExclusionDesk desk() {
    if (!Files.isRegularFile(data.resolve(Store.FILE_NAME))) {
      throw error(
          "%s is not the data directory of a gateway that has run: no %s in it"
              .formatted(data, Store.FILE_NAME));
    }
    return new ExclusionDesk(data);
  }

  /** Runs what may be refused; a refusal is the user's, not a failure. */
  <T> T asked(Supplier<T> question) {
    try {
      return question.get();
    } catch (ExclusionException | StoreException e) {
      throw error(String.valueOf(e.getMessage()));
    }
  }

  /** Who works on this machine, where the command line does not tell. */
  static String user(String told) {
    return told.isBlank() ? System.getProperty("user.name", "") : told;
  }

  /**
   * A time as people write it: with its zone, or on the wall clock of the site, or a day of it.
   *
   * @param begin what a time span is added to
   * @param isEnd whether a day counts with all of it
   */
  Instant time(String option, String text, ZoneId zone, Instant begin, boolean isEnd) {
    String its = text.strip();
    try {
      if (its.equalsIgnoreCase("now")) {
        return Instant.now();
      }
      if (its.startsWith("P") || its.startsWith("-P")) {
        return plus(begin.atZone(zone), its).toInstant();
      }
      if (its.length() == DATE_LENGTH) {
        return LocalDate.parse(its).plusDays(isEnd ? 1 : 0).atStartOfDay(zone).toInstant();
      }
      return withZone(its, zone);
    } catch (DateTimeException | ArithmeticException e) {
      throw error(
          ("%s %s is not a time: write 2026-12-24T13:00:00+01:00 or 2026-12-24T12:00:00Z, without a"
                  + " zone for the site's clock (%s), a day like 2026-12-24, or now%s")
              .formatted(
                  option, text, zone, isEnd ? ", or how long it lasts, like PT4H or P2D" : ""));
    }
  }

  /** The begin of what is entered: now is soon enough for the journal to get it before. */
  Instant begin(String text, ZoneId zone) {
    return text.strip().equalsIgnoreCase("now")
        ? Instant.now().plus(SOON).truncatedTo(ChronoUnit.SECONDS)
        : time("--from", text, zone, Instant.now(), false);
  }

  private static Instant withZone(String text, ZoneId zone) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      return LocalDateTime.parse(text).atZone(zone).toInstant();
    }
  }

  private static ZonedDateTime plus(ZonedDateTime time, String amount) {
    try {
      return time.plus(Duration.parse(amount));
    } catch (DateTimeParseException e) {
      return time.plus(Period.parse(amount));
    }
  }

  ParameterException error(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
