package io.feedrate.collector.cli;

import io.feedrate.collector.statements.Statement;
import io.feedrate.kpi.maturity.Degree;
import io.feedrate.kpi.maturity.Document;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code feedrate document review}: how far does a document show what is asked for? */
@Command(
    name = "review",
    description = {
      "Say how far a document shows what its indicator asks for.",
      "",
      "Of several reviews the last one counts.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:reviewed",
      "1:the data directory cannot be read or written; --stacktrace shows where",
      "2:the command line is wrong; nothing was written"
    },
    footer = {
      "",
      "Example:",
      "  feedrate document review df-governance-policy 3f9a --data data \\",
      "    --degree mostly --reviewer \"Mr Wang\""
    },
    mixinStandardHelpOptions = true)
final class DocumentReviewCommand implements Callable<Integer> {

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private DataOption data;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private DocumentChoice choice;

  @Option(
      names = "--degree",
      required = true,
      paramLabel = "DEGREE",
      description = "How far: fully, mostly, partly or not.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Degree degree;

  @Option(names = "--reviewer", required = true, paramLabel = "NAME", description = "Who read it.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String reviewer;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    Stating stating = new Stating(spec, data);
    Document document = choice.of(stating.documents(), spec);
    stating.append(
        () ->
            new Statement.Reviewed(
                Instant.now(), reviewer, document.indicator(), document.digest(), degree),
        "%s reviewed by %s: %s".formatted(DocumentChoice.name(document), reviewer, degree.words()));
    return ExitCodes.OK;
  }
}
