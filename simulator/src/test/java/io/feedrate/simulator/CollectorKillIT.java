package io.feedrate.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.feedrate.collector.config.ConfigLoader;
import io.feedrate.collector.config.GatewayConfig;
import io.feedrate.collector.config.RegisterJson;
import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.journal.JournalReader;
import io.feedrate.collector.journal.sbe.InferenceDecoder;
import io.feedrate.collector.journal.sbe.SamplesDecoder;
import io.feedrate.collector.store.RegisterRow;
import io.feedrate.collector.store.ResultRow;
import io.feedrate.collector.store.StoreReader;
import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.SignalMode;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.foundation.Completeness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The collector reads a line under load and is killed at random moments, while it starts as well as
 * while it runs. Goal: the results are those of one collector that was away now and then. Method:
 * line and collector are processes of their own; afterwards a replay computes everything again, the
 * slots are counted, and what was sent with QoS 1 meanwhile is looked for in the journal.
 */
class CollectorKillIT {
  private static final int KILLS = 5;
  private static final int MAX_MILLIS = 3_000;
  private static final int TERMINATED = 143;
  private static final int MESSAGES = 20;
  private static final Duration LONG_ABSENCE = Duration.ofSeconds(7);
  private static final String KPI = Completeness.EVENTUAL.id();

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path directory;

  /** From a kill until the collector was ready again, in epoch ns. */
  private record Absence(long fromNs, long toNs) {}

  private final Set<String> sent = new HashSet<>();

  @Test
  void killedCollectorMissesAndDoublesNothingAndShowsWhenItWasAway() throws Exception {
    long seed = Long.getLong("feedrate.seed", System.nanoTime());
    System.out.println("CollectorKillIT: -Dfeedrate.seed=" + seed);
    SplittableRandom random = new SplittableRandom(seed);
    Path file = directory.resolve("gateway.yaml");
    Path data = directory.resolve("data");
    Absence longest;
    try (Program line = line(file, data)) {
      GatewayConfig config = shortWindows(file);
      for (int i = 0; i < KILLS - 1; i++) {
        try (Program collector = run(file)) {
          if (i % 2 == 0) { // under load; else while it starts
            collector.awaitOutput("(cnc-02: UP)");
          }
          collector.runFor(Duration.ofMillis(random.nextInt(MAX_MILLIS)));
          collector.kill();
          send(config.brokers().get(0).url().toString(), "kill-" + i);
        }
      }
      longest = absence(file, config, random);
      line.runFor(Duration.ZERO);
    }
    verify(data);
    assertThat(journaledInferences(data)).containsAll(sent);
    try (StoreReader store = StoreReader.open(data)) {
      assertEverySlotOnce(store);
      assertDisconnected(store, longest);
    }
  }

  private Program line(Path file, Path data) {
    return Program.feedrate(
        directory,
        ("simulate --machines 2 --nodes 1 --opcua-port 0 --mqtt-port 0 --no-trouble"
                + " --model-every 5 --signals-per-machine 150 --rate 10 --http 127.0.0.1:0")
            .concat(" --data " + data + " --write-config " + file)
            .split(" "));
  }

  /** The line's configuration, with windows that a test can wait for. */
  private static GatewayConfig shortWindows(Path file) throws Exception {
    await().atMost(60, TimeUnit.SECONDS).ignoreExceptions().until(() -> isComplete(file));
    String yaml = Files.readString(file);
    String changed =
        yaml.replace("window: 10s", "window: 2s").replace("lateness: 5s", "lateness: 2s");
    assertThat(changed).contains("signal-window: 2s", "lateness: 2s");
    Files.writeString(file, changed);
    return ConfigLoader.load(file);
  }

  private static boolean isComplete(Path file) throws Exception {
    return ConfigLoader.load(file).assets().size() == 3;
  }

  private Program run(Path file) {
    return Program.feedrate(directory, "run", "-c", file.toString());
  }

  /** The last kill, and the run after it that ends in peace when it has settled the absence. */
  private Absence absence(Path file, GatewayConfig config, SplittableRandom random)
      throws Exception {
    long killedNs;
    try (Program collector = run(file)) {
      collector.awaitOutput("(cnc-02: UP)");
      collector.runFor(Duration.ofMillis(random.nextInt(MAX_MILLIS)));
      collector.kill();
      killedNs = nowNs();
      send(config.brokers().get(0).url().toString(), "away");
    }
    long backNs = killedNs + LONG_ABSENCE.toNanos();
    await().atMost(20, TimeUnit.SECONDS).until(() -> nowNs() > backNs);
    long startedNs = nowNs();
    try (Program collector = run(file);
        StoreReader store = StoreReader.open(config.data())) {
      collector.awaitOutput("(cnc-02: UP)");
      long upNs = nowNs();
      await()
          .atMost(60, TimeUnit.SECONDS)
          .until(
              () ->
                  !store
                      .results(KPI, LineConfig.SITE, Span.WINDOW, upNs, Long.MAX_VALUE, 1)
                      .isEmpty());
      collector.terminate();
      assertThat(collector.exitWithin(Duration.ofSeconds(20))).isEqualTo(TERMINATED);
    }
    return new Absence(killedNs, startedNs);
  }

