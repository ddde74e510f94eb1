package io.feedrate.collector.evidence.bundle;

import io.feedrate.collector.statements.Stated;
import io.feedrate.collector.statements.Statement;
import io.feedrate.collector.statements.StatementException;
import io.feedrate.collector.statements.StatementFile;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What people stated: does one line follow the other, are the documents what was attached? */
final class PeopleCheck {
  private final BundleContents contents;
  private final Verdict verdict;

  PeopleCheck(BundleContents contents, Verdict verdict) {
    this.contents = contents;
    this.verdict = verdict;
  }

  /**
   * What holds of what is in it.
   *
   * @param logged lines of which the log has leaves
   */
  Stated run(List<String> logged) throws IOException {
    inLog(logged);
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

  /** A line at the end could be left out, such as a withdrawal: the log knows it. */
  private void inLog(List<String> logged) {
    Set<String> lines =
        contents.has(BundleFile.PEOPLE)
            ? contents.text(BundleFile.PEOPLE).lines().collect(Collectors.toSet())
            : Set.of();
    for (String line : logged) {
      if (!lines.contains(line)) {
        verdict.invalid(BundleFile.PEOPLE, "a statement that is in the log is left out: " + line);
      }
    }
    lines = new HashSet<>(lines);
    lines.removeAll(Set.copyOf(logged));
    if (!lines.isEmpty()) {
      verdict.fact(
          "%d statements of people came after the log was signed, and are not in it"
              .formatted(lines.size()));
    }
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
