package io.feedrate.collector.cli;

import io.feedrate.collector.statements.Statement;
import io.feedrate.kpi.maturity.Document;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code feedrate document withdraw}: a document is no evidence any more. */
@Command(
    name = "withdraw",
    description = {
      "Withdraw a document, so that it is no evidence any more.",
      "",
      "What was stated of it stays in the file of statements, and so does its copy.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:withdrawn",
      "1:the data directory cannot be read or written; --stacktrace shows where",
      "2:the command line is wrong; nothing was written"
    },
    footer = {
      "",
      "Example:",
      "  feedrate document withdraw df-governance-policy 3f9a --data data \\",
      "    --reason \"a newer one is in force\" --by \"Ms Li\""
    },
    mixinStandardHelpOptions = true)
final class DocumentWithdrawCommand implements Callable<Integer> {

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private DataOption data;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private DocumentChoice choice;

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why, in a sentence.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String reason;

  @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who withdraws it.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String by;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    Stating stating = new Stating(spec, data);
    Document document = choice.of(stating.documents(), spec);
    stating.append(
        () ->
            new Statement.Withdrawn(
                Instant.now(), by, document.indicator(), document.digest(), reason),
        "%s withdrawn by %s: %s".formatted(DocumentChoice.name(document), by, reason));
    return ExitCodes.OK;
  }
}
