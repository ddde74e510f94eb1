package io.feedrate.collector.adapter.opcua;

import io.feedrate.collector.adapter.LinkStatus;
import io.feedrate.collector.config.GatewayConfig.Credentials;
import io.feedrate.collector.config.GatewayConfig.OpcUaSource;
import io.feedrate.collector.config.SignalAddress;
import io.feedrate.collector.journal.EpochClock;
import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.peers.JournalTape;
import io.feedrate.collector.peers.OpcUaPeer;
import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Rules;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.SignalMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/** One adapter with its journal, for a test: signals are added, then it is started. */
final class Plant implements AutoCloseable {
  static {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(40)); // machines that run tests are busy
  }

  static final int LINK = 0;
  static final Duration PUBLISHING = Duration.ofMillis(100);
  static final Duration RETRY_REFUSED = Duration.ofSeconds(2);
  static final Duration LATENESS = Duration.ofSeconds(3);

  final Journal journal;
  final JournalTape tape;
  private final OpcUaShared shared;
  private final List<SignalAddress> addresses = new ArrayList<>();
  private final List<Signal> signals = new ArrayList<>();
  private OpcUaSource source;
  private OpcUaAdapter adapter;

  Plant(Path data, int port) {
    journal = Journal.open(data.resolve("journal"), new EpochClock());
    tape = new JournalTape(journal);
    shared = new OpcUaShared(data, "test");
    source =
        new OpcUaSource(
            "cnc",
            Optional.empty(),
            "opc.tcp://127.0.0.1:" + port,
            PUBLISHING,
            "None",
            "None",
            Optional.empty());
    adapter = newAdapter();
  }

  Plant security(String policy, String mode) {
    source =
        new OpcUaSource(
            source.name(),
            source.lateness(),
            source.endpoint(),
            source.publishing(),
            policy,
            mode,
            source.user());
    return this;
  }

  Plant user(String name, String password) {
    source =
        new OpcUaSource(
            source.name(),
            source.lateness(),
            source.endpoint(),
            source.publishing(),
            source.securityPolicy(),
            source.securityMode(),
            Optional.of(new Credentials(name, password)));
    return this;
  }

  /** Adds a signal of a node of the peer; returns its id. */
  int signal(String node, SignalMode mode, Duration sampling, boolean text) {
    return address("nsu=" + OpcUaPeer.NAMESPACE + ";s=" + node, mode, sampling, text);
  }

  int periodic(String node) {
    return signal(node, SignalMode.PERIODIC, PUBLISHING, false);
  }

  int onChange(String node) {
    return signal(node, SignalMode.ON_CHANGE, PUBLISHING, false);
  }

  int address(String address, SignalMode mode, Duration sampling, boolean text) {
    int id = signals.size();
    String path = "plant/cnc/signal-" + id;
    addresses.add(new SignalAddress(id, path, address, sampling, text));
    signals.add(
        new Signal(
            id,
            path,
            0,
            LINK,
            mode,
            PUBLISHING.toNanos(),
            0,
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            "1",
            text));
    return id;
  }

  Plant start() {
    adapter.close();
    adapter = newAdapter();
    adapter.start();
    return this;
  }

  LinkStatus status() {
    return adapter.links().get(0);
  }

  boolean isUp() {
    return status().state() == LinkStatus.State.UP;
  }

  @Override
  public void close() {
    adapter.close();
    shared.close();
    tape.close();
    journal.close();
  }

  private OpcUaAdapter newAdapter() {
    Register register =
        new Register(
            "test",
            List.of(
                new Asset(0, "plant/cnc", Asset.Kind.MACHINE, Asset.NO_PARENT, LINK, "supplier")),
            signals,
            List.of("cnc"),
            Rules.STANDARD.lateness(LATENESS.toNanos(), Map.of()));
    return new OpcUaAdapter(source, LINK, addresses, register, journal, shared, RETRY_REFUSED);
  }
}
