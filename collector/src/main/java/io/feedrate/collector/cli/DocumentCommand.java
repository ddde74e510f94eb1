package io.feedrate.collector.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code feedrate document}: documents that stand for an indicator. */
@Command(
    name = "document",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Attach documents to indicators, and review, withdraw or list them.",
      "",
      "A document counts for a period in which it is valid throughout, and only as far as a reviewer"
          + " says that it shows what the indicator asks for. Nothing is edited: what was attached is"
          + " withdrawn by another statement. A collector may run meanwhile.",
      ""
    },
    commandListHeading = "%nCommands:%n",
    subcommands = {
      DocumentAttachCommand.class,
      DocumentReviewCommand.class,
      DocumentWithdrawCommand.class,
      DocumentListCommand.class
    },
    mixinStandardHelpOptions = true)
public final class DocumentCommand implements FeedrateCommand {

  private static final int ORDER = 45;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public int order() {
    return ORDER;
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }
}
