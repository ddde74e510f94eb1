package io.feedrate.simulator;

import io.feedrate.collector.Collector;
import io.feedrate.collector.assess.AssessmentTable;
import io.feedrate.collector.assess.ProfileException;
import io.feedrate.collector.cli.ExitCodes;
import io.feedrate.collector.cli.FeedrateCommand;
import io.feedrate.collector.cli.VersionCommand;
import io.feedrate.collector.config.ConfigException;
import io.feedrate.collector.config.ConfigLoader;
import io.feedrate.collector.config.GatewayConfig;
import io.feedrate.collector.journal.DataLock;
import io.feedrate.collector.store.StoreReader;
import io.feedrate.kpi.engine.Kpis;
import io.feedrate.kpi.maturity.Assessment;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code feedrate demo}: a simulated line, its broker and a collector, in one process. */
@Command(
    name = "demo",
    description = {
      "Try Feedrate on a simulated CNC line: five OPC UA machines, two inference nodes, a model"
          + " registry and operators, with mild trouble, and a collector that measures them.",
      "",
      "Runs until Ctrl-C. With --for it ends by itself and prints the KPIs and the four"
          + " dimensions.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it ran as long as it was told to",
      "1:it could not start or could not go on",
      "2:the command line is wrong, or a collector runs on the directory",
      "130:Ctrl-C ended it; 143: SIGTERM did"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  feedrate demo",
      "  feedrate demo --for 60s --data /tmp/demo",
      "  feedrate replay --data /tmp/demo --verify"
    },
    mixinStandardHelpOptions = true)
public final class DemoCommand implements FeedrateCommand {
  private static final int FREE_PORT = 0;
  private static final int USUAL_PORT = 8080;
  private static final int MAX_PORT = 65_535;
  private static final long SETTLE_EXTRA_SECONDS = 2;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = Times.class,
      description = "How long, such as 60s or 5m; without it until Ctrl-C.")
  private @Nullable Duration time;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the data goes and stays; without it a temporary directory.")
  private @Nullable Path data;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port of the page on 127.0.0.1; without it 8080, or a free one if it is taken.")
  private @Nullable Integer port;

  @Option(
      names = "--no-trouble",
      description = "A line without faults, which a demo would otherwise have now and then.")
  private boolean noTrouble;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  /** Reads 500ms, 60s, 5m, 1h. */
  static final class Times implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      String number = text.replaceAll("[a-z]+$", "");
      String unit = text.substring(number.length());
      try {
        long n = Long.parseLong(number);
        if (n > 0) {
          return switch (unit) {
            case "ms" -> Duration.ofMillis(n);
            case "s" -> Duration.ofSeconds(n);
            case "m" -> Duration.ofMinutes(n);
            case "h" -> Duration.ofHours(n);
            default -> throw new TypeConversionException(wrong(text));
          };
        }
      } catch (NumberFormatException e) {
        throw new TypeConversionException(wrong(text));
      }
      throw new TypeConversionException(wrong(text));
    }

    private static String wrong(String text) {
      return "'" + text + "' is not a time: write a number and its unit, such as 60s or 5m";
    }
  }

  @Override
  public int order() {
    return 0;
  }

  @Override
  public Integer call() throws IOException, ConfigException, ProfileException {
    PrintWriter out = spec.commandLine().getOut();
    checkOptions();
    Path directory = directory();
    Optional<String> report = measure(directory, out);
    report.ifPresent(out::print); // last, when all that closes has said so
    out.flush();
    return report.isPresent() ? ExitCodes.OK : ExitCodes.FAILED;
  }

  /** Runs line and collector; what was measured, or nothing if the collector could not go on. */
  private Optional<String> measure(Path directory, PrintWriter out)
      throws IOException, ConfigException, ProfileException {
    try (SimulatedLine line = SimulatedLine.start(LinePlan.demo().withTrouble(!noTrouble))) {
      out.printf(
          "Simulated line: %d OPC UA machines, %d inference nodes, broker at %s%n",
          line.machines().size(), line.nodes().size(), line.brokerUrl());
      out.flush();
      try (Collector collector = collector(line, directory)) {
        return run(collector, directory, out);
      }
    }
  }

  /** What can be known to be wrong before anything starts. */
  private void checkOptions() throws IOException {
    if (port != null && (port < 0 || port > MAX_PORT)) {
      throw wrong(port + " is not a port: they go from 0 (a free one) to " + MAX_PORT);
    }
    if (data == null || !Files.exists(data)) {
      return;
    }
    if (!Files.isDirectory(data)) {
      throw wrong(data + " is not a directory");
    }
    Optional<String> holder = DataLock.holder(data);
    if (holder.isPresent()) {
      throw wrong(
          "a collector runs on %s (process id %s): stop it first, or choose another directory"
              .formatted(data, holder.get()));
    }
  }

  private ParameterException wrong(String explanation) {
    return new ParameterException(spec.commandLine(), explanation);
  }

  private Path directory() throws IOException {
    if (data == null) {
      return Files.createTempDirectory("feedrate-demo-");
    }
    return Files.createDirectories(data).toAbsolutePath();
  }

  private Collector collector(SimulatedLine line, Path directory)
      throws IOException, ConfigException, ProfileException {
    if (port != null) {
      return collector(line, directory, port);
    }
    try {
      return collector(line, directory, USUAL_PORT);
    } catch (IOException e) {
      return collector(line, directory, FREE_PORT);
    }
  }

  private static Collector collector(SimulatedLine line, Path directory, int port)
      throws IOException, ConfigException, ProfileException {
    Path file = directory.resolve("gateway.yaml");
    LineConfig.Options options = LineConfig.Options.demo(directory, "127.0.0.1:" + port);
    Files.writeString(file, LineConfig.gatewayYaml(line, options));
    GatewayConfig config = ConfigLoader.load(file);
    return Collector.start(config, VersionCommand.version());
  }

  private Optional<String> run(Collector collector, Path directory, PrintWriter out) {
    CompletableFuture<Optional<Throwable>> end = collector.end();
    Thread hook = new Thread(collector::close, "demo-shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    out.printf("Page:  http://127.0.0.1:%d/%n", collector.address().port());
    out.printf("Data:  %s%n", directory);
    out.println(time == null ? "Ctrl-C ends it." : "Measuring for " + words(time) + " …");
    out.flush();
    Optional<Throwable> failure = waitFor(end, collector);
    return failure.isPresent() ? Optional.empty() : Optional.of(report(collector, directory));
  }

  /** Until the time is over, and what was measured by then is settled; or until it ends itself. */
  private Optional<Throwable> waitFor(
      CompletableFuture<Optional<Throwable>> end, Collector collector) {
    if (time == null) {
      return end.join();
    }
    long settleNs =
        collector.register().latenessNs() + TimeUnit.SECONDS.toNanos(SETTLE_EXTRA_SECONDS);
    try {
      return end.get(time.toNanos() + settleNs, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(e);
    }
  }

  private static String report(Collector collector, Path directory) {
    long toNs = collector.journal().clock().nowNs();
    try (StoreReader reader = collector.reader()) {
      long fromNs = reader.firstStartNs().orElse(toNs - 1);
      Assessment assessment = collector.assessor().assess(reader, LineConfig.SITE, fromNs, toNs);
      return """

          %s
          The data stays in %s
          Recompute it:  ./feedrate replay --data %s --verify
          """
          .formatted(AssessmentTable.render(assessment, Kpis.ALL), directory, directory);
    }
  }

  private static String words(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }
}
