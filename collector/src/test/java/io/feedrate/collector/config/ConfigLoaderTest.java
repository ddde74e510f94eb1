package io.feedrate.collector.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.feedrate.collector.config.GatewayConfig.AssetConfig;
import io.feedrate.collector.config.GatewayConfig.Broker;
import io.feedrate.collector.config.GatewayConfig.Credentials;
import io.feedrate.collector.config.GatewayConfig.HttpAddress;
import io.feedrate.collector.config.GatewayConfig.MqttVersion;
import io.feedrate.collector.config.GatewayConfig.OpcUaSource;
import io.feedrate.collector.config.GatewayConfig.SignalConfig;
import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Calendar;
import io.feedrate.kpi.Role;
import io.feedrate.kpi.SignalMode;
import io.feedrate.kpi.TimeElements;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigLoaderTest extends ConfigErrors {

  static Stream<Path> shippedConfigs() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("../config"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).toList().stream()
          .filter(ConfigLoaderTest::isGateway);
    }
  }

  /** Prometheus and others have their files there, too. */
  private static boolean isGateway(Path file) {
    try {
      return file.getFileName().toString().startsWith("gateway")
          || Files.readString(file).lines().anyMatch(line -> line.startsWith("gateway:"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("shippedConfigs")
  void everyShippedGatewayConfigIsRight(Path file) throws Exception {
    assertThat(ConfigLoader.load(file).assets()).isNotEmpty();
  }

  @Test
  void whatIsLeftOutHasItsDefault() throws Exception {
    GatewayConfig config = load(base());

    assertThat(config.data()).isEqualTo(directory.resolve("data"));
    assertThat(config.http().listen()).isEqualTo(new HttpAddress("127.0.0.1", 8080));
    assertThat(config.kpi())
        .isEqualTo(
            new GatewayConfig.KpiSettings(
                Duration.ofMinutes(1),
                Duration.ofHours(1),
                Duration.ofSeconds(10),
                Duration.ofDays(1),
                Duration.ofHours(1),
                Duration.ofDays(1),
                Duration.ofSeconds(1)));
    assertThat(config.calendar()).isEqualTo(Calendar.UTC);
    assertThat(config.timeElements()).isEqualTo(TimeElements.OPC_40501);
    assertThat(config.qualifications()).isEmpty();
    assertThat(config.journal())
        .isEqualTo(
            new GatewayConfig.JournalSettings(
                Duration.ofSeconds(1), 8L << 30, Duration.ofDays(30)));
    assertThat(config.sources().get(0))
        .isEqualTo(
            new OpcUaSource(
                "mill",
                Optional.empty(),
                "opc.tcp://192.0.2.11:4840",
                Duration.ofMillis(500),
                "None",
                "None",
                Optional.empty()));
    assertThat(config.broker("plant"))
        .isEqualTo(
            new Broker(
                "plant",
                URI.create("tcp://192.0.2.20:1883"),
                MqttVersion.V5,
                "feedrate-gw",
                Optional.empty(),
                Duration.ofSeconds(15),
                Duration.ofDays(1)));
    assertThat(config.influx()).isEmpty();
    assertThat(config.profile()).isEqualTo("aimm-provisional");
  }

  @Test
  void anAssetHasTheSignalsOfItsTemplateAndThenItsOwn() throws Exception {
    AssetConfig mill = load(base()).assets().get(0);

    assertThat(mill.kind()).isEqualTo(Asset.Kind.MACHINE);
    assertThat(mill.signals())
        .containsExactly(
            new SignalConfig(
                "program",
                "ns=2;s=cnc-01.Program",
                "1",
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofMillis(500),
                SignalMode.PERIODIC,
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                true,
                Role.NONE,
                "",
                ""),
            new SignalConfig(
                "speed",
                "ns=2;s=Speed",
                "1/min",
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                Duration.ofMillis(50),
                SignalMode.PERIODIC,
                0,
                12000,
                false,
                Role.NONE,
                "",
                ""));
  }

  @Test
  void aSignalOfTheSameNameChangesOnlyWhatItSays() throws Exception {
    GatewayConfig config =
        load(
            base(
                "      - name: speed",
                "      - name: program\n        period: 5s\n      - name: speed"));

    List<SignalConfig> signals = config.assets().get(0).signals();
    assertThat(signals).extracting(SignalConfig::name).containsExactly("program", "speed");
    assertThat(signals.get(0).address()).isEqualTo("ns=2;s=cnc-01.Program");
    assertThat(signals.get(0).period()).isEqualTo(Duration.ofSeconds(5));
    assertThat(signals.get(0).text()).isTrue();
  }

  @Test
  void variablesOfAnAssetStandInItsAddresses() throws Exception {
    String text =
        base("s=${name}.Program", "s=${name}.Channel${channel}")
            .replace("    template: cnc\n", "    template: cnc\n    vars: {channel: 2}\n");

    assertThat(load(text).assets().get(0).signals().get(0).address())
        .isEqualTo("ns=2;s=cnc-01.Channel2");
  }

  @Test
  void secretsComeOutOfFilesAndTheEnvironment() throws Exception {
    Files.writeString(directory.resolve("plant.password"), "hunter2\n");
    GatewayConfig config =
        load(
            base(
                    "    url: tcp",
                    "    username: joe\n    password-file: plant.password\n    url: tcp")
                .replace(
                    "site:",
                    "influx:\n  url: http://192.0.2.30:8086\n  bucket: b\n"
                        + "  token: ${ENV:FEEDRATE_SECRET}\nsite:"));

    assertThat(config.broker("plant").user()).contains(new Credentials("joe", "hunter2"));
    assertThat(config.influx().orElseThrow().token()).isEqualTo("open sesame");
    assertThat(config.toString()).doesNotContain("hunter2", "open sesame");
  }

  @Test
  void allErrorsAreToldAtOnceInTheOrderOfTheFile() {
    String text =
        base()
            .replace("  id: gw\n", "")
            .replace("broker: plant", "broker: plnat")
            .replace("period: 100ms", "periode: 100")
            .replace("mode: periodic", "mode: polled")
            .replace("unit: Cel", "unit: celsius")
            .replace("approver: production planning", "aprover: me");

    ConfigException e = catchThrowableOfType(ConfigException.class, () -> load(text));

    assertThat(e.errors())
        .extracting(error -> error.line() + " " + error.path())
        .containsExactly(
            "1 gateway",
            "9 sources.camera.mqtt.broker",
            "30 assets[0].signals[0].periode",
            "31 assets[0].signals[0].mode",
            "39 assets[1].signals[0].unit",
            "46 exclusions[0].aprover");
    assertThat(e.getMessage().lines()).hasSize(6);
  }

  @Test
  void aByteOrderMarkIsNoError() throws Exception {
    assertThat(load("\uFEFF" + base()).id()).isEqualTo("gw");
  }

  @Test
  void aTextThatIsNotUtf8IsRefusedWithItsLine() throws Exception {
    Path file = directory.resolve("latin1.yaml");
    Files.write(file, "gateway:\n  id: Fräse\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> ConfigLoader.load(file))
        .hasMessage(file + ":2: the text is not UTF-8. Save the file as UTF-8.");
  }

  @Test
  void aFileThatIsMissingEmptyOrTooLargeIsRefused() throws Exception {
    Path none = directory.resolve("none.yaml");
    assertThatThrownBy(() -> ConfigLoader.load(none))
        .hasMessage(none + ": there is no such file. Name it with -c FILE.");
    assertThatThrownBy(() -> ConfigLoader.load(directory))
        .hasMessage(directory + ": the file cannot be read: it is a directory");
    assertThatThrownBy(() -> load("# nothing\n")).hasMessageContaining(":1: the file is empty.");
    byte[] large = new byte[YamlDocument.MAX_BYTES + 1];
    Arrays.fill(large, (byte) '#');
    Path file = Files.write(directory.resolve("large.yaml"), large);
    assertThatThrownBy(() -> ConfigLoader.load(file))
        .hasMessageContaining("the file is larger than 8 MiB");
  }

  @Test
  void aliasesThatGrowWithoutLimitAreRefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      bomb.append(String.format("a%d: &a%d [*a%d, *a%d]\n", i, i, i - 1, i - 1));
    }
    assertThatThrownBy(() -> load(bomb.toString()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("aliases included");
    assertThatThrownBy(() -> load("a: &a [*a]\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("holds itself");
    assertThatThrownBy(() -> load("a: " + "[".repeat(100_000))).isInstanceOf(ConfigException.class);
  }

  @Test
  void aliasesThatSaveTypingAreAllowed() throws Exception {
    String text =
        base("period: 1s\n        type", "period: &p 1s\n        type")
            .replace("period: 100ms", "period: *p");

    assertThat(load(text).assets().get(0).signals().get(1).period())
        .isEqualTo(Duration.ofSeconds(1));
  }
}
