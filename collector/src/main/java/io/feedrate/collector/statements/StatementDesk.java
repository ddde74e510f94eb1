package io.feedrate.collector.statements;

import io.feedrate.collector.audit.Actor;
import io.feedrate.collector.audit.AuditEntry.Action;
import io.feedrate.collector.audit.AuditFile;
import io.feedrate.collector.statements.Statement.Attached;
import io.feedrate.collector.statements.Statement.Declared;
import io.feedrate.collector.statements.Statement.Reviewed;
import io.feedrate.kpi.maturity.Document;
import io.feedrate.kpi.maturity.Indicator;
import io.feedrate.kpi.maturity.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Where people state things, by whatever way they come: checked in the same way, and in the audit
 * trail. When a method returns, what was stated is on the disk.
 *
 * <p><b>Thread</b>: any. <b>Errors</b>: {@link IllegalArgumentException} says what is wrong with a
 * statement, and nothing was written; {@link StatementException} and {@link
 * io.feedrate.collector.audit.AuditException} if it cannot be written.
 */
public final class StatementDesk {

  private final StatementFile file;
  private final AuditFile audit;

  /** That of a data directory. */
  public StatementDesk(Path data) {
    file = new StatementFile(data);
    audit = new AuditFile(data);
  }

  /** What holds now. */
  public Stated stated() {
    return Stated.of(file.read());
  }

  /**
   * What a document is called, and where it came from.
   *
   * @param validFrom its first day, UTC
   * @param validUntil its last day, UTC
   * @param reference where the file was, or is
   */
  public record Label(
      String title,
      String issuer,
      Optional<LocalDate> validFrom,
      Optional<LocalDate> validUntil,
      String reference) {}

  /**
   * Attaches a document to an indicator that asks for documents.
   *
   * @param by who attaches it, by the word of who enters it
   * @param document the file; it is read, and copied if it is to be kept
   * @param isKept whether a copy is kept in the data directory
   */
  public Attached attach(
      Actor actor,
      String by,
      Profile profile,
      String indicator,
      Label label,
      Path document,
      boolean isKept)
      throws IOException {
    requireDocumented(profile, indicator);
    long bytes = Files.size(document);
    if (isKept && bytes > StatementFile.MAX_KEPT_BYTES) {
      throw new IllegalArgumentException(
          "%s has more than %,d MB: use --reference-only"
              .formatted(label.reference(), StatementFile.MAX_KEPT_BYTES >> 20));
    }
    String digest = StatementFile.digest(document);
    Attached attached =
        new Attached(
            Instant.now(),
            by,
            indicator,
            label.title(),
            digest,
            bytes,
            label.issuer(),
            label.validFrom().map(StatementDesk::start),
            label.validUntil().map(day -> start(day.plusDays(1))),
            label.reference(),
            isKept);
    audit.requireRoom();
    if (isKept) {
      file.keep(document, digest);
    }
    append(actor, () -> attached);
    return attached;
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static void requireDocumented(Profile profile, String indicator) {
    if (!(indicator(profile, indicator) instanceof Indicator.Documented)) {
      throw new IllegalArgumentException(
          indicator + " is measured: a document cannot stand for it. See feedrate declare");
    }
  }

  /** An indicator of a profile, at whatever depth. */
  public static Indicator indicator(Profile profile, String id) {
    List<Indicator> all =
        profile.dimensions().stream().flatMap(d -> d.allIndicators().stream()).toList();
    return all.stream()
        .filter(indicator -> indicator.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the profile has no indicator %s; it has: %s"
                        .formatted(
                            id,
                            all.stream().map(Indicator::id).collect(Collectors.joining(", ")))));
  }

  /**
   * The attached document of an indicator and of the first digits of its digest.
   *
   * @throws IllegalArgumentException if it is none or several
   */
  public Document document(String indicator, String digest) {
    List<Document> found =
        stated().documents().stream()
            .filter(d -> d.indicator().equals(indicator))
            .filter(d -> d.digest().startsWith(digest.toLowerCase(Locale.ROOT)))
            .toList();
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          "%s documents of %s have a digest that begins with %s; see feedrate document list"
              .formatted(found.isEmpty() ? "no" : "several", indicator, digest));
    }
    return found.get(0);
  }

  /**
   * States something.
   *
   * @param statement made when it is needed; what it refuses is thrown on
   */
  public void append(Actor actor, Supplier<? extends Statement> statement) {
    Statement made = statement.get();
    audit.requireRoom();
    file.append(made);
    audit.append(actor, action(made), on(made));
  }

  private static Action action(Statement made) {
    if (made instanceof Attached) {
      return Action.DOCUMENT_ATTACHED;
    } else if (made instanceof Reviewed) {
      return Action.DOCUMENT_REVIEWED;
    } else if (made instanceof Declared) {
      return Action.DECLARED;
    }
    return Action.DOCUMENT_WITHDRAWN;
  }

  private static String on(Statement made) {
    if (made instanceof Attached a) {
      return a.indicator() + " sha256:" + a.digest();
    } else if (made instanceof Reviewed r) {
      return "%s sha256:%s %s".formatted(r.indicator(), r.digest(), StatementJson.word(r.degree()));
    } else if (made instanceof Declared d) {
      return d.indicator() + " " + StatementJson.word(d.claim());
    }
    Statement.Withdrawn w = (Statement.Withdrawn) made; // there are no others
    return w.indicator() + " sha256:" + w.digest();
  }
}
