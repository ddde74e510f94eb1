package io.feedrate.collector.statements;

import io.feedrate.collector.statements.Statement.Attached;
import io.feedrate.collector.statements.Statement.Declared;
import io.feedrate.collector.statements.Statement.Reviewed;
import io.feedrate.collector.statements.Statement.Withdrawn;
import io.feedrate.kpi.maturity.Declaration;
import io.feedrate.kpi.maturity.Document;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What holds of what was stated, in the order in which it was: documents that were not withdrawn
 * with their last review, and the last declaration of each indicator.
 *
 * @param documents attached documents
 * @param declarations at most one for each indicator
 */
public record Stated(List<Document> documents, List<Declaration> declarations) {

  /** Nothing. */
  public static final Stated NOTHING = new Stated(List.of(), List.of());

  public Stated {
    documents = List.copyOf(documents);
    declarations = List.copyOf(declarations);
  }

  private record Key(String indicator, String digest) {}

  /** What holds after all of these. */
  public static Stated of(List<Statement> statements) {
    Map<Key, Document> documents = new LinkedHashMap<>();
    Map<String, Declaration> declarations = new LinkedHashMap<>();
    for (Statement statement : statements) {
      if (statement instanceof Attached a) {
        documents.put(new Key(a.indicator(), a.digest()), document(a));
      } else if (statement instanceof Reviewed r) {
        documents.computeIfPresent(
            new Key(r.indicator(), r.digest()), (key, document) -> reviewed(document, r));
      } else if (statement instanceof Withdrawn w) {
        documents.remove(new Key(w.indicator(), w.digest()));
      } else if (statement instanceof Declared d) {
        declare(declarations, d);
      }
    }
    return new Stated(new ArrayList<>(documents.values()), new ArrayList<>(declarations.values()));
  }

  private static Document document(Attached a) {
    return new Document(
        a.indicator(),
        a.title(),
        a.digest(),
        a.issuer(),
        a.validFrom().map(Stated::ns).orElse(Long.MIN_VALUE),
        a.validUntil().map(Stated::ns).orElse(Long.MAX_VALUE),
        Optional.empty());
  }

  private static Document reviewed(Document d, Reviewed r) {
    return new Document(
        d.indicator(),
        d.title(),
        d.digest(),
        d.issuer(),
        d.validFromNs(),
        d.validToNs(),
        Optional.of(new Document.Review(r.degree(), r.by(), ns(r.entered()))));
  }

  private static void declare(Map<String, Declaration> declarations, Declared d) {
    declarations.remove(d.indicator());
    switch (d.claim()) {
      case NOT_APPLICABLE ->
          declarations.put(
              d.indicator(),
              new Declaration.NotApplicable(d.indicator(), d.reason(), d.by(), ns(d.entered())));
      case NOT_IMPLEMENTED ->
          declarations.put(
              d.indicator(),
              new Declaration.NotImplemented(d.indicator(), d.reason(), d.by(), ns(d.entered())));
      case APPLIES -> {}
    }
  }

  private static long ns(Instant at) {
    return TimeUnit.SECONDS.toNanos(at.getEpochSecond()) + at.getNano();
  }
}
