package io.feedrate.collector.cli;

import io.feedrate.collector.exclusions.ExclusionDesk;
import io.feedrate.collector.exclusions.HeldExclusion;
import io.feedrate.collector.journal.ExclusionSource;
import io.feedrate.collector.store.ExclusionRow;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code feedrate exclude}: which time is out of scope, and who said so. */
@Command(
    name = "exclude",
    description = {
      "Take time out of scope: holidays, maintenance, a machine that is off on purpose.",
      "",
      "Works whether a collector runs or not. Nothing is ever edited: an entry stays on record with"
          + " who approved it and when it was entered, also when it is withdrawn. One that the"
          + " journal gets after its interval began is flagged as late.",
      ""
    },
    mixinStandardHelpOptions = true,
    subcommands = {
      ExcludeCommand.Add.class,
      ExcludeCommand.Show.class,
      ExcludeCommand.Withdraw.class,
      ExcludeImportCommand.class
    })
public final class ExcludeCommand implements FeedrateCommand {

  private static final int ORDER = 47;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public int order() {
    return ORDER;
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "add, list, withdraw or import?");
  }

  /** {@code feedrate exclude add}. */
  @Command(
      name = "add",
      description = "Take an interval of a site, line, machine or signal out of scope.",
      mixinStandardHelpOptions = true)
  static final class Add implements java.util.concurrent.Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private ExclusionOptions options;

    @Option(
        names = "--subject",
        required = true,
        paramLabel = "PATH",
        description = "Whose time: a site, line, machine or signal, with all below it.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String subject;

    @Option(
        names = "--from",
        required = true,
        paramLabel = "T",
        description =
            "Begin: 2026-12-24T12:00:00Z, 2026-12-24T13:00 by the site's clock, 2026-12-24; now"
                + " means in five seconds, so that the entry is not late.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String from;

    @Option(
        names = "--to",
        required = true,
        paramLabel = "T",
        description = "End, not included; a day counts with all of it; or how long: PT4H, P2D.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String to;

    @Option(names = "--reason", required = true, description = "Why, in a sentence.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String reason;

    @Option(
        names = "--approver",
        required = true,
        description = "Who is responsible for it: a person or function.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String approver;

    @Option(
        names = "--source",
        defaultValue = "other",
        description =
            "One of calendar, maintenance-order, machine, other; ${DEFAULT-VALUE} if it is left out.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String source;

    @Option(
        names = {"--order", "--reference"},
        defaultValue = "",
        paramLabel = "REF",
        description = "Number of the maintenance order, or what else it refers to.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String reference;

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
      Instant begin = options.begin(from, zone);
      Instant end = options.time("--to", to, zone, begin, true);
      ExclusionDesk.Request request =
          new ExclusionDesk.Request(
              subject,
              begin,
              end,
              reason,
              approver,
              source(),
              reference,
              ExclusionOptions.user(enteredBy));
      HeldExclusion added = options.asked(() -> desk.add(request));
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          "%s: %s is out of scope from %s to %s%n", added.id(), added.said().subject(), begin, end);
      if (added.late() != ExclusionRow.Late.NO) {
        out.println(
            ExclusionText.late(added)
                + ". It is flagged, and changes only results that can still be revised"
                + " (kpi.revisable)");
      }
      return ExitCodes.OK;
    }

    private ExclusionSource source() {
      for (ExclusionSource each : ExclusionSource.values()) {
        if (each.word().equals(source.toLowerCase(Locale.ROOT))) {
          return each;
        }
      }
      throw options.error(
          "--source %s is none of %s"
              .formatted(
                  source,
                  Arrays.stream(ExclusionSource.values())
                      .map(ExclusionSource::word)
                      .collect(Collectors.joining(", "))));
    }
  }

  /** {@code feedrate exclude list}. */
  @Command(
      name = "list",
      description = {
        "Exclusions with approver, time of entry and what became of them.",
        "",
        "Planned downtimes of the calendar in the configuration recur and are not listed: see the"
            + " register.",
        ""
      },
      mixinStandardHelpOptions = true)
  static final class Show implements java.util.concurrent.Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private ExclusionOptions options;

    @Option(
        names = "--from",
        defaultValue = "-P30D",
        paramLabel = "T",
        description = "Those that end later; 30 days ago, if it is left out.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String from;

    @Option(
        names = "--to",
        defaultValue = "2200-01-01",
        paramLabel = "T",
        description = "Those that begin earlier; all, if it is left out.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String to;

    @Option(names = "--late", description = "Only those that were entered late.")
    private boolean late;

    @Option(names = "--json", description = "Print them as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
      ExclusionDesk desk = options.desk();
      ZoneId zone = options.asked(desk::zone);
      Instant begin = options.time("--from", from, zone, Instant.now(), false);
      Instant end = options.time("--to", to, zone, begin, true);
      List<HeldExclusion> all =
          options.asked(() -> desk.list(begin, end)).stream()
              .filter(e -> !late || e.late() != ExclusionRow.Late.NO)
              .toList();
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(ExclusionText.json(all).toPrettyString());
      } else if (all.isEmpty()) {
        out.println(late ? "No exclusion was entered late." : "Nothing is out of scope.");
      } else {
        all.forEach(each -> ExclusionText.print(out, each));
      }
      return ExitCodes.OK;
    }
  }

  /** {@code feedrate exclude withdraw}. */
  @Command(
      name = "withdraw",
      description = {
        "An exclusion holds no longer.",
        "",
        "It holds until the journal gets the withdrawal, a second later where a collector runs."
            + " What was out of scope by then stays so: its slots may be settled. One that has not"
            + " begun never counts.",
        ""
      },
      mixinStandardHelpOptions = true)
  static final class Withdraw implements java.util.concurrent.Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private ExclusionOptions options;

    @Parameters(index = "0", paramLabel = "ID", description = "As list shows it, or its beginning.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String id;

    @Option(names = "--reason", required = true, description = "Why, in a sentence.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String reason;

    @Option(names = "--approver", required = true, description = "Who is responsible for it.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String approver;

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
      String by = ExclusionOptions.user(enteredBy);
      HeldExclusion taken = options.asked(() -> desk.withdraw(id, reason, approver, by));
      boolean hasBegun =
          taken.said().fromNs() < taken.withdrawal().orElseThrow().said().enteredNs();
      spec.commandLine()
          .getOut()
          .printf(
              "%s: %s is in scope again%s%n",
              taken.id(),
              taken.said().subject(),
              hasBegun
                  ? " from now on; what was out of scope so far stays so"
                  : ", as if it had not been entered; it stays on record");
      return ExitCodes.OK;
    }
  }
}
