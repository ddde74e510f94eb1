package io.feedrate.collector.statements;

import io.feedrate.kpi.maturity.Degree;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One thing that a person stated. Who stated it and why are not blank, and no text is longer than
 * {@link #MAX_TEXT}: an {@link IllegalArgumentException} says what is missing or too long.
 */
public sealed interface Statement {

  /** The longest text, characters. */
  int MAX_TEXT = 1_000;

  /** When it was entered, by the clock of the machine. */
  Instant entered();

  /** Who stated it. */
  String by();

  /** Id of the indicator that it is about. */
  String indicator();

  /**
   * A document was attached to an indicator.
   *
   * @param title what it is called
   * @param digest SHA-256 of the file, hex
   * @param bytes size of the file
   * @param issuer who stands behind it
   * @param validFrom from when on it is valid, if not since ever
   * @param validUntil until when, exclusive, if not for ever
   * @param reference where the file was, or is
   * @param kept whether a copy is kept in the data directory
   */
  record Attached(
      Instant entered,
      String by,
      String indicator,
      String title,
      String digest,
      long bytes,
      String issuer,
      Optional<Instant> validFrom,
      Optional<Instant> validUntil,
      String reference,
      boolean kept)
      implements Statement {
    public Attached {
      require(by, "who attaches it");
      require(title, "a title");
      require(issuer, "an issuer");
      bound(indicator, "an indicator");
      bound(digest, "a digest");
      bound(reference, "the place of its file");
      if (validFrom.isPresent()
          && validUntil.isPresent()
          && !validFrom.get().isBefore(validUntil.get())) {
        throw new IllegalArgumentException(
            "it is valid until %s, which is before %s"
                .formatted(validUntil.get(), validFrom.get()));
      }
    }
  }

  /**
   * Somebody read a document.
   *
   * @param digest of the document
   * @param degree how far it shows what the indicator asks for
   */
  record Reviewed(Instant entered, String by, String indicator, String digest, Degree degree)
      implements Statement {
    public Reviewed {
      require(by, "a reviewer");
      bound(indicator, "an indicator");
      bound(digest, "a digest");
    }
  }

  /**
   * A document is no evidence any more.
   *
   * @param digest of the document
   */
  record Withdrawn(Instant entered, String by, String indicator, String digest, String reason)
      implements Statement {
    public Withdrawn {
      require(by, "who withdraws it");
      require(reason, "a reason");
      bound(indicator, "an indicator");
      bound(digest, "a digest");
    }
  }

  /** What is declared of an indicator. */
  enum Claim {
    /** There is nothing here that it could be about. */
    NOT_APPLICABLE,
    /** There is no such thing here, though there could be. */
    NOT_IMPLEMENTED,
    /** Neither: what was declared before is taken back. */
    APPLIES
  }

  /** A responsible person declares something of an indicator. */
  record Declared(Instant entered, String by, String indicator, Claim claim, String reason)
      implements Statement {
    public Declared {
      require(by, "an approver");
      require(reason, "a reason");
      bound(indicator, "an indicator");
    }
  }

  private static void require(String text, String what) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("it needs " + what);
    }
    bound(text, what);
  }

  private static void bound(String text, String what) {
    if (text.length() > MAX_TEXT) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s of %,d characters is too long: it can have %,d",
              what,
              text.length(),
              MAX_TEXT));
    }
  }
}
