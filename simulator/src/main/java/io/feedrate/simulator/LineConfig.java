package io.feedrate.simulator;

import io.feedrate.kpi.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Writes the gateway configuration that fits a running line. */
public final class LineConfig {
  /** Path that all assets of the line are below. */
  public static final String SITE = "demo/works";

  /** Name of the line below the site. */
  public static final String LINE = "line-1";

  private static final List<String> SUPPLIERS =
      List.of("Aldenbrook Machine Tools", "Kestrel Precision", "Nordhavn Werke");

  private static final String VISION_SUPPLIER = "Halden Vision";

  private static final Duration SOAK = Duration.ofSeconds(20);

  /**
   * What is up to the gateway and not to the line.
   *
   * @param data data directory of the gateway
   * @param http address of page and API, such as {@code 127.0.0.1:8080}
   * @param revisable how long after it was closed a window is revised by what comes late
   * @param publishing OPC UA publishing interval
   */
  public record Options(
      Path data,
      String http,
      Duration window,
      Duration lateness,
      Duration revisable,
      Duration modelUpdateDeadline,
      Duration publishing) {

    /** For the demo: windows of 10 s, so that the first figures come soon. */
    public static Options demo(Path data, String http) {
      return new Options(
          data,
          http,
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofMinutes(10),
          Duration.ofSeconds(15),
          Duration.ofMillis(500));
    }
  }

  private LineConfig() {}

  /** The configuration as YAML. */
  public static String gatewayYaml(SimulatedLine line, Options options) {
    StringBuilder yaml = new StringBuilder(8_192);
    head(yaml, options);
    sources(yaml, line, options);
    brokers(yaml, line);
    templates(yaml, line);
    assets(yaml, line);
    calendar(yaml);
    qualifications(yaml, line);
    return yaml.toString();
  }

  private static void head(StringBuilder yaml, Options options) {
    line(yaml, "# A gateway that reads the simulated line.");
    line(yaml, "gateway:");
    line(yaml, "  id: gw-demo");
    line(yaml, "  data: %s", quoted(options.data().toString()));
    line(yaml, "  http: %s", quoted(options.http()));
    line(yaml, "");
    line(yaml, "site: %s", SITE);
    line(yaml, "");
    line(yaml, "kpi:");
    line(yaml, "  window: %s", text(options.window()));
    line(yaml, "  signal-window: %s", text(options.window()));
    line(yaml, "  lateness: %s", text(options.lateness()));
    line(yaml, "  revisable: %s", text(options.revisable()));
    line(yaml, "  model-update-deadline: %s", text(options.modelUpdateDeadline()));
    line(yaml, "  model-update-soak: %s", text(SOAK));
    line(yaml, "");
  }

  private static void sources(StringBuilder yaml, SimulatedLine line, Options options) {
    line(yaml, "sources:");
    for (String machine : line.machines()) {
      line(yaml, "  %s:", machine);
      line(yaml, "    opcua:");
      line(yaml, "      endpoint: %s", line.endpoint(machine));
      line(yaml, "      publishing: %s", text(options.publishing()));
    }
    for (String node : line.nodes()) {
      mqttSource(yaml, node);
    }
    mqttSource(yaml, SimulatedLine.registrySource());
    mqttSource(yaml, SimulatedLine.controllerSource());
    line(yaml, "");
  }

  private static void mqttSource(StringBuilder yaml, String source) {
    line(yaml, "  %s:", source);
    line(yaml, "    mqtt:");
    line(yaml, "      broker: line");
    line(yaml, "      topic: %s", SimulatedLine.topic(source));
  }

  private static void brokers(StringBuilder yaml, SimulatedLine line) {
    line(yaml, "brokers:");
    line(yaml, "  line:");
    line(yaml, "    url: %s", line.brokerUrl());
    line(yaml, "    version: 3.1.1");
    line(yaml, "    client-id: feedrate-gw-demo");
    line(yaml, "");
  }

