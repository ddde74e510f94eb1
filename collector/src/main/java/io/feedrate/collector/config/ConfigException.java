package io.feedrate.collector.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration cannot be used. Its message is every error, one to a line. */
public final class ConfigException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<ConfigError> errors;

  ConfigException(List<ConfigError> errors) {
    super(errors.stream().map(ConfigError::text).collect(Collectors.joining("\n")));
    this.errors = List.copyOf(errors);
  }

  /** Every error, one to a line. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /** All errors, in the order of the file; at least one. */
  public List<ConfigError> errors() {
    return errors;
  }
}
