package io.feedrate.collector.config;

import java.nio.file.Path;

/** Reads and checks a gateway's configuration. */
public final class ConfigLoader {

  private ConfigLoader() {}

  /**
   * The configuration in this file: checked, templates expanded, secrets resolved. Nothing is
   * created, connected or changed.
   *
   * @throws ConfigException with all errors of the file
   */
  public static GatewayConfig load(Path file) throws ConfigException {
    return load(file, System::getenv);
  }

  static GatewayConfig load(Path file, Secrets.Environment environment) throws ConfigException {
    YamlDocument document = YamlDocument.read(file);
    Problems problems = new Problems(document);
    // What the reader says of a value is more precise than the schema, so it goes first.
    GatewayConfig config = new GatewayReader(file, document, problems, environment).read();
    SchemaCheck.check(document, problems);
    problems.throwIfAny();
    checkRegister(config, problems);
    return config;
  }

  /** What the engine cannot work under is an error of the file as well, and not of the start. */
  private static void checkRegister(GatewayConfig config, Problems problems)
      throws ConfigException {
    try {
      RegisterFactory.register(config);
    } catch (IllegalArgumentException e) {
      problems.add("kpi.lateness", String.valueOf(e.getMessage()), "");
    }
    problems.throwIfAny();
  }
}
