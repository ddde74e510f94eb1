package io.feedrate.collector.evidence.bundle;

import io.feedrate.collector.statements.Stated;
import io.feedrate.collector.statements.Statement;
import io.feedrate.collector.statements.StatementException;
import io.feedrate.collector.statements.StatementFile;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;

/** What people stated: does one line follow the other, are the documents what was attached? */
final class PeopleCheck {
  private final BundleContents contents;
  private final Verdict verdict;

  PeopleCheck(BundleContents contents, Verdict verdict) {
    this.contents = contents;
    this.verdict = verdict;
  }

  Stated run() throws IOException {
    if (!contents.has(BundleFile.PEOPLE)) {
      return Stated.NOTHING;
    }
    List<Statement> statements;
    try {
      statements = StatementFile.parse(contents.bytes(BundleFile.PEOPLE), BundleFile.PEOPLE);
    } catch (StatementException e) {
      verdict.invalid(BundleFile.PEOPLE, String.valueOf(e.getMessage()));
      return Stated.NOTHING;
    }
    TreeSet<String> documents = new TreeSet<>();
    int elsewhere = 0;
    for (Statement each : statements) {
      if (each instanceof Statement.Attached a && documents.add(a.digest())) {
        elsewhere += document(a) ? 0 : 1;
      }
    }
    verdict.fact(
        "%d statements of people, %d documents%s"
            .formatted(
                statements.size(),
                documents.size(),
                elsewhere == 0 ? "" : ", of which %d stayed in the plant".formatted(elsewhere)));
    return Stated.of(statements);
  }

  private boolean document(Statement.Attached a) throws IOException {
    String name = BundleFile.DOCUMENTS + a.digest();
    if (!contents.has(name)) {
      if (a.kept()) {
        verdict.incomplete(name, "the document \"%s\" is not in it".formatted(a.title()));
      }
      return false;
    }
    if (!contents.digest(name).equals(a.digest())) {
      verdict.invalid(name, "it is not the document \"%s\" that was attached".formatted(a.title()));
    }
    return true;
  }
}
