package io.feedrate.collector.cli;

import io.feedrate.kpi.maturity.Document;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** What names a document that is attached: its indicator and its digest. */
final class DocumentChoice {

  /** So much of a digest is shown to people. */
  static final int DIGEST_SHOWN = 12;

  @Parameters(
      index = "0",
      paramLabel = "INDICATOR",
      description = "The indicator that it is attached to.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String indicator;

  @Parameters(
      index = "1",
      paramLabel = "DIGEST",
      description = "The document's digest or how it begins, as document list shows it.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String digest;

  /**
   * The one of these documents.
   *
   * @throws ParameterException if it is none or several
   */
  Document of(List<Document> documents, CommandSpec spec) {
    List<Document> found =
        documents.stream()
            .filter(d -> d.indicator().equals(indicator))
            .filter(d -> d.digest().startsWith(digest.toLowerCase(Locale.ROOT)))
            .toList();
    if (found.size() != 1) {
      throw new ParameterException(
          spec.commandLine(),
          "%s documents of %s have a digest that begins with %s; see feedrate document list"
              .formatted(found.isEmpty() ? "no" : "several", indicator, digest));
    }
    return found.get(0);
  }

  /** How a document is named in a sentence. */
  static String name(Document document) {
    return "%s: %s (SHA-256 %s...)"
        .formatted(
            document.indicator(), document.title(), document.digest().substring(0, DIGEST_SHOWN));
  }
}
