package io.feedrate.collector.ical;

import org.jspecify.annotations.Nullable;

/** A file cannot be read as a calendar at all; the message says which and why. */
public final class CalendarException extends Exception {
  private static final long serialVersionUID = 1L;

  CalendarException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
