package io.feedrate.simulator;

import io.feedrate.collector.cli.ExitCodes;
import io.feedrate.collector.cli.FeedrateCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a simulated line by itself, until it is killed. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a simulated CNC line: OPC UA machines, an MQTT broker, inference nodes, a model"
          + " registry and operators.",
      "Stops when killed."
    })
public final class SimulateCommand implements FeedrateCommand {
  private static final int ORDER = 40;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--machines",
      defaultValue = "5",
      description = "OPC UA machines (${DEFAULT-VALUE})")
  private int machines;

  @Option(names = "--nodes", defaultValue = "2", description = "inference nodes (${DEFAULT-VALUE})")
  private int nodes;

  @Option(
      names = "--bind",
      defaultValue = "127.0.0.1",
      description = "address to listen on; 0.0.0.0 for all (${DEFAULT-VALUE})")
  private String bind = "";

  @Option(
      names = "--host",
      description = "name under which clients reach the line; the bind address if left out")
  private @Nullable String host;

  @Option(
      names = "--opcua-port",
      defaultValue = "4840",
      description =
          "port of the first machine, the others follow; 0 takes free ones" + " (${DEFAULT-VALUE})")
  private int opcUaPort;

  @Option(
      names = "--mqtt-port",
      defaultValue = "1883",
      description = "port of the broker; 0 takes a free one (${DEFAULT-VALUE})")
  private int mqttPort;

  @Option(names = "--seed", defaultValue = "1", description = "of all that is random")
  private long seed;

  @Option(
      names = "--model-every",
      defaultValue = "20",
      description = "seconds between model versions; 0 for none (${DEFAULT-VALUE})")
  private int modelEverySeconds;

  @Option(
      names = "--signals-per-machine",
      defaultValue = "0",
      description = "additional signals of each machine, to make load")
  private int loadSignals;

  @Option(
      names = "--rate",
      defaultValue = "10",
      description = "changes a second of each additional signal (${DEFAULT-VALUE})")
  private double loadRate;

  @Option(names = "--no-trouble", description = "no faults but those asked for")
  private boolean noTrouble;

  @Option(
      names = "--fault",
      paramLabel = "KIND:ASSET[:ARGUMENT...]",
      description = {
        "a fault that is in force from the start; may be repeated:",
        "cut:ASSET, silent-cut:ASSET, freeze:ASSET:SIGNAL, hang:MACHINE,",
        "bad:ASSET:SIGNAL:STATUSCODE, duplicate:NODE, delay:NODE:SECONDS,",
        "clock:ASSET:SECONDS, stall:NODE, lose:NODE:EVERY, wrong:ASSET:SIGNAL:KIND"
      })
  private List<String> faults = List.of();

  @Option(
      names = "--write-config",
      paramLabel = "FILE",
      description = "write the gateway configuration that fits to this file")
  private @Nullable Path configFile;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "data directory in that configuration (${DEFAULT-VALUE})")
  private Path data = Path.of("");

  @Option(
      names = "--http",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:8080",
      description = "address of the page in that configuration (${DEFAULT-VALUE})")
  private String http = "";

  @Override
  public int order() {
    return ORDER;
  }

  private LinePlan plan() {
    return LinePlan.demo()
        .withSize(machines, nodes)
        .withAddress(bind, host == null ? bind : host, opcUaPort, mqttPort)
        .withSeed(seed)
        .withModels(Duration.ofSeconds(modelEverySeconds), 1)
        .withLoad(loadSignals, loadRate)
        .withTrouble(!noTrouble);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (SimulatedLine line = start()) {
      Runtime.getRuntime().addShutdownHook(new Thread(line::close, "simulator-shutdown"));
      print(line);
      Path file = configFile;
      if (file != null) {
        Files.writeString(file, LineConfig.gatewayYaml(line, LineConfig.Options.demo(data, http)));
      }
      new CountDownLatch(1).await();
    }
    return ExitCodes.OK;
  }

  private SimulatedLine start() {
    LinePlan plan;
    List<Fault> wanted;
    try {
      plan = plan();
      wanted = faults.stream().map(FaultText::parse).toList();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    SimulatedLine line = SimulatedLine.start(plan);
    try {
      wanted.forEach(line::inject);
    } catch (IllegalArgumentException e) {
      line.close();
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    return line;
  }

  private void print(SimulatedLine line) {
    PrintWriter out = spec.commandLine().getOut();
    for (String machine : line.machines()) {
      out.println(machine + "  " + line.endpoint(machine));
    }
    for (String node : line.nodes()) {
      out.println(node + "  " + line.brokerUrl() + "  " + SimulatedLine.topic(node));
    }
    String registry = SimulatedLine.registrySource();
    out.println(registry + "  " + line.brokerUrl() + "  " + SimulatedLine.topic(registry));
    out.flush();
  }
}
