package io.feedrate.collector.access;

import io.feedrate.collector.audit.Actor;
import io.feedrate.collector.audit.AuditEntry.Action;
import io.feedrate.collector.audit.AuditException;
import io.feedrate.collector.audit.AuditFile;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes failed logins to the audit trail, summed up and not more often than once an hour: whoever
 * guesses must not be able to fill it.
 *
 * <p><b>Thread</b>: its owner's.
 */
public final class FailedLoginReport {
  private static final Logger LOG = LoggerFactory.getLogger(FailedLoginReport.class);
  static final long EVERY_NS = TimeUnit.HOURS.toNanos(1);

  private final FailedLogins failed;
  private final AuditFile audit;
  private final LongSupplier nanoTime;
  private long lastNs;

  /** A report that has written nothing yet. */
  public FailedLoginReport(FailedLogins failed, AuditFile audit, LongSupplier nanoTime) {
    this.failed = failed;
    this.audit = audit;
    this.nanoTime = nanoTime;
    lastNs = nanoTime.getAsLong() - EVERY_NS;
  }

  /** Writes what there is, if the last time is long enough ago. */
  public void run() {
    long nowNs = nanoTime.getAsLong();
    if (nowNs - lastNs < EVERY_NS || !failed.isUntold()) {
      return;
    }
    lastNs = nowNs;
    FailedLogins.Summary summary = failed.takeSummary();
    String text =
        summary.count()
            + summary.byAddress().entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", ", ": ", ""))
            + (sum(summary.byAddress()) < summary.count() ? " and others" : "");
    try {
      audit.append(Actor.gateway(), Action.LOGINS_FAILED, text);
    } catch (AuditException e) {
      LOG.warn("failed logins ({}) are not in the audit trail: {}", text, e.getMessage());
    }
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
