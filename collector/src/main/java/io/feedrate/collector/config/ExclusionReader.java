package io.feedrate.collector.config;

import io.feedrate.collector.config.GatewayConfig.AssetConfig;
import io.feedrate.collector.config.GatewayConfig.ExclusionConfig;
import io.feedrate.collector.config.GatewayConfig.SignalConfig;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads intervals out of scope; their subjects must exist. */
final class ExclusionReader {

  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  private final String site;
  private final Set<String> known = new LinkedHashSet<>();

  ExclusionReader(String site, List<AssetConfig> assets) {
    this.site = site;
    for (AssetConfig asset : assets) {
      String line = asset.line();
      for (int end = line.indexOf('/'); end >= 0; end = line.indexOf('/', end + 1)) {
        known.add(line.substring(0, end));
      }
      known.add(line);
      String path = line + "/" + asset.name();
      known.add(path);
      for (SignalConfig signal : asset.signals()) {
        known.add(path + "/" + signal.name());
      }
    }
  }

  List<ExclusionConfig> read(Entry top) {
    List<ExclusionConfig> exclusions = new ArrayList<>();
    for (Entry entry : top.items("exclusions")) {
      exclusions.add(exclusion(entry));
    }
    return exclusions;
  }

  private ExclusionConfig exclusion(Entry entry) {
    Instant from = entry.parsed("from", ExclusionReader::time, Instant.MIN);
    Instant to = entry.parsed("to", ExclusionReader::time, Instant.MAX);
    if (!from.isBefore(to)) {
      entry.problem("to", "the end is not after the beginning", "Exchange \"from\" and \"to\".");
    }
    for (String key : new String[] {"reason", "approver"}) {
      if (entry.text(key).map(String::isBlank).orElse(false)) {
        entry.problem(key, "must not be empty", "An assessor asks why, and who has said so.");
      }
    }
    return new ExclusionConfig(
        subject(entry), from, to, entry.text("reason", ""), entry.text("approver", ""));
  }

  /** The full path: what is written may begin below the site or with it. */
  private String subject(Entry entry) {
    String subject = entry.text("subject", "");
    if (subject.isEmpty() || subject.equals(site)) {
      return site;
    }
    String below = subject.startsWith(site + "/") ? subject.substring(site.length() + 1) : subject;
    if (!known.contains(below)) {
      entry.problem(
          "subject",
          "there is no line, asset or signal " + Texts.quote(below),
          entry.suggestion(below, known));
    }
    return site + "/" + below;
  }

  private static Instant time(String text) throws BadValueException {
    String form = "Write it with its zone, like 2026-12-24T12:00:00Z or 2026-12-24T13:00:00+01:00.";
    Instant time;
    try {
      time = OffsetDateTime.parse(text.strip()).toInstant();
    } catch (DateTimeException e) {
      throw new BadValueException(Texts.quote(text) + " is not a time", form);
    }
    if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
      throw new BadValueException("the time must be between the years 1970 and 2200", form);
    }
    return time;
  }
}