  /** Inferences of the node, by a client that waits for the broker's acknowledgement. */
  private void send(String broker, String prefix) throws MqttException {
    try (MqttClient client = new MqttClient(broker, "sender-" + prefix, new MemoryPersistence())) {
      client.connect();
      for (int i = 0; i < MESSAGES; i++) {
        String id = prefix + "-" + i;
        String json =
            "{\"inferenceId\":\"%s\",\"model\":\"m\",\"version\":\"1\",\"mode\":\"test\",\"time\":%d}"
                .formatted(id, System.currentTimeMillis());
        client.publish(
            "feedrate/v1/vision-01/inference", json.getBytes(StandardCharsets.UTF_8), 1, false);
        sent.add(id);
      }
      client.disconnect();
    }
  }

  private void verify(Path data) throws InterruptedException {
    try (Program replay = Program.feedrate(directory, "replay", "--data", "" + data, "--verify")) {
      assertThat(replay.exitWithin(Duration.ofSeconds(60))).as(replay.output()).isZero();
      assertThat(replay.output()).contains("The store holds exactly what the journal says.");
      System.out.print(replay.output());
    }
  }

  private static Set<String> journaledInferences(Path data) throws IOException {
    Set<String> ids = new HashSet<>();
    long[] samples = {0};
    InferenceDecoder inference = new InferenceDecoder();
    SamplesDecoder batch = new SamplesDecoder();
    try (JournalReader reader = JournalReader.open(Journal.in(data))) {
      JournalReader.RecordHandler handler =
          (templateId, record, header, position) -> {
            if (templateId == InferenceDecoder.TEMPLATE_ID) {
              inference.wrapAndApplyHeader(record, 0, header);
              inference.skipNode();
              inference.skipModel();
              inference.skipVersion();
              inference.skipDigest();
              ids.add(inference.inferenceId());
            } else if (templateId == SamplesDecoder.TEMPLATE_ID) {
              batch.wrapAndApplyHeader(record, 0, header);
              samples[0] += batch.readings().count();
            }
          };
      while (reader.poll(handler, 1000) > 0) {}
    }
    assertThat(samples[0]).as("load").isGreaterThan(10_000);
    return ids;
  }

  /** From the first slot of the register to the last window, each slot has one outcome. */
  private static void assertEverySlotOnce(StoreReader store) {
    List<RegisterRow> registers = store.registers();
    assertThat(registers).hasSize(1);
    long sinceNs = registers.get(0).sinceNs();
    Register register = RegisterJson.read(registers.get(0).json());
    assertThat(register.signals()).hasSizeGreaterThan(300);
    for (Signal signal : register.signals()) {
      List<Result> windows = windows(store, signal.path());
      for (int i = 1; i < windows.size(); i++) {
        assertThat(windows.get(i).startNs()).isEqualTo(windows.get(i - 1).endNs());
      }
      long firstSlot = -Math.floorDiv(-sinceNs, signal.periodNs());
      long endNs = windows.get(windows.size() - 1).endNs();
      assertThat(sum(windows, o -> true))
          .as(signal.path())
          .isEqualTo(endNs / signal.periodNs() - firstSlot);
    }
  }

  /** While nobody was there nothing came, and nothing is made up; before and after it was fine. */
  private static void assertDisconnected(StoreReader store, Absence absence) {
    Register register = RegisterJson.read(store.registers().get(0).json());
    List<Signal> periodic =
        register.signals().stream()
            .filter(s -> s.mode() == SignalMode.PERIODIC && s.path().contains("/cnc-"))
            .toList();
    assertThat(periodic).isNotEmpty();
    for (Signal signal : periodic) {
      List<Result> away =
          windows(store, signal.path()).stream()
              .filter(r -> r.startNs() >= absence.fromNs() && r.endNs() <= absence.toNs())
              .toList();
      assertThat(away).as(signal.path()).hasSizeGreaterThanOrEqualTo(2);
      assertThat(sum(away, o -> o == Outcome.DISCONNECTED))
          .as(signal.path())
          .isEqualTo(sum(away, o -> true));
    }
    List<Result> line = windows(store, LineConfig.SITE + "/" + LineConfig.LINE);
    assertThat(line).anyMatch(r -> r.figure().value() > 0.99);
  }

  private static List<Result> windows(StoreReader store, String subject) {
    List<Result> windows = new ArrayList<>();
    for (ResultRow row :
        store.resultsOf(KPI, subject, Span.WINDOW, 0, Long.MAX_VALUE, StoreReader.MAX_ROWS)) {
      windows.add(row.result());
    }
    assertThat(windows).as(subject).isNotEmpty();
    return windows;
  }

  private static long sum(List<Result> windows, Predicate<Outcome> counted) {
    return windows.stream()
        .mapToLong(
            r ->
                LongStream.range(0, Outcome.COUNT)
                    .filter(o -> counted.test(Outcome.values()[(int) o]))
                    .map(o -> r.counts()[(int) o])
                    .sum())
        .sum();
  }

  private static long nowNs() {
    return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
  }
}
