package io.feedrate.collector.adapter.mqtt;

/** A connection to a broker could not be made; says why in words for the person who runs it. */
final class MqttFailure extends Exception {
  private final boolean needsPerson;

  MqttFailure(String message, boolean needsPerson, Throwable cause) {
    super(message, cause);
    this.needsPerson = needsPerson;
  }

  /** Whether trying again cannot help before somebody changes something. */
  boolean needsPerson() {
    return needsPerson;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /** A throwable's message with that of its cause, which usually says more. */
  static String describe(Throwable e) {
    Throwable cause = e.getCause();
    String detail = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return cause == null || cause.getMessage() == null
        ? detail
        : detail + " (" + cause.getMessage() + ")";
  }
}
