package io.feedrate.collector.oscal;

import io.feedrate.kpi.maturity.Assessment;
import io.feedrate.kpi.maturity.Declaration;
import io.feedrate.kpi.maturity.Document;
import java.time.Instant;
import java.util.List;

/**
 * What the documents are made from.
 *
 * @param assessment with its profile, subject and period
 * @param documents that it was made with; those of indicators that the profile lacks are left out
 * @param declarations that it was made with, likewise
 * @param made when the documents are made: nothing reads a clock
 * @param software what makes them, such as "Feedrate 1.0"
 */
public record OscalSource(
    Assessment assessment,
    List<Document> documents,
    List<Declaration> declarations,
    Instant made,
    String software) {

  public OscalSource {
    documents = List.copyOf(documents);
    declarations = List.copyOf(declarations);
  }
}
