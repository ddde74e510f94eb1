package io.feedrate.kpi;

/** Constants of a reading as it is journaled and handed to the engine. Flags add up. */
public final class Sample {

  /** The source gave no time; the reading is assigned by its receive time and counted. */
  public static final int NO_SOURCE_TIME = 1;

  /** The value had the wrong type or broke the schema: its slot can at best be INVALID. */
  public static final int INVALID = 2;

  /** Stored by the source and sent later: it is never in time. */
  public static final int HISTORICAL = 4;

  /** The value is a text; its number means nothing. */
  public static final int TEXT = 8;

  /** A time that was not told. */
  public static final long NO_TIME = Long.MIN_VALUE;

  /** StatusCode Good and nothing else. */
  public static final int STATUS_GOOD = 0;

  /**
   * InfoType DataValue plus Overflow: at least one older value was lost in the source's queue (OPC
   * 10000-4, 7.39.1).
   */
  public static final int STATUS_OVERFLOW = 0x480;

  private Sample() {}

  /** Whether a StatusCode says that values before this one were lost. */
  public static boolean isOverflow(int status) {
    return (status & STATUS_OVERFLOW) == STATUS_OVERFLOW;
  }

  /** Severity of a StatusCode: 0 good, 1 uncertain, 2 and 3 bad (OPC 10000-4, 7.39.1). */
  public static int severity(int status) {
    return status >>> 30;
  }
}
