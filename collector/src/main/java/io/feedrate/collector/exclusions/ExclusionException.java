package io.feedrate.collector.exclusions;

import org.jspecify.annotations.Nullable;

/** An entry is refused, or the file cannot be used; the message says what, where, what to do. */
public final class ExclusionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ExclusionException(String message) {
    super(message);
  }

  ExclusionException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
