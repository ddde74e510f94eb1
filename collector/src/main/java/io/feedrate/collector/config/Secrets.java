package io.feedrate.collector.config;

import io.feedrate.collector.config.GatewayConfig.Credentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads secrets from where they are kept: a file of their own, or the environment. One that stands
 * in the configuration itself is refused, since configurations are copied, mailed and committed. No
 * message holds a secret.
 */
final class Secrets {

  private static final Pattern ENV = Pattern.compile("\\$\\{ENV:([A-Za-z_][A-Za-z0-9_]*)\\}");
  private static final int MAX_BYTES = 64 << 10;

  /** The environment: null for what is not set. */
  @FunctionalInterface
  interface Environment {
    @Nullable String get(String name);
  }

  private final Environment environment;
  private final UnaryOperator<Path> resolve;

  /**
   * @param resolve makes paths of the configuration absolute
   */
  Secrets(Environment environment, UnaryOperator<Path> resolve) {
    this.environment = environment;
    this.resolve = resolve;
  }

  /** User name and password of this entry, if it has any. */
  Optional<Credentials> credentials(Entry entry) {
    Optional<String> username = entry.text("username");
    Optional<String> password = secret(entry, "password");
    boolean hasPassword = entry.has("password") || entry.has("password-file");
    if (username.isPresent() && !hasPassword) {
      entry.problem(
          "username",
          "missing secret: there is a user name but no password",
          "Add \"password-file: FILE\" or \"password: ${ENV:NAME}\".");
    } else if (!entry.has("username") && hasPassword) {
      entry.problem(
          entry.has("password") ? "password" : "password-file",
          "there is a password but no user name",
          "Add \"username: NAME\".");
    }
    if (username.isEmpty() || password.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Credentials(username.get(), password.get()));
  }

  /** The secret under {@code key} or {@code key-file}, if there is one. */
  Optional<String> secret(Entry entry, String key) {
    String fileKey = key + "-file";
    if (entry.has(key) && entry.has(fileKey) && ENV.matcher(entry.text(key, "")).matches()) {
      entry.problem(fileKey, Texts.quote(key) + " is given as well", "Remove one of the two.");
      return Optional.empty();
    }
    try {
      if (entry.has(key)) {
        return Optional.of(fromEnvironment(key, entry.scalar(key).orElse("")));
      }
      Optional<String> file = entry.text(fileKey);
      return file.isEmpty() ? Optional.empty() : Optional.of(fromFile(file.get()));
    } catch (BadValueException e) {
      entry.problem(entry.has(key) ? key : fileKey, e.message(), e.hint());
      return Optional.empty();
    }
  }

  private String fromEnvironment(String key, String text) throws BadValueException {
    Matcher matcher = ENV.matcher(text);
    if (!matcher.matches()) {
      throw new BadValueException(
          "a secret must not stand in this file",
          String.format(
              "Put it into a file of its own and write \"%s-file: FILE\", or into the environment"
                  + " and write \"%s: ${ENV:NAME}\".",
              key, key));
    }
    String name = matcher.group(1);
    String value = environment.get(name);
    if (value == null || value.isEmpty()) {
      throw new BadValueException(
          "missing secret: the environment variable " + name + " is not set",
          "Set it before Feedrate starts, or use \"" + key + "-file: FILE\".");
    }
    return value;
  }

  private String fromFile(String name) throws BadValueException {
    Path file;
    try {
      file = resolve.apply(Path.of(name));
    } catch (InvalidPathException e) {
      throw new BadValueException(Texts.quote(name) + " is not a file name", "");
    }
    if (!Files.isRegularFile(file)) {
      throw new BadValueException(
          "missing secret: there is no file " + file,
          "Create it with nothing but the secret in it, readable for Feedrate alone.");
    }
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new BadValueException("the secret in " + file + " is over 64 KiB", "");
      }
      String secret = Files.readString(file, StandardCharsets.UTF_8).strip();
      if (secret.isEmpty()) {
        throw new BadValueException(
            "missing secret: the file " + file + " is empty", "Write the secret into it.");
      }
      return secret;
    } catch (IOException e) {
      throw new BadValueException(
          "missing secret: the file " + file + " cannot be read",
          "Give the user that Feedrate runs as the right to read it; the text must be UTF-8.");
    }
  }
}
