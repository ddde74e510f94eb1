package io.feedrate.collector.peers;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A process that a test talks to: waited for until it is ready, spoken to line by line, frozen,
 * killed. Its output goes to the test's as well.
 */
public final class PeerProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration ANSWER = Duration.ofSeconds(20);

  private final Process process;
  private final String name;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final BufferedWriter input;

  private PeerProcess(Process process, String name) {
    this.process = process;
    this.name = name;
    this.input = new BufferedWriter(process.outputWriter(StandardCharsets.UTF_8));
    Thread reader = new Thread(this::read, name + "-output");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts {@code command} in {@code directory} and waits for a line that says it is ready. */
  public static PeerProcess start(List<String> command, Path directory, Predicate<String> ready) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.directory(directory.toFile()).redirectErrorStream(true);
      PeerProcess peer = new PeerProcess(builder.start(), command.get(0));
      peer.await(ready, START);
      return peer;
    } catch (IOException e) {
      throw new AssertionError(
          command.get(0) + " cannot be started; ./check installs what the tests need", e);
    }
  }

  /** Writes a line and waits for the next line that {@code answer} accepts. */
  public String ask(String line, Predicate<String> answer) {
    try {
      lines.clear();
      input.write(line);
      input.newLine();
      input.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return await(answer, ANSWER);
  }

  /** Stops it in its tracks (SIGSTOP): its connections stay open and nothing answers. */
  public void freeze() {
    signal("STOP");
  }

  /** Lets it go on (SIGCONT). */
  public void thaw() {
    signal("CONT");
  }

  /** Ends it without a chance to say goodbye (SIGKILL) and waits until it is gone. */
  public void kill() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(ANSWER.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError(name + " survived its kill");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Kills it. */
  @Override
  public void close() {
    kill();
  }

  private void signal(String signal) {
    try {
      int code =
          new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
      if (code != 0) {
        throw new AssertionError("kill -" + signal + " failed for " + name);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String await(Predicate<String> wanted, Duration limit) {
    long endNs = System.nanoTime() + limit.toNanos();
    try {
      while (true) {
        String line = lines.poll(200, TimeUnit.MILLISECONDS);
        if (line != null && wanted.test(line)) {
          return line;
        }
        if (line == null && (!process.isAlive() || System.nanoTime() - endNs > 0)) {
          throw new AssertionError(name + " did not answer (alive: " + process.isAlive() + ")");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private void read() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        System.out.println("[" + name + "] " + line);
        lines.add(line);
      }
    } catch (IOException e) {
      System.out.println("[" + name + "] closed: " + e.getMessage());
    }
  }
}
