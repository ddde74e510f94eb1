package io.feedrate.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.feedrate.collector.cli.ExitCodes;
import io.feedrate.collector.cli.Feedrate;
import io.feedrate.collector.config.ConfigLoader;
import io.feedrate.collector.config.GatewayConfig;
import io.feedrate.kpi.Role;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SimulatedLineTest {
  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        // Timers that the libraries share over the whole process, and keep.
        .filter(thread -> !thread.getName().startsWith("milo-"))
        .filter(thread -> !thread.getName().startsWith("globalEventExecutor"))
        .filter(thread -> !thread.getName().startsWith("awaitility"))
        .collect(Collectors.toSet());
  }

  @Test
  void closingLeavesNoThreadAndNoPortBehind() throws IOException {
    Set<Thread> before = threads();
    SimulatedLine line = SimulatedLine.start(LinePlan.quiet());
    List<Integer> ports =
        List.of(
            URI.create(line.endpoint("cnc-01")).getPort(), URI.create(line.brokerUrl()).getPort());
    line.close();
    await()
        .untilAsserted(
            () -> {
              Set<Thread> left = threads();
              left.removeAll(before);
              assertThat(left).isEmpty();
            });
    for (int port : ports) {
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        assertThat(socket.isBound()).isTrue();
      }
    }
  }

  @Test
  @Timeout(20)
  void closesWhileCablesAreCut() {
    for (boolean silent : List.of(true, false)) {
      SimulatedLine line = SimulatedLine.start(LinePlan.quiet());
      line.inject(new Fault.CutCable("cnc-01", silent));
      line.inject(new Fault.CutCable("vision-01", silent));
      line.inject(new Fault.CutCable(SimulatedLine.BROKER, silent));
      line.close();
      line.close();
    }
  }

  @Test
  void brokerCableIsCutForOthersOnly() throws Exception {
    try (SimulatedLine line = SimulatedLine.start(LinePlan.quiet().withSize(0, 1))) {
      ActiveFault fault = line.inject(new Fault.CutCable(SimulatedLine.BROKER, false));
      assertThatThrownBy(() -> new BrokerListener(line.brokerUrl()))
          .isInstanceOf(MqttException.class);
      long before = line.truth().values("vision-01");
      await().until(() -> line.truth().values("vision-01") > before);
      line.clear(fault);
      try (BrokerListener listener = new BrokerListener(line.brokerUrl())) {
        await().until(() -> !listener.of("vision-01", "samples").isEmpty());
      }
    }
  }

  @Test
  void brokerThatBreaksIsStartedAnew() throws Exception {
    try (SimulatedLine line = SimulatedLine.start(LinePlan.quiet().withSize(0, 1))) {
      // Names that fall to different threads of the broker.
      for (String client : List.of("a", "b")) {
        await().ignoreExceptions().until(() -> breaksBroker(line.brokerUrl(), client));
      }
      await().ignoreExceptions().until(() -> receivesSamples(line.brokerUrl()));
    }
  }

  private static boolean receivesSamples(String url) throws Exception {
    try (BrokerListener listener = new BrokerListener(url)) {
      await().until(() -> !listener.of("vision-01", "samples").isEmpty());
      return true;
    }
  }

  /** Acknowledges a message after the farewell, which a thread of the broker does not survive. */
  private static boolean breaksBroker(String url, String client) throws IOException {
    URI broker = URI.create(url);
    try (Socket socket = new Socket(broker.getHost(), broker.getPort())) {
      socket.setSoTimeout(5_000);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] connect = {0x10, 13, 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 60, 0, 1, 0};
      connect[14] = (byte) client.charAt(0);
      socket.getOutputStream().write(connect);
      assertThat(in.readNBytes(4)).startsWith(0x20, 2);
      socket.getOutputStream().write(new byte[] {(byte) 0x82, 6, 0, 1, 0, 1, '#', 1});
      int type;
      byte[] packet;
      do {
        type = in.readUnsignedByte();
        int first = in.readUnsignedByte();
        packet = in.readNBytes(first < 128 ? first : first - 128 + 128 * in.readUnsignedByte());
      } while (type != 0x32);
      int id = 2 + 256 * packet[0] + packet[1];
      socket
          .getOutputStream()
          .write(new byte[] {(byte) 0xE0, 0, 0x40, 2, packet[id], packet[id + 1]});
      return in.read() < 0;
    }
  }

  @Test
  void portsAreTakenAsPlanned() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    LinePlan plan = LinePlan.quiet().withSize(1, 0).withAddress("127.0.0.1", "localhost", free, 0);
    try (SimulatedLine line = SimulatedLine.start(plan);
        MachineClient client = new MachineClient(line.endpoint("cnc-01"))) {
      assertThat(line.endpoint("cnc-01")).isEqualTo("opc.tcp://localhost:" + free);
      assertThat(client.currentTimeMs()).isPositive();
    }
  }

  @Test
  void faultThatAnAssetCannotHaveIsRefused() {
    try (SimulatedLine line = SimulatedLine.start(LinePlan.quiet())) {
      assertThatThrownBy(() -> line.inject(new Fault.StallDownload("cnc-01")))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> line.inject(new Fault.FreezeServer("vision-01")))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> line.inject(new Fault.FreezeSensor("cnc-01", "smell")))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> line.inject(new Fault.Duplicate("vision-99")))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(line.truth().faults()).isEmpty();
    }
  }

  @Test
  void faultWithADurationEndsByItself() {
    try (SimulatedLine line = SimulatedLine.start(LinePlan.quiet().withSize(1, 0))) {
      ActiveFault fault =
          line.inject(new Fault.FreezeSensor("cnc-01", "vibration"), Duration.ofMillis(300));
      await().until(() -> fault.endMs() != ActiveFault.STILL_ACTIVE);
      assertThat(fault.endMs() - fault.startMs()).isGreaterThanOrEqualTo(300);
    }
  }

  @Test
  void loadSignalsAllChangeAtTheirRate() throws Exception {
    LinePlan plan = LinePlan.quiet().withSize(1, 0).withLoad(1_000, 20);
    try (SimulatedLine line = SimulatedLine.start(plan)) {
      long startMs = System.currentTimeMillis();
      long start = line.truth().values("cnc-01");
      await().until(() -> line.truth().values("cnc-01") - start >= 40_000);
      assertThat(System.currentTimeMillis() - startMs).isBetween(1_500L, 4_000L);
    }
  }

  @Test
  void gatewayConfigPassesTheCheckAndNamesTheRealPorts(@TempDir Path folder) throws Exception {
    try (SimulatedLine line = SimulatedLine.start(LinePlan.quiet().withSize(2, 1))) {
      LineConfig.Options options = LineConfig.Options.demo(folder.resolve("data"), "127.0.0.1:0");
      Path file = folder.resolve("gateway.yaml");
      Files.writeString(file, LineConfig.gatewayYaml(line, options));
      GatewayConfig config = ConfigLoader.load(file);
      assertThat(config.sources())
          .extracting(GatewayConfig.Source::name)
          .containsExactlyInAnyOrder("cnc-01", "cnc-02", "vision-01", "registry", "controller");
      assertThat(config.sources().toString()).contains(line.endpoint("cnc-02"));
      assertThat(config.brokers().toString()).contains(line.brokerUrl());
      assertThat(config.assets()).hasSize(3);
      assertThat(config.assets().get(0).signals())
          .extracting(GatewayConfig.SignalConfig::role)
          .contains(
              Role.ITEM_STATE,
              Role.OPERATION_MODE,
              Role.CONTROL_MODE,
              Role.PARTS_PRODUCED,
              Role.PARTS_GOOD);
      assertThat(config.assets().get(0).idealCycle()).isEqualTo(MachineModel.IDEAL_CYCLE);
      assertThat(config.calendar().shifts()).hasSize(3);
      assertThat(config.qualifications())
          .extracting(q -> q.person() + " " + q.subject())
          .contains("op-11 demo/works/line-1", "op-23 demo/works/line-1/cnc-01");
    }
  }

  @Test
  void simulateIsACommandAndRefusesNonsense() {
    CommandLine feedrate = Feedrate.commandLine();
    feedrate.setErr(new PrintWriter(new StringWriter()));
    assertThat(feedrate.getSubcommands()).containsKey("simulate");
    assertThat(feedrate.execute("simulate", "--fault", "melt:cnc-01")).isEqualTo(ExitCodes.USAGE);
    assertThat(feedrate.execute("simulate", "--machines", "-1")).isEqualTo(ExitCodes.USAGE);
  }

  @Test
  void faultsAreReadFromTheCommandLine() {
    assertThat(FaultText.parse("cut:cnc-01")).isEqualTo(new Fault.CutCable("cnc-01", false));
    assertThat(FaultText.parse("bad:cnc-01:vibration:0x808C0000"))
        .isEqualTo(new Fault.BadQuality("cnc-01", "vibration", 0x808C0000L));
    assertThat(FaultText.parse("delay:vision-01:1.5"))
        .isEqualTo(new Fault.Delay("vision-01", Duration.ofMillis(1_500)));
    assertThat(FaultText.parse("wrong:cnc-01:vibration:out-of-range"))
        .isEqualTo(new Fault.WrongValues("cnc-01", "vibration", Fault.Nonsense.OUT_OF_RANGE));
    assertThatThrownBy(() -> FaultText.parse("freeze:cnc-01")).hasMessageContaining("argument 1");
  }
}
