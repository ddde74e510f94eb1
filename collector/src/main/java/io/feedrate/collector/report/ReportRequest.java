package io.feedrate.collector.report;

import io.feedrate.collector.statements.Stated;
import io.feedrate.collector.store.HeadRow;
import io.feedrate.kpi.maturity.Profile;
import java.util.Optional;

/**
 * What a report is asked for.
 *
 * @param subject path of a site, line, machine or node
 * @param fromNs start of the period, inclusive, epoch nanoseconds
 * @param toNs its end, exclusive
 * @param profile what is held against
 * @param stated documents and declarations
 * @param everyKpi whether KPIs that the profile does not ask for get a section of their own as well
 * @param madeNs when the report is made: nothing reads a clock
 * @param software name and version of what makes it
 * @param logHead the last signed head of the store's log, where it has one
 */
public record ReportRequest(
    String subject,
    long fromNs,
    long toNs,
    Profile profile,
    Stated stated,
    boolean everyKpi,
    long madeNs,
    String software,
    Optional<HeadRow> logHead) {

  public ReportRequest {
    if (fromNs >= toNs) {
      throw new IllegalArgumentException("the period ends before it starts");
    }
  }
}
