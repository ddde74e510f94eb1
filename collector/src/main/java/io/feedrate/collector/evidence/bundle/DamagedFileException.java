package io.feedrate.collector.evidence.bundle;

/** A file of a bundle cannot be read at all. */
final class DamagedFileException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String file;

  DamagedFileException(String file, Exception cause) {
    super("it cannot be read: " + cause.getMessage(), cause);
    this.file = file;
  }

  String file() {
    return file;
  }
}
