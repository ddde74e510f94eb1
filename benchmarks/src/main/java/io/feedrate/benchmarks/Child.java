package io.feedrate.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Another Java process of this program, so that what is measured shares no compiled code, no heap
 * and no threads with anything else. What it prints to standard error is shown if it fails.
 */
public final class Child implements AutoCloseable {
  private final Process process;
  private final PrintWriter in;
  private final BufferedReader out;
  private final Path errors;

  private Child(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    in = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts a main class; what this process may open of the JDK, the other may as well. */
  public static Child start(List<String> options, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(opens());
    command.addAll(options);
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    Path errors = Files.createTempFile("feedrate-bench-", ".log");
    return new Child(new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
  }

  /** What the launcher opened of the JDK's modules. */
  public static List<String> opens() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-"))
        .toList();
  }

  /** What a line says, word by word. */
  public static List<String> words(String line) {
    return Pattern.compile("[ ,]+").splitAsStream(line).toList();
  }

  /** Sends a line. */
  public void say(String line) {
    in.println(line);
  }

  /** The next line that it prints. */
  public String answer() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException(
          "a benchmark's process ended: " + process.info() + "\n" + Files.readString(errors));
    }
    return line;
  }

  /** All lines that it prints until it ends. */
  public List<String> lines() throws IOException, InterruptedException {
    List<String> lines = out.lines().toList();
    if (process.waitFor() != 0) {
      throw new IOException(String.join("\n", lines) + "\n" + Files.readString(errors));
    }
    return lines;
  }

  @Override
  public void close() throws IOException {
    in.close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Files.delete(errors);
  }
}
