package io.feedrate.collector.cli;

import io.feedrate.collector.assess.ProfileException;
import io.feedrate.collector.statements.Statement;
import io.feedrate.collector.statements.Statement.Claim;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code feedrate declare}: a responsible person says something of an indicator. */
@Command(
    name = "declare",
    description = {
      "Declare that an indicator does not apply here, or is not implemented.",
      "",
      "A declaration is never edited; of several of an indicator the last one holds. One that is"
          + " entered after the assessed period is flagged. A collector may run meanwhile.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:declared",
      "1:the data directory cannot be read or written; --stacktrace shows where",
      "2:the command line or the profile is wrong; nothing was written"
    },
    footer = {
      "",
      "Example:",
      "  feedrate declare df-range-validity not-applicable --data data \\",
      "    --reason \"no signal has a range\" --approver \"Ms Li\""
    },
    mixinStandardHelpOptions = true)
public final class DeclareCommand implements FeedrateCommand {

  private static final int ORDER = 46;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private DataOption data;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private ProfileOption profile;

  @Parameters(index = "0", paramLabel = "INDICATOR", description = "Its id in the profile.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String indicator;

  @Parameters(
      index = "1",
      paramLabel = "CLAIM",
      description = {
        "not-applicable: there is nothing here that it could be about; its weight is taken out.",
        "not-implemented: there is no such thing, though there could be; it counts as not met.",
        "applies: take back what was declared before."
      })
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String claim;

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why, in a sentence.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String reason;

  @Option(
      names = "--approver",
      required = true,
      paramLabel = "NAME",
      description = "Who is responsible for it.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String approver;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public int order() {
    return ORDER;
  }

  @Override
  public Integer call() throws ProfileException {
    Stating stating = new Stating(spec, data);
    profile.indicator(spec, indicator);
    Claim wanted = wanted();
    stating.append(
        () -> new Statement.Declared(Instant.now(), approver, indicator, wanted, reason),
        "%s: declared %s by %s: %s".formatted(indicator, claim, approver, reason));
    return ExitCodes.OK;
  }

  private Claim wanted() {
    Map<String, Claim> claims = new TreeMap<>();
    for (Claim each : Claim.values()) {
      claims.put(each.name().toLowerCase(Locale.ROOT).replace('_', '-'), each);
    }
    Claim found = claims.get(claim);
    if (found == null) {
      throw new ParameterException(
          spec.commandLine(),
          "%s cannot be declared; what can be is %s"
              .formatted(claim, String.join(", ", claims.keySet())));
    }
    return found;
  }
}
