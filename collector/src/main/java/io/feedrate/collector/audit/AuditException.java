package io.feedrate.collector.audit;

import org.jspecify.annotations.Nullable;

/** The audit trail cannot be read or written; the message says what, where and what to do. */
public final class AuditException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AuditException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
