package io.feedrate.collector.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.feedrate.collector.config.GatewayConfig.MqttSource;
import io.feedrate.collector.config.GatewayConfig.OpcUaSource;
import io.feedrate.collector.config.GatewayConfig.SignalConfig;
import io.feedrate.collector.config.GatewayConfig.Source;
import io.feedrate.kpi.Role;
import io.feedrate.kpi.SignalMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads one signal of one asset, or of a template to see whether it could be used. */
final class SignalReader {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)\\}");
  private static final Map<String, Role> ROLES =
      Arrays.stream(Role.values())
          .collect(Collectors.toMap(SignalReader::name, Function.identity()));
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration LEAST_SAMPLING = Duration.ofMillis(50);

  private final Units units = new Units();

  /**
   * Reads a signal of an asset.
   *
   * @param source null where the source is unknown: then the address is not judged
   * @param vars what stands for {@code ${...}} in addresses
   * @param owner who answers for signals of the asset that do not name somebody
   */
  SignalConfig read(Entry entry, @Nullable Source source, Map<String, String> vars, String owner) {
    String name = entry.text("name", "");
    SignalMode mode = mode(entry.text("mode", "periodic"));
    if (!entry.has("period") && mode != SignalMode.EVENT) {
      entry.missing("period", "Add how often a value must come, such as \"period: 1s\".");
    }
    return signal(entry, name, mode, address(entry, name, source, vars), owner);
  }

  /** Checks a template's signal without an asset: addresses may have any variable. */
  void check(Entry entry) {
    signal(entry, entry.text("name", ""), mode(entry.text("mode", "periodic")), "", "");
    Optional<String> node = entry.text("node");
    if (node.isPresent() && !node.get().contains("${")) {
      entry.parse(node.get(), "node", NodeIds::parse, "");
    }
  }

  private SignalConfig signal(
      Entry entry, String name, SignalMode mode, String address, String owner) {
    Duration period = entry.duration("period", SECOND);
    Duration sampling = entry.duration("sampling", defaultSampling(period));
    if (entry.has("sampling") && entry.has("period") && sampling.compareTo(period) > 0) {
      entry.problem(
          "sampling",
          String.format(
              "sampling every %s cannot give a value every %s",
              Durations.format(sampling), Durations.format(period)),
          "Leave it out, or take half the period.");
    }
    boolean text = entry.text("type", "number").equals("text");
    double[] range = range(entry, text);
    return new SignalConfig(
        name,
        address,
        entry.parsed("unit", units::parse, "1"),
        period,
        entry.duration("deadline", period.compareTo(SECOND) > 0 ? period : SECOND),
        sampling,
        mode,
        range[0],
        range[1],
        text,
        role(entry, text),
        entry.text("owner", owner),
        entry.text("semantic-id", ""));
  }

  private static Role role(Entry entry, boolean text) {
    String name = entry.text("role", "");
    Role role = ROLES.getOrDefault(name, Role.NONE);
    if (role != Role.NONE && text) {
      entry.problem("role", "a text cannot be " + name, "Name the signal that has it as a number.");
    }
    return role;
  }

  /** The role as configurations have it. */
  static String name(Role role) {
    return role.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Half the period, so that jitter does not skip a slot; not under 50 ms, not over the period. */
  static Duration defaultSampling(Duration period) {
    Duration half = period.dividedBy(2);
    Duration sampling = half.compareTo(LEAST_SAMPLING) < 0 ? LEAST_SAMPLING : half;
    return sampling.compareTo(period) > 0 ? period : sampling;
  }

  private static SignalMode mode(String text) {
    return switch (text) {
      case "on-change" -> SignalMode.ON_CHANGE;
      case "event" -> SignalMode.EVENT;
      default -> SignalMode.PERIODIC;
    };
  }

  private static double[] range(Entry entry, boolean text) {
    double[] range = {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
    if (text) {
      for (String key : new String[] {"range", "unit"}) {
        if (entry.has(key)) {
          entry.problem(key, "a text has no " + key, "Remove it, or remove \"type: text\".");
        }
      }
      return range;
    }
    Entry.Field field = entry.fields().get("range");
    JsonNode values = field == null ? null : field.value();
    if (values == null || !values.isArray() || values.size() != 2) {
      return range;
    }
    for (int i = 0; i < 2; i++) {
      range[i] = values.get(i).isNumber() ? values.get(i).doubleValue() : range[i];
    }
    if (range[0] >= range[1]) {
      entry.problem(
          "range",
          String.format("the range begins at %s and ends at %s", values.get(0), values.get(1)),
          "Write the smaller value first, such as [0, 100]; null leaves one end open.");
    }
    return range;
  }

  private static String address(
      Entry entry, String name, @Nullable Source source, Map<String, String> vars) {
    if (source instanceof OpcUaSource) {
      if (!entry.has("node")) {
        entry.missing(
            "node",
            "Source "
                + Texts.quote(source.name())
                + " speaks OPC UA: add the node id, such as \"node: ns=2;s=Spindle.Speed\".");
        return "";
      }
      return entry.parsed("node", text -> NodeIds.parse(substitute(text, vars)), "");
    }
    if (source instanceof MqttSource) {
      if (entry.has("node") && !entry.has("key")) {
        entry.problem(
            "node",
            "a node id is for OPC UA, but source " + Texts.quote(source.name()) + " speaks MQTT",
            "Write \"key:\" with the name in the payload, or leave both out if it is the signal's"
                + " name.");
      }
      return entry.parsed("key", text -> substitute(text, vars), name);
    }
    return name;
  }

  private static String substitute(String text, Map<String, String> vars) throws BadValueException {
    Matcher matcher = VARIABLE.matcher(text);
    StringBuilder out = new StringBuilder();
    while (matcher.find()) {
      String value = vars.get(matcher.group(1));
      if (value == null) {
        throw new BadValueException(
            String.format(
                "asset %s has no variable %s",
                Texts.quote(String.valueOf(vars.get("name"))), Texts.quote(matcher.group(1))),
            "Add it under \"vars:\" of the asset. "
                + Texts.suggestion(matcher.group(1), vars.keySet()));
      }
      matcher.appendReplacement(out, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(out).toString();
  }
}
