package io.feedrate.collector.exclusions;

import io.feedrate.collector.config.GatewayConfig.ExclusionConfig;
import io.feedrate.collector.journal.ExclusionKind;
import io.feedrate.collector.journal.ExclusionRecord;
import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.store.ExclusionRow;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exclusions of the configuration: what is new in it goes to the journal when the collector starts.
 * What it does not tell any more stays in force, because nothing is edited; if that is still to
 * come, the log says how to withdraw it.
 */
public final class ConfiguredExclusions {
  private static final Logger LOG = LoggerFactory.getLogger(ConfiguredExclusions.class);

  /** In place of a person's name. */
  static final String ENTERED_BY = "configuration";

  private record Content(String subject, long fromNs, long toNs, String reason, String approver) {
    static Content of(ExclusionRecord r) {
      return new Content(r.subject(), r.fromNs(), r.toNs(), r.reason(), r.approver());
    }
  }

  private ConfiguredExclusions() {}

  /**
   * Journals what is new.
   *
   * @param journaled all that the journal has
   */
  public static void journal(
      List<ExclusionConfig> configured, List<ExclusionRow> journaled, Journal journal) {
    Set<Content> known = new HashSet<>();
    for (ExclusionRow row : journaled) {
      if (row.said().kind() == ExclusionKind.EXCLUSION) {
        known.add(Content.of(row.said()));
      }
    }
    Set<Content> wanted = new HashSet<>();
    for (ExclusionConfig each : configured) {
      ExclusionRecord record = record(each, journal.clock().nowNs());
      wanted.add(Content.of(record));
      if (known.add(Content.of(record))) {
        journal.appendExclusion(record);
      }
    }
    warnOfGone(journaled, wanted, journal.clock().nowNs());
  }

  private static void warnOfGone(List<ExclusionRow> journaled, Set<Content> wanted, long nowNs) {
    for (HeldExclusion held : HeldExclusions.of(journaled, List.of()).inForce()) {
      if (held.said().enteredBy().equals(ENTERED_BY)
          && held.said().fromNs() > nowNs
          && !wanted.contains(Content.of(held.said()))) {
        LOG.warn(
            "the configuration does not tell any more that {} is out of scope from {} to {}; that"
                + " holds until somebody enters: feedrate exclude withdraw {}",
            held.said().subject(),
            Times.instant(held.said().fromNs()),
            Times.instant(held.said().toNs()),
            held.id());
      }
    }
  }

  private static ExclusionRecord record(ExclusionConfig e, long nowNs) {
    return new ExclusionRecord(
        ExclusionKind.EXCLUSION,
        e.subject(),
        Times.ns(e.from()),
        Times.ns(e.to()),
        e.reason(),
        e.approver(),
        e.source(),
        e.reference(),
        ENTERED_BY,
        nowNs,
        "");
  }
}
