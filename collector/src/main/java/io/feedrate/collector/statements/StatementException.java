package io.feedrate.collector.statements;

import org.jspecify.annotations.Nullable;

/** Statements cannot be read or written; the message says what, where and what to do. */
public final class StatementException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StatementException(String message) {
    super(message);
  }

  StatementException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
