package io.feedrate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A program in a process of its own, with its output in a file; killed when closed. */
final class Program implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);

  private final Process process;
  private final Path output;

  private Program(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts Feedrate from its jar, as a user does. */
  static Program feedrate(Path folder, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx256m", "-jar", jar().toString()));
    command.addAll(List.of(arguments));
    return start(folder, command);
  }

  /** Starts a command; its output goes to a file in this folder. */
  static Program start(Path folder, List<String> command) {
    try {
      Path output = Files.createTempFile(folder, "output", ".log");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      return new Program(process, output);
    } catch (IOException e) {
      throw new UncheckedIOException(
          command.get(0) + " cannot be started; ./check installs what the tests need", e);
    }
  }

  private static Path jar() {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("simulator-[^/]*\\.jar"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no target/simulator-*.jar: package comes first"))
          .toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A port of the loopback address that was free a moment ago. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the output has this; what the first group matched. */
  String awaitOutput(String regex) {
    Pattern pattern = Pattern.compile(regex);
    Awaitility.await()
        .atMost(START)
        .until(() -> pattern.matcher(output()).find() || !process.isAlive());
    Matcher found = pattern.matcher(output());
    assertThat(found.find()).as("%s in: %s", regex, output()).isTrue();
    return found.group(1);
  }

  /** What it wrote so far. */
  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for its end; its exit code. */
  int exitWithin(Duration limit) throws InterruptedException {
    assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
        .as("did not end within %s: %s", limit, output())
        .isTrue();
    return process.exitValue();
  }

  /** Lets it run for a while, which it must survive. */
  void runFor(Duration time) throws InterruptedException {
    assertThat(process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS))
        .as("ended by itself: %s", output())
        .isFalse();
  }

  /** Tells it to end: SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** Ends it without a chance to say goodbye: SIGKILL. Returns when it is gone. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
