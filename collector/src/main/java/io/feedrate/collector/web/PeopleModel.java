package io.feedrate.collector.web;

import io.feedrate.collector.audit.AuditEntry;
import io.feedrate.collector.exclusions.HeldExclusion;
import io.feedrate.kpi.maturity.Declaration;
import io.feedrate.kpi.maturity.Document;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The answers of the API about what people entered. */
final class PeopleModel {

  private PeopleModel() {}

  /**
   * An interval out of scope.
   *
   * @param journaled when it began to count, or null while it waits
   * @param withdrawn when a person took it back, or null
   */
  record Exclusion(
      String id,
      String subject,
      Instant from,
      Instant to,
      String reason,
      String approver,
      String source,
      String reference,
      String enteredBy,
      Instant entered,
      @Nullable Instant journaled,
      String late,
      @Nullable Instant withdrawn) {

    static Exclusion of(HeldExclusion e) {
      return new Exclusion(
          e.id(),
          e.said().subject(),
          Times.instant(e.said().fromNs()),
          Times.instant(e.said().toNs()),
          e.said().reason(),
          e.said().approver(),
          e.said().source().word(),
          e.said().reference(),
          e.said().enteredBy(),
          Times.instant(e.said().enteredNs()),
          e.isWaiting() ? null : Times.instant(e.row().journaledNs()),
          e.late().name().toLowerCase(Locale.ROOT).replace('_', '-'),
          e.withdrawal().map(w -> Times.instant(w.said().enteredNs())).orElse(null));
    }
  }

  /** What a reviewer found in a document. */
  record Review(String degree, String by, Instant entered) {}

  /** An attached document. */
  record AttachedDocument(
      String indicator,
      String title,
      String digest,
      String issuer,
      @Nullable Instant validFrom,
      @Nullable Instant validUntil,
      @Nullable Review review) {

    static AttachedDocument of(Document d) {
      return new AttachedDocument(
          d.indicator(),
          d.title(),
          d.digest(),
          d.issuer(),
          d.validFromNs() == Long.MIN_VALUE ? null : Times.instant(d.validFromNs()),
          d.validToNs() == Long.MAX_VALUE ? null : Times.instant(d.validToNs()),
          d.review()
              .map(r -> new Review(word(r.degree()), r.reviewer(), Times.instant(r.reviewedNs())))
              .orElse(null));
    }
  }

  /** What a person declared of an indicator. */
  record Declared(String indicator, String claim, String reason, String by, Instant entered) {

    static Declared of(Declaration d) {
      return new Declared(
          d.indicator(),
          d instanceof Declaration.NotApplicable ? "not-applicable" : "not-implemented",
          d.reason(),
          d.approver(),
          Times.instant(d.enteredNs()));
    }
  }

  /** Who did what. */
  record Audited(Instant at, String who, String role, String action, String on) {

    static Audited of(AuditEntry e) {
      return new Audited(e.at(), e.who().name(), e.who().role(), e.action().word(), e.on());
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