  private static void templates(StringBuilder yaml, SimulatedLine line) {
    line(yaml, "templates:");
    if (!line.machines().isEmpty()) {
      template(yaml, "mill", "machine", line.signals(line.machines().get(0)));
    }
    if (!line.nodes().isEmpty()) {
      template(yaml, "camera", "node", line.signals(line.nodes().get(0)));
    }
    line(yaml, "");
  }

  private static void template(
      StringBuilder yaml, String name, String kind, List<SignalSpec> signals) {
    boolean machine = kind.equals("machine");
    line(yaml, "  %s:", name);
    line(yaml, "    kind: %s", kind);
    line(yaml, "    owner: %s", machine ? "line maintenance" : "quality engineering");
    if (machine) {
      line(yaml, "    ideal-cycle: %s", text(MachineModel.IDEAL_CYCLE));
    }
    line(yaml, "    signals:");
    for (SignalSpec signal : signals) {
      line(yaml, "      - name: %s", signal.name());
      if (machine) {
        line(yaml, "        node: nsu=%s;s=%s", SignalSpec.NAMESPACE, signal.address());
      } else {
        line(yaml, "        key: %s", signal.address());
      }
      requirement(yaml, signal, machine);
    }
  }

  private static void requirement(StringBuilder yaml, SignalSpec signal, boolean machine) {
    line(yaml, "        period: %s", text(signal.period()));
    line(yaml, "        mode: %s", signal.isPeriodic() ? "periodic" : "on-change");
    if (machine) {
      line(yaml, "        sampling: %s", text(signal.write()));
    }
    if (signal.type() == SignalSpec.ValueType.TEXT) {
      line(yaml, "        type: text");
      return;
    }
    if (signal.role() != Role.NONE) {
      String role = signal.role().name().toLowerCase(Locale.ROOT).replace('_', '-');
      line(yaml, "        role: %s", role);
    }
    if (!signal.semanticId().isEmpty()) {
      line(yaml, "        semantic-id: %s", signal.semanticId());
    }
    line(yaml, "        unit: %s", quoted(signal.unit()));
    line(yaml, "        range: [%s, %s]", number(signal.min()), number(signal.max()));
  }

  private static void assets(StringBuilder yaml, SimulatedLine line) {
    line(yaml, "assets:");
    for (int i = 0; i < line.machines().size(); i++) {
      String supplier = SUPPLIERS.get(i % SUPPLIERS.size());
      asset(yaml, line.machines().get(i), "mill", supplier);
    }
    for (String node : line.nodes()) {
      asset(yaml, node, "camera", VISION_SUPPLIER);
    }
  }

  /** It works round the clock: a demo can be started at any hour. */
  private static void calendar(StringBuilder yaml) {
    line(yaml, "");
    line(yaml, "calendar:");
    line(yaml, "  zone: Europe/Berlin");
    line(yaml, "  shifts:");
    line(yaml, "    - {name: early, from: \"06:00\", to: \"14:00\"}");
    line(yaml, "    - {name: late, from: \"14:00\", to: \"22:00\"}");
    line(yaml, "    - {name: night, from: \"22:00\", to: \"06:00\"}");
  }

  private static void qualifications(StringBuilder yaml, SimulatedLine line) {
    line(yaml, "");
    line(yaml, "qualifications:");
    for (String person : Operators.PSEUDONYMS) {
      String machine = Operators.trainedFor(person);
      boolean isOne = line.machines().contains(machine);
      line(
          yaml,
          "  - {person: %s, subject: %s, from: 2020-01-01, to: %s}",
          person,
          isOne ? LINE + "/" + machine : LINE,
          Operators.trainedUntil(person));
    }
  }

  private static void asset(StringBuilder yaml, String name, String template, String supplier) {
    line(yaml, "  - name: %s", name);
    line(yaml, "    line: %s", LINE);
    line(yaml, "    template: %s", template);
    line(yaml, "    source: %s", name);
    line(yaml, "    supplier: %s", supplier);
  }

  private static String text(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static void line(StringBuilder yaml, String format, Object... arguments) {
    yaml.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
