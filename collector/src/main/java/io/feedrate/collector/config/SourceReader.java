package io.feedrate.collector.config;

import io.feedrate.collector.config.GatewayConfig.Broker;
import io.feedrate.collector.config.GatewayConfig.MqttSource;
import io.feedrate.collector.config.GatewayConfig.MqttVersion;
import io.feedrate.collector.config.GatewayConfig.OpcUaSource;
import io.feedrate.collector.config.GatewayConfig.Source;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads sources and brokers, and checks them against each other. */
final class SourceReader {

  private static final Duration PUBLISHING = Duration.ofMillis(500);
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);
  private static final Duration SESSION_EXPIRY = Duration.ofDays(1);
  private static final int MAX_KEEP_ALIVE_S = 65_535;
  private static final int MAX_TOPIC_BYTES = 1_000;

  private final Problems problems;
  private final Secrets secrets;
  private final Map<String, Broker> brokers = new LinkedHashMap<>();
  private final Map<String, Source> sources = new LinkedHashMap<>();

  SourceReader(Problems problems, Secrets secrets) {
    this.problems = problems;
    this.secrets = secrets;
  }

  void read(Entry top, String gatewayId) {
    Map<String, String> sessions = new HashMap<>();
    top.children("brokers")
        .forEach((name, entry) -> brokers.put(name, broker(name, entry, gatewayId, sessions)));
    Map<MqttSource, String> topics = new LinkedHashMap<>();
    top.children("sources")
        .forEach(
            (name, entry) -> {
              Source source = source(name, entry);
              sources.put(name, source);
              if (source instanceof MqttSource mqtt && !mqtt.topic().isEmpty()) {
                topics.put(mqtt, entry.child("mqtt").path("topic"));
              }
            });
    overlaps(topics);
  }

  /** By name, in the order of the file. */
  Map<String, Source> sources() {
    return sources;
  }

  List<Broker> brokers() {
    return new ArrayList<>(brokers.values());
  }

  private Source source(String name, Entry entry) {
    if (entry.has("opcua") && entry.has("mqtt")) {
      entry.problem(
          "one source speaks one protocol, here are opcua and mqtt", "Make two sources of it.");
    } else if (!entry.has("opcua") && !entry.has("mqtt")) {
      entry.problem(
          "the protocol is missing", "Add \"opcua:\" or \"mqtt:\" below it, with its settings.");
    }
    Optional<Duration> lateness =
        entry.has("lateness")
            ? Optional.of(KpiReader.lateness(entry, KpiReader.LATENESS))
            : Optional.empty();
    return entry.has("mqtt")
        ? mqtt(name, lateness, entry.child("mqtt"))
        : opcUa(name, lateness, entry.child("opcua"));
  }

  private OpcUaSource opcUa(String name, Optional<Duration> lateness, Entry entry) {
    String policy = entry.text("security-policy", "None");
    String mode = entry.text("security-mode", policy.equals("None") ? "None" : "SignAndEncrypt");
    if (policy.equals("None") && !mode.equals("None")) {
      entry.problem(
          "security-mode",
          "security mode " + mode + " needs a security policy",
          "Add \"security-policy: Basic256Sha256\", or write \"security-mode: None\".");
    } else if (!policy.equals("None") && mode.equals("None")) {
      entry.problem(
          "security-mode",
          "security policy " + policy + " has no effect with mode None",
          "Write \"security-mode: SignAndEncrypt\" or \"Sign\".");
    }
    return new OpcUaSource(
        name,
        lateness,
        entry.parsed("endpoint", Urls::opcUa, ""),
        entry.duration("publishing", PUBLISHING),
        policy,
        mode,
        secrets.credentials(entry));
  }

  private MqttSource mqtt(String name, Optional<Duration> lateness, Entry entry) {
    String broker = entry.text("broker", "");
    if (!broker.isEmpty() && !brokers.containsKey(broker)) {
      entry.problem(
          "broker",
          "there is no broker " + Texts.quote(broker),
          brokers.isEmpty()
              ? "Add it under \"brokers:\"."
              : entry.suggestion(broker, brokers.keySet()));
    }
    return new MqttSource(name, lateness, broker, entry.parsed("topic", SourceReader::topic, ""));
  }

  private static String topic(String text) throws BadValueException {
    String form = "Write it like feedrate/v1/vision-01.";
    if (text.contains("+") || text.contains("#")) {
      throw new BadValueException("a topic must not have the wildcards + and #", form);
    }
    if (text.isBlank() || text.startsWith("/") || text.endsWith("/") || text.contains("//")) {
      throw new BadValueException("a topic must not have empty levels", form);
    }
    if (text.startsWith("$")) {
      throw new BadValueException("topics that begin with $ belong to the broker", form);
    }
    boolean control = text.chars().anyMatch(Character::isISOControl);
    if (control || text.getBytes(StandardCharsets.UTF_8).length > MAX_TOPIC_BYTES) {
      throw new BadValueException("a topic must be a short text without control characters", form);
    }
    return text;
  }

  private Broker broker(String name, Entry entry, String gatewayId, Map<String, String> sessions) {
    URI url = entry.parsed("url", Urls::mqtt, URI.create("tcp://localhost:1883"));
    String clientId = entry.text("client-id", "feedrate-" + gatewayId);
    String session = url + "\n" + clientId;
    if (entry.has("url") && !problems.at(entry.path("url"))) {
      String other = sessions.putIfAbsent(session, name);
      if (other != null) {
        entry.problem(
            "client-id",
            String.format(
                "broker %s has the same url and the client-id %s too",
                Texts.quote(other), Texts.quote(clientId)),
            "A broker throws one of two such clients out: give each a client-id of its own.");
      }
    }
    Duration keepAlive = entry.duration("keep-alive", KEEP_ALIVE);
    if (keepAlive.toSeconds() < 1 || keepAlive.toSeconds() > MAX_KEEP_ALIVE_S) {
      entry.problem("keep-alive", "must be from 1s to 65535s", "15s is a good choice.");
    }
    String version = entry.scalar("version").orElse("5");
    Optional<GatewayConfig.Credentials> user = secrets.credentials(entry);
    return new Broker(
        name,
        url,
        version.equals("5") ? MqttVersion.V5 : MqttVersion.V3_1_1,
        clientId,
        user,
        keepAlive,
        entry.duration("session-expiry", SESSION_EXPIRY));
  }

  /** Two sources on one broker must not see each other's messages. */
  private void overlaps(Map<MqttSource, String> topics) {
    Map<String, MqttSource> taken = new HashMap<>();
    Map<String, MqttSource> beginnings = new HashMap<>();
    topics.forEach(
        (source, path) -> {
          String topic = source.broker() + "\n" + source.topic();
          MqttSource other = beginnings.get(topic);
          for (String level : levels(topic)) {
            other = other == null ? taken.get(level) : other;
          }
          if (other != null) {
            problems.add(
                path,
                String.format(
                    "overlaps with the topic %s of source %s on the same broker",
                    Texts.quote(other.topic()), Texts.quote(other.name())),
                "Give each source a topic that is not the beginning of another one's.");
          }
          taken.putIfAbsent(topic, source);
          levels(topic).forEach(level -> beginnings.putIfAbsent(level, source));
        });
  }

  /** The topic and all topics above it. */
  private static List<String> levels(String topic) {
    List<String> levels = new ArrayList<>();
    for (int end = topic.indexOf('/'); end >= 0; end = topic.indexOf('/', end + 1)) {
      levels.add(topic.substring(0, end));
    }
    levels.add(topic);
    return levels;
  }
}
