package io.feedrate.collector.access;

/** Users cannot be read or changed; the message says what, where and what to do. */
public final class AccessException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AccessException(String message) {
    super(message);
  }

  AccessException(String message, Throwable cause) {
    super(message, cause);
  }
}
