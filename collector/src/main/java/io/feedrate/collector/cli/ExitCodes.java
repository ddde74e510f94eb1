package io.feedrate.collector.cli;

/** What the program's exit codes mean. */
public final class ExitCodes {

  /** Done. */
  public static final int OK = 0;

  /** Something failed that should not have. */
  public static final int FAILED = 1;

  /** The command line or the configuration is wrong: nothing was started. */
  public static final int USAGE = 2;

  private ExitCodes() {}
}
