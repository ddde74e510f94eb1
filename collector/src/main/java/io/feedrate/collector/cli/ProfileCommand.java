package io.feedrate.collector.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code feedrate profile}: maturity profiles themselves. */
@Command(
    name = "profile",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Check maturity profiles and compare them.",
      "",
      "A profile is a maturity model as data: dimensions, indicators, thresholds, weights, levels.",
      ""
    },
    commandListHeading = "%nCommands:%n",
    subcommands = {ProfileCheckCommand.class, ProfileDiffCommand.class},
    mixinStandardHelpOptions = true)
public final class ProfileCommand implements FeedrateCommand {

  private static final int ORDER = 50;

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
