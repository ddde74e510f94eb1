package io.feedrate.collector.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code feedrate evidence}: what an assessor takes home. */
@Command(
    name = "evidence",
    description = {"Write a bundle of evidence for an assessor, or check one.", ""},
    subcommands = {EvidenceExportCommand.class, EvidenceVerifyCommand.class},
    synopsisSubcommandLabel = "(export | verify)",
    mixinStandardHelpOptions = true)
public final class EvidenceCommand implements FeedrateCommand {

  private static final int ORDER = 42;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public int order() {
    return ORDER;
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Which command: export or verify?");
  }
}
