package io.feedrate.collector.config;

/** A text does not say what it should; the place is added by who asked for it. */
final class BadValueException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String hint;

  /**
   * @param message what is wrong, without a full stop
   * @param hint how to mend it: whole sentences, or ""
   */
  BadValueException(String message, String hint) {
    super(message, null, false, false);
    this.hint = hint;
  }

  String message() {
    return String.valueOf(getMessage());
  }

  String hint() {
    return hint;
  }
}
