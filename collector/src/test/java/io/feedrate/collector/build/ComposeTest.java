package io.feedrate.collector.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The deployment files fit together. No container engine is needed. */
final class ComposeTest {
  private static final String PINNED = ".+:v?\\d+\\.\\d+\\.\\d+\\S*";

  private final Path root = SourceTree.root();
  private final Map<String, Object> compose = yaml("docker-compose.yml");
  private final Map<String, Object> services = map(compose.get("services"));

  @Test
  void theWholeHouseIsThere() {
    assertThat(services)
        .containsOnlyKeys("simulator", "broker", "collector", "prometheus", "influxdb", "grafana");
  }

  @Test
  void everyImageIsPinned() {
    services.forEach(
        (name, service) -> assertThat((String) map(service).get("image")).as(name).matches(PINNED));
    Matcher from = Pattern.compile("(?m)^FROM (\\S+)(?: AS (\\S+))?").matcher(text("Dockerfile"));
    while (from.find()) {
      assertThat(from.group(1)).matches(PINNED + "|runtime");
    }
  }

  @Test
  void everyServiceIsWatchedAndRunsAsAnOrdinaryUser() {
    assertThat(text("Dockerfile")).contains("USER 10001:10001");
    services.forEach(
        (name, value) -> {
          Map<String, Object> service = map(value);
          assertThat(service).as(name).containsKeys("healthcheck", "restart");
          if (!service.containsKey("build")) {
            assertThat((String) service.get("user")).as(name).matches("[1-9]\\d*:\\d+");
          }
        });
  }

  @Test
  void everyMountedFileExistsAndEveryVolumeIsDeclared() {
    services.forEach(
        (name, service) -> {
          for (String mount : list(map(service).get("volumes"))) {
            String source = mount.substring(0, mount.indexOf(':'));
            if (source.startsWith("./")) {
              assertThat(root.resolve(source)).as(name).exists();
            } else {
              assertThat(map(compose.get("volumes"))).as(name).containsKey(source);
            }
          }
          for (String secret : list(map(service).get("secrets"))) {
            assertThat(map(compose.get("secrets"))).containsKey(secret);
          }
        });
    map(compose.get("secrets"))
        .values()
        .forEach(secret -> assertThat(root.resolve((String) map(secret).get("file"))).exists());
  }

  @Test
  void portsAreOpenToThisMachineOnly() {
    services.forEach(
        (name, service) -> {
          for (String port : list(map(service).get("ports"))) {
            assertThat(port).as(name).startsWith("127.0.0.1:");
          }
        });
  }

  @Test
  void theBuildTargetsExist() {
    for (String name : List.of("simulator", "collector")) {
      Map<String, Object> build = map(map(services.get(name)).get("build"));
      assertThat(text("Dockerfile")).containsPattern("FROM \\S+ AS " + build.get("target") + "\\n");
    }
  }

  @Test
  void theGatewayReadsWhatTheSimulatorAndTheBrokerServe() {
    Map<String, Object> gateway = yaml("config/gateway-compose.yaml");
    String simulator = String.valueOf(map(services.get("simulator")).get("command"));
    int machines = 0;
    for (Object source : map(gateway.get("sources")).values()) {
      Object opcua = map(source).get("opcua");
      if (opcua != null) {
        URI endpoint = URI.create((String) map(opcua).get("endpoint"));
        assertThat(endpoint.getHost()).isEqualTo("simulator");
        assertThat(endpoint.getPort()).isEqualTo(4840 + machines++);
      }
    }
    assertThat(machines).isEqualTo(5);
    assertThat(simulator)
        .contains("--host, simulator")
        .contains("--opcua-port, 4840")
        .contains("--mqtt-port, 1883");
    assertThat(text("config/mosquitto.conf"))
        .contains("\nlistener 1883\n")
        .contains("\naddress simulator:1883\n");
    assertThat(map(map(gateway.get("brokers")).get("plant")))
        .containsEntry("url", "tcp://broker:1883");
  }

  @Test
  void whatTheGatewayServesIsWhatPrometheusAndTheUserReach() {
    Map<String, Object> gateway = yaml("config/gateway-compose.yaml");
    assertThat(map(gateway.get("gateway")))
        .containsEntry("http", Map.of("listen", "0.0.0.0:8080", "tls", "none", "access", "open"))
        .containsEntry("data", "/var/lib/feedrate");
    assertThat(list(map(services.get("collector")).get("ports")))
        .containsExactly("127.0.0.1:8080:8080");
    assertThat(yaml("config/prometheus.yml").toString()).contains("targets=[collector:8080]");
  }

  @Test
  void theGatewayWritesToTheBucketThatInfluxDbHasWithItsToken() {
    Map<String, Object> influx = map(yaml("config/gateway-compose.yaml").get("influx"));
    Map<String, Object> server = map(map(services.get("influxdb")).get("environment"));
    assertThat(influx)
        .containsEntry("url", "http://influxdb:8086")
        .containsEntry("org", server.get("DOCKER_INFLUXDB_INIT_ORG"))
        .containsEntry("bucket", server.get("DOCKER_INFLUXDB_INIT_BUCKET"));
    assertThat(root.resolve("config").resolve((String) influx.get("token-file")))
        .isRegularFile()
        .isEqualTo(
            root.resolve(
                    (String) map(map(compose.get("secrets")).get("influxdb-token")).get("file"))
                .normalize());
  }

  @Test
  void grafanaReadsTheServersOfTheHouse() {
    String sources = text("grafana/provisioning/datasources/feedrate.yaml");
    assertThat(sources).contains("http://prometheus:9090", "http://influxdb:8086");
    assertThat(text("grafana/provisioning/dashboards/feedrate.yaml"))
        .contains("/var/lib/grafana/dashboards");
    assertThat(list(map(services.get("grafana")).get("volumes")))
        .contains("./grafana/dashboards:/var/lib/grafana/dashboards:ro");
  }

  @Test
  void theImageIsBuiltFromWhatTheBuildNeeds() {
    List<String> kept = text(".dockerignore").lines().toList();
    for (String needed : List.of("!.mvn", "!mvnw", "!pom.xml", "!config", "!kpi-engine")) {
      assertThat(kept).contains(needed);
    }
    assertThat(Files.isExecutable(root.resolve("mvnw"))).isTrue();
  }

  private String text(String file) {
    return SourceTree.text(root.resolve(file));
  }

  private Map<String, Object> yaml(String file) {
    return map(new Yaml(new SafeConstructor(new LoaderOptions())).load(text(file)));
  }

  @SuppressWarnings("unchecked") // YAML mappings of these files have text keys
  private static Map<String, Object> map(@Nullable Object value) {
    assertThat(value).isInstanceOf(Map.class);
    return (Map<String, Object>) Objects.requireNonNull(value);
  }

  private static List<String> list(@Nullable Object value) {
    return value == null ? List.of() : ((List<?>) value).stream().map(String::valueOf).toList();
  }
}
