package io.feedrate.collector.evidence.bundle;

import io.feedrate.collector.evidence.bundle.LeafResults.Interval;
import io.feedrate.kpi.foundation.Completeness;
import java.util.List;

/**
 * Is there a window of sensor data completeness for every moment? Its windows follow each other
 * without gaps by design, even while the collector is down.
 */
final class CoverageCheck {
  private static final int SHOWN = 10;

  private final Verdict verdict;
  private final LeafResults results;

  CoverageCheck(Verdict verdict, LeafResults results) {
    this.verdict = verdict;
    this.results = results;
  }

  void run(BundleManifest manifest) {
    for (String subject : manifest.subjects()) {
      List<Interval> windows = results.intervals(Completeness.EVENTUAL.id(), subject);
      int holes = 0;
      for (int i = 1; i < windows.size(); i++) {
        long end = windows.get(i - 1).endNs();
        long next = windows.get(i).startNs();
        if (next > end && holes++ < SHOWN) {
          verdict.incomplete(
              BundleFile.LEAVES,
              "%s has no window of %s from %s to %s"
                  .formatted(
                      subject,
                      Completeness.EVENTUAL.id(),
                      KpiStatements.instant(end),
                      KpiStatements.instant(next)));
        }
      }
      ends(manifest, subject, windows);
    }
  }

  private void ends(BundleManifest manifest, String subject, List<Interval> windows) {
    if (windows.isEmpty()) {
      verdict.fact("%s has no sensor data completeness in the period".formatted(subject));
      return;
    }
    long first = windows.get(0).startNs();
    long last = windows.get(windows.size() - 1).endNs();
    verdict.fact(
        "windows of %s reach from %s to %s"
            .formatted(subject, KpiStatements.instant(first), KpiStatements.instant(last)));
    long length =
        windows.get(windows.size() - 1).endNs() - windows.get(windows.size() - 1).startNs();
    if (first > manifest.fromNs() + length || last + length < manifest.toNs()) {
      verdict.fact("that is less than the period: ask why, if the plant ran before or after it");
    }
  }
}
