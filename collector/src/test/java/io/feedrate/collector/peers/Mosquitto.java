package io.feedrate.collector.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A mosquitto broker for a test: on a free port of the loopback, keeping its sessions in a
 * directory of the test. It can be started, killed and started again.
 */
public final class Mosquitto implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path directory;
  private final List<String> extra;
  private final int port;
  private @Nullable Process process;

  private Mosquitto(Path directory, List<String> extra) {
    this.directory = directory;
    this.extra = extra;
    this.port = freePort();
  }

  /** A broker that is not started yet. */
  public static Mosquitto prepared(Path directory, String... extraLines) {
    return new Mosquitto(directory, List.of(extraLines));
  }

  /** A broker that answers. */
  public static Mosquitto started(Path directory, String... extraLines) {
    Mosquitto broker = prepared(directory, extraLines);
    broker.start();
    return broker;
  }

  /** Where it listens. */
  public URI url() {
    return URI.create("tcp://127.0.0.1:" + port);
  }

  /** Starts it, again if need be, and waits until it answers. */
  public void start() {
    try {
      Path config = directory.resolve("mosquitto.conf");
      List<String> lines = new ArrayList<>();
      lines.add("listener " + port + " 127.0.0.1");
      lines.add("persistence true");
      lines.add("persistence_location " + directory + "/");
      lines.add("max_queued_messages 100000");
      lines.add("log_type all");
      lines.add("user " + System.getProperty("user.name"));
      lines.addAll(extra);
      if (extra.stream().noneMatch(l -> l.startsWith("allow_anonymous"))) {
        lines.add("allow_anonymous true");
      }
      Files.write(config, lines);
      process =
          new ProcessBuilder(program("mosquitto"), "-c", config.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Awaitility.await("mosquitto answers").atMost(PATIENCE).until(this::answers);
  }

  /** Ends it as kill -9 does. */
  public void kill() {
    Objects.requireNonNull(process).destroyForcibly();
    await();
  }

  /** Publishes one message at QoS 1 and returns when the broker has it. */
  public void publish(String topic, String payload, String... options) {
    List<String> command =
        new ArrayList<>(
            List.of(program("mosquitto_pub"), "-h", "127.0.0.1", "-p", "" + port, "-q", "1"));
    command.addAll(List.of("-t", topic, "-s"));
    command.addAll(List.of(options));
    run(command, payload.getBytes(StandardCharsets.UTF_8));
  }

  /** A client with a last will that is retained; kill it, and the broker publishes that. */
  public Process clientWithWill(String topic, String payload) {
    List<String> command =
        List.of(
            program("mosquitto_sub"),
            "-h",
            "127.0.0.1",
            "-p",
            "" + port,
            "-t",
            "nothing",
            "-k",
            "5",
            "--will-topic",
            topic,
            "--will-payload",
            payload,
            "--will-qos",
            "1",
            "--will-retain");
    try {
      return new ProcessBuilder(command).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the broker knows of a will. */
  public void awaitWill() {
    Awaitility.await("a client with a will")
        .atMost(PATIENCE)
        .until(() -> Files.readString(directory.resolve("log")).contains("Will message specified"));
  }

  /** Waits until a text is in what the broker keeps on disk. */
  public void awaitStored(String text) {
    Awaitility.await("stored by the broker")
        .atMost(PATIENCE)
        .until(
            () ->
                Files.readString(directory.resolve("mosquitto.db"), StandardCharsets.ISO_8859_1)
                    .contains(text));
  }

  /** Publishes each line as one message over one connection. */
  public void publishLines(String topic, List<String> lines) {
    List<String> command =
        List.of(
            program("mosquitto_pub"),
            "-h",
            "127.0.0.1",
            "-p",
            "" + port,
            "-q",
            "1",
            "-t",
            topic,
            "-l");
    run(command, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  private static void run(List<String> command, byte[] input) {
    try {
      Process publisher = new ProcessBuilder(command).redirectErrorStream(true).start();
      publisher.getOutputStream().write(input);
      publisher.getOutputStream().close();
      String output = new String(publisher.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!publisher.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)
          || publisher.exitValue() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    Process running = process;
    if (running != null) {
      running.destroy();
      await();
    }
  }

  private void await() {
    try {
      if (!Objects.requireNonNull(process).waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("mosquitto does not end");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean answers() {
    if (!Objects.requireNonNull(process).isAlive()) {
      throw new IllegalStateException("mosquitto ended: see " + directory.resolve("log"));
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String program(String name) {
    for (String folder :
        List.of(
            "/usr/sbin",
            "/usr/bin",
            "/usr/local/sbin",
            "/usr/local/bin",
            "/opt/homebrew/sbin",
            "/opt/homebrew/bin")) {
      if (Files.isExecutable(Path.of(folder, name))) {
        return Path.of(folder, name).toString();
      }
    }
    throw new IllegalStateException(
        name + " is not installed: run ./check, which installs what the tests talk to");
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
