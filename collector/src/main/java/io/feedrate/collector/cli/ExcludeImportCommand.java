package io.feedrate.collector.cli;

import io.feedrate.collector.exclusions.ExclusionDesk;
import io.feedrate.collector.exclusions.HeldExclusion;
import io.feedrate.collector.ical.CalendarEvents;
import io.feedrate.collector.ical.CalendarException;
import io.feedrate.collector.ical.CalendarFile;
import io.feedrate.collector.journal.ExclusionSource;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code feedrate exclude import}. */
@Command(
    name = "import",
    description = {
      "Take the events of a calendar out of scope: an iCalendar file (RFC 5545), as calendar"
          + " programs export it.",
      "",
      "Recurring events are worked out. Days and times without a zone are those of the site."
          + " Cancelled events are left out. Importing a file again adds only what is new in it;"
          + " what is not in it any more is told, and must be withdrawn by somebody.",
      ""
    },
    mixinStandardHelpOptions = true)
final class ExcludeImportCommand implements Callable<Integer> {

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private ExclusionOptions options;

  @Parameters(index = "0", paramLabel = "FILE.ics", description = "The calendar.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path file;

  @Option(
      names = "--subject",
      required = true,
      paramLabel = "PATH",
      description = "Whose time: a site, line, machine or signal, with all below it.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String subject;

  @Option(names = "--approver", required = true, description = "Who is responsible for it.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String approver;

  @Option(
      names = "--reason",
      defaultValue = "",
      description = "Why. The titles of the events, if it is left out.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String reason;

  @Option(
      names = "--from",
      defaultValue = "now",
      paramLabel = "T",
      description = "Takes what ends later. ${DEFAULT-VALUE}; earlier ones would be late.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String from;

  @Option(
      names = "--to",
      defaultValue = "P400D",
      paramLabel = "T",
      description = "Takes what begins earlier. ${DEFAULT-VALUE} after --from.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String to;

  @Option(
      names = "--by",
      defaultValue = "",
      paramLabel = "NAME",
      description = "Who enters it. The user of this machine, if it is left out.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String enteredBy;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    ExclusionDesk desk = options.desk();
    ZoneId zone = options.asked(desk::zone);
    Instant begin = options.time("--from", from, zone, Instant.now(), false);
    Instant end = options.time("--to", to, zone, begin, true);
    CalendarEvents events = events(zone, begin, end);
    ExclusionDesk.Request like =
        new ExclusionDesk.Request(
            subject,
            begin,
            end,
            reason,
            approver,
            ExclusionSource.CALENDAR,
            "",
            ExclusionOptions.user(enteredBy));
    ExclusionDesk.Imported imported = options.asked(() -> desk.importCalendar(events, like));
    report(events, imported);
    return ExitCodes.OK;
  }

  private CalendarEvents events(ZoneId zone, Instant begin, Instant end) {
    try {
      return CalendarFile.read(file, zone, begin, end);
    } catch (CalendarException e) {
      throw options.error(String.valueOf(e.getMessage()));
    }
  }

  private void report(CalendarEvents events, ExclusionDesk.Imported imported) {
    PrintWriter out = spec.commandLine().getOut();
    for (HeldExclusion each : imported.added()) {
      ExclusionText.print(out, each);
    }
    for (CalendarEvents.NotTaken each : events.notTaken()) {
      out.printf(
          "not taken: %s, line %d, event \"%s\": %s%n",
          file, each.line(), each.summary().isEmpty() ? each.uid() : each.summary(), each.why());
    }
    for (HeldExclusion each : imported.gone()) {
      out.printf(
          "not in the file any more: %s, %s from %s; it holds until you enter feedrate exclude"
              + " withdraw %s%n",
          each.said().reason(),
          each.said().subject(),
          Instant.ofEpochSecond(0, each.said().fromNs()),
          each.id());
    }
    out.printf(
        "%d added, %d out of scope already, %d events not taken%n",
        imported.added().size(), imported.known(), events.notTaken().size());
  }
}
