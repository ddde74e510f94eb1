package io.feedrate.collector.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Breaks {@code base.yaml} in one place and compares every error, word by word. */
abstract class ConfigErrors {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path directory;

  /** The configuration that every test breaks. */
  static String base() {
    return resource("base.yaml");
  }

  /** One in which everything is said. */
  static String full() {
    return resource("full.yaml");
  }

  static String resource(String name) {
    try (InputStream in = ConfigErrors.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The base with the first occurrence of a part replaced. */
  static String base(String part, String by) {
    String text = base();
    int at = text.indexOf(part);
    assertThat(at).as("the base has %s", part).isNotNegative();
    return text.substring(0, at) + by + text.substring(at + part.length());
  }

  GatewayConfig load(String text) throws ConfigException {
    try {
      Path file =
          Files.write(directory.resolve("gateway.yaml"), text.getBytes(StandardCharsets.UTF_8));
      return ConfigLoader.load(file, Map.of("FEEDRATE_SECRET", "open sesame")::get);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asserts that the base, so changed, has exactly these errors ({@code LINE: path: text}). */
  void errors(String part, String by, String... expected) {
    String text = base(part, by);
    ConfigException e = catchThrowableOfType(ConfigException.class, () -> load(text));
    assertThat(e).as("it has errors").isNotNull();
    assertThat(e.errors())
        .extracting(error -> error.text().replace(directory + "/gateway.yaml:", ""))
        .extracting(error -> error.replace(directory.toString(), "DIR"))
        .containsExactly(expected);
  }
}
