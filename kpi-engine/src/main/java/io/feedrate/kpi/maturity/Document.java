package io.feedrate.kpi.maturity;

import java.util.Optional;

/**
 * A document attached to an indicator. It is named by its digest; the file itself may be elsewhere.
 *
 * @param indicator id of the indicator that it is for
 * @param title what it is called
 * @param digest SHA-256 of the file, hex
 * @param issuer who stands behind it
 * @param validFromNs valid from, epoch nanoseconds
 * @param validToNs valid to, exclusive; {@link Long#MAX_VALUE} if without end
 * @param review what a human found who read it, if one did
 */
public record Document(
    String indicator,
    String title,
    String digest,
    String issuer,
    long validFromNs,
    long validToNs,
    Optional<Review> review) {

  /**
   * A human's verdict on a document.
   *
   * @param degree how far it shows what it must show
   * @param reviewer who says so
   * @param reviewedNs when, epoch nanoseconds
   */
  public record Review(Degree degree, String reviewer, long reviewedNs) {
    public Review {
      if (reviewer.isBlank()) {
        throw new IllegalArgumentException("a review names its reviewer");
      }
    }
  }

  /** Whether it was valid during a whole period. */
  boolean covers(long startNs, long endNs) {
    return validFromNs <= startNs && endNs <= validToNs;
  }
}
