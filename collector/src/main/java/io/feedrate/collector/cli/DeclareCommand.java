package io.feedrate.collector.cli;

import io.feedrate.collector.statements.Statement;
import io.feedrate.collector.statements.Statement.Claim;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code feedrate declare}: a responsible person says something of an indicator. */
@Command(
    name = "declare",
    description = {
      "Declare that an indicator does not apply here, or is not implemented.",
      "",
      "not-applicable   there is nothing here that it could be about: its weight is taken out",
      "not-implemented  there is no such thing, though there could be: it counts as not met",
      "applies          take back what was declared before",
      "",
      "A declaration is never edited. One that is entered after the assessed period is flagged.",
      ""
    },
    mixinStandardHelpOptions = true)
public final class DeclareCommand implements FeedrateCommand {

  private static final int ORDER = 46;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private StatementOptions statements;

  @Parameters(index = "0", paramLabel = "INDICATOR", description = "Its id in the profile.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String indicator;

  @Parameters(
      index = "1",
      paramLabel = "CLAIM",
      description = "not-applicable, not-implemented or applies.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String claim;

  @Option(names = "--reason", required = true, description = "Why, in a sentence.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String reason;

  @Option(names = "--approver", required = true, description = "Who is responsible for it.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String approver;

  @Override
  public int order() {
    return ORDER;
  }

  @Override
  public Integer call() {
    statements.indicator(indicator);
    try {
      statements
          .file()
          .append(new Statement.Declared(Instant.now(), approver, indicator, wanted(), reason));
    } catch (IllegalArgumentException e) {
      throw statements.error("this cannot be declared: " + e.getMessage());
    }
    return ExitCodes.OK;
  }

  private Claim wanted() {
    Map<String, Claim> claims = new TreeMap<>();
    for (Claim each : Claim.values()) {
      claims.put(each.name().toLowerCase(Locale.ROOT).replace('_', '-'), each);
    }
    Claim found = claims.get(claim);
    if (found == null) {
      throw statements.error(
          "%s cannot be declared; what can be is %s"
              .formatted(claim, String.join(", ", claims.keySet())));
    }
    return found;
  }
}
