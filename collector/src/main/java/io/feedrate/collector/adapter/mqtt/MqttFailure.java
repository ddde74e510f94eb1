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

  /** What a CONNACK of MQTT 5 or 3.1.1 asks a person to mend. */
  static String refusal(int code) {
    return switch (code) {
      case 4, 5, 134, 135 ->
          "the broker refused the user name or password, or has none for this one";
      case 2, 133 -> "the broker refused the client id";
      case 1, 132 -> "the broker does not speak this version of MQTT";
      default -> "the broker refused the connection, MQTT code " + code;
    };
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
