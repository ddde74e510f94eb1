package io.feedrate.collector.config;

import io.feedrate.collector.config.GatewayConfig.ExclusionConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads intervals out of scope; their subjects must exist. */
final class ExclusionReader {

  private ExclusionReader() {}

  static List<ExclusionConfig> read(Entry top, Subjects subjects) {
    List<ExclusionConfig> exclusions = new ArrayList<>();
    for (Entry entry : top.items("exclusions")) {
      exclusions.add(exclusion(entry, subjects));
    }
    return exclusions;
  }

  private static ExclusionConfig exclusion(Entry entry, Subjects subjects) {
    Instant from = entry.parsed("from", Instants::parse, Instant.MIN);
    Instant to = entry.parsed("to", Instants::parse, Instant.MAX);
    if (!from.isBefore(to)) {
      entry.problem("to", "the end is not after the beginning", "Exchange \"from\" and \"to\".");
    }
    for (String key : new String[] {"reason", "approver"}) {
      if (entry.text(key).map(String::isBlank).orElse(false)) {
        entry.problem(key, "must not be empty", "An assessor asks why, and who has said so.");
      }
    }
    return new ExclusionConfig(
        subjects.of(entry), from, to, entry.text("reason", ""), entry.text("approver", ""));
  }
}
