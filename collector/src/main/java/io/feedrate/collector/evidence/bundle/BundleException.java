package io.feedrate.collector.evidence.bundle;

/** No bundle can be made, or read; the message says why and what to do. */
public final class BundleException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public BundleException(String message) {
    super(message);
  }

  public BundleException(String message, Throwable cause) {
    super(message, cause);
  }
}
