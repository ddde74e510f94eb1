package io.feedrate.collector.cli;

import io.feedrate.collector.assess.ProfileException;
import io.feedrate.collector.config.ConfigException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The entrance of the program: finds the commands, runs the one that is asked for. */
@Command(
    name = "feedrate",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Collects shop-floor data over OPC UA and MQTT, measures how complete it is and how fast"
          + " model updates reach the machines, and keeps the evidence.",
      ""
    },
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:something failed that should not have; --stacktrace shows where",
      "2:the command line or the configuration is wrong; nothing was started"
    },
    footer = {
      "",
      "Examples:",
      "  feedrate check -c config/gateway-example.yaml   is this configuration right?",
      "  feedrate COMMAND --help                         all about one command"
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class)
public final class Feedrate implements Runnable {

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "On a failure show where in the program it happened.")
  private boolean stackTrace;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  private Feedrate() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The whole command line, with every command that is on the class path. */
  public static CommandLine commandLine() {
    Feedrate feedrate = new Feedrate();
    CommandLine commandLine = new CommandLine(feedrate);
    for (FeedrateCommand command : commands()) {
      commandLine.addSubcommand(command);
    }
    commandLine.setUsageHelpAutoWidth(true);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setParameterExceptionHandler((wrong, args) -> refused(wrong));
    commandLine.setExecutionExceptionHandler(feedrate::failed);
    commandLine.getSubcommands().values().forEach(Feedrate::useAutoWidth);
    return commandLine;
  }

  private static void useAutoWidth(CommandLine command) {
    command.setUsageHelpAutoWidth(true);
    command.getSubcommands().values().forEach(Feedrate::useAutoWidth);
  }

  private static List<FeedrateCommand> commands() {
    List<FeedrateCommand> commands = new ArrayList<>();
    ServiceLoader.load(FeedrateCommand.class).forEach(commands::add);
    commands.sort(
        Comparator.comparingInt(FeedrateCommand::order).thenComparing(c -> c.getClass().getName()));
    return commands;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }

  /** What is wrong stays the last thing on the screen: the whole help is for who asks for it. */
  private static int refused(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(wrong.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(wrong, err)) {
      if (command.getSubcommands().isEmpty()) {
        err.println(command.getCommandSpec().qualifiedName() + " --help tells all about it.");
      } else {
        command.usage(err);
      }
    }
    err.flush();
    return ExitCodes.USAGE;
  }

  private int failed(Exception failure, CommandLine commandLine, ParseResult parsed) {
    PrintWriter err = commandLine.getErr();
    if (failure instanceof ConfigException config) {
      config.errors().forEach(error -> err.println(error.text()));
      int count = config.errors().size();
      err.println(count == 1 ? "1 error" : count + " errors");
      err.flush();
      return ExitCodes.USAGE;
    }
    if (failure instanceof ProfileException profile) {
      profile.problems().forEach(err::println);
      int count = profile.problems().size();
      err.println(count == 1 ? "1 error" : count + " errors");
      err.flush();
      return ExitCodes.USAGE;
    }
    String message = failure.getMessage();
    err.println(
        "feedrate: "
            + (message == null
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse("")));
    if (stackTrace) {
      failure.printStackTrace(err);
    } else {
      err.println("Run it again with --stacktrace to see where this happened.");
    }
    err.flush();
    return ExitCodes.FAILED;
  }
}
