package io.feedrate.collector.cli;

import io.feedrate.collector.config.ConfigException;
import io.feedrate.collector.config.ConfigLoader;
import io.feedrate.collector.config.EffectiveValues;
import io.feedrate.collector.config.GatewayConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code feedrate check}: is a configuration right? */
@Command(
    name = "check",
    description = {
      "Check a gateway's configuration without starting anything.",
      "",
      "Every error is told at once, as FILE:LINE: place: what is wrong. How to mend it. Without an"
          + " error it prints what the configuration comes to, defaults included.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the configuration is right",
      "1:something failed that should not have; --stacktrace shows where",
      "2:the command line or the configuration is wrong"
    },
    mixinStandardHelpOptions = true)
public final class CheckCommand implements FeedrateCommand {

  private static final int ORDER = 20;

  @Option(
      names = {"-c", "--config"},
      required = true,
      paramLabel = "FILE",
      description = "The configuration, a YAML file.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path file;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public int order() {
    return ORDER;
  }

  @Override
  public Integer call() throws ConfigException {
    GatewayConfig config = ConfigLoader.load(file);
    int signals = config.assets().stream().mapToInt(asset -> asset.signals().size()).sum();
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s: ok (%s, %s, %s)%n",
        file,
        count(config.sources().size(), "source"),
        count(config.assets().size(), "asset"),
        count(signals, "signal"));
    EffectiveValues.of(config).forEach(out::println);
    out.flush();
    return ExitCodes.OK;
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
