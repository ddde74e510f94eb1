package io.feedrate.collector.engine;

import io.feedrate.collector.journal.ExclusionKind;
import io.feedrate.collector.journal.ExclusionRecord;
import io.feedrate.collector.journal.ExclusionSource;
import io.feedrate.collector.store.ExclusionRow;

/** What the engine found to be out of scope because a machine says so, as it is stored. */
public final class ObservedExclusion {
  private ObservedExclusion() {}

  /**
   * A row.
   *
   * @param signal path of the signal that says so
   * @param knownNs journal time of the record with which it was known
   */
  public static ExclusionRow row(
      String subject, String signal, long fromNs, long toNs, long knownNs) {
    return new ExclusionRow(
        new ExclusionRecord(
            ExclusionKind.OBSERVED,
            subject,
            fromNs,
            toNs,
            "switched off, says " + signal,
            "",
            ExclusionSource.MACHINE,
            signal,
            "",
            knownNs,
            ""),
        knownNs);
  }
}
