package io.feedrate.collector.journal;

import java.util.Locale;

/** What stands behind an exclusion. Ordinals are journaled: append only. */
public enum ExclusionSource {
  /** Something else, which the reason tells. */
  OTHER,
  /** A calendar: holidays, plant shutdowns, planned cleaning. */
  CALENDAR,
  /** An order of maintenance, which the reference names. */
  MAINTENANCE_ORDER,
  /** The machine's own state: it was switched off on purpose. */
  MACHINE;

  private static final ExclusionSource[] ALL = values();

  /** The word for people and files: maintenance-order. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What a journal record says; what it does not say, or a newer version says, is another. */
  public static ExclusionSource of(int ordinal) {
    return ordinal >= 0 && ordinal < ALL.length ? ALL[ordinal] : OTHER;
  }
}
