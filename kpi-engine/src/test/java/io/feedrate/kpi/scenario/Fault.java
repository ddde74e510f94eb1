package io.feedrate.kpi.scenario;

import org.jspecify.annotations.Nullable;

/** Something in a scenario file that is wrong or did not come true, with its place. */
final class Fault extends RuntimeException {
  private static final long serialVersionUID = 1;

  Fault(String file, int line, String what, @Nullable Throwable cause) {
    super(file + ":" + line + ": " + what, cause);
  }
}
