package io.feedrate.collector.cli;

import io.feedrate.collector.Collector;
import io.feedrate.collector.assess.ProfileException;
import io.feedrate.collector.config.ConfigException;
import io.feedrate.collector.config.ConfigLoader;
import io.feedrate.collector.config.GatewayConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code feedrate run}: the gateway. */
@Command(
    name = "run",
    description = {
      "Run a gateway until it is told to end (Ctrl-C, SIGTERM).",
      "",
      "What was received is committed before it ends; after a crash the next run goes on where the"
          + " journal ends.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "1:it could not start or could not go on",
      "2:the command line or the configuration is wrong; nothing was started",
      "143:it was told to end"
    },
    mixinStandardHelpOptions = true)
public final class RunCommand implements FeedrateCommand {

  private static final int ORDER = 10;

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
  public Integer call() throws ConfigException, IOException, ProfileException {
    GatewayConfig config = ConfigLoader.load(file);
    try (Collector collector = Collector.start(config, VersionCommand.version())) {
      Runtime.getRuntime().addShutdownHook(new Thread(collector::close, "feedrate-shutdown"));
      spec.commandLine()
          .getOut()
          .printf(
              "%s runs, data in %s%npage:  %s://%s:%d/%n",
              config.id(),
              config.data(),
              config.http().tls().isPresent() ? "https" : "http",
              collector.address().host(),
              collector.address().port());
      spec.commandLine().getOut().flush();
      Optional<Throwable> failure = collector.end().join();
      return failure.isPresent() ? ExitCodes.FAILED : ExitCodes.OK;
    }
  }
}
