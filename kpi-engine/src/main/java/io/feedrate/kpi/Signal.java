package io.feedrate.kpi;

/**
 * One measurable of one asset, with its requirement.
 *
 * @param id dense index in the {@link Register}, from 0
 * @param path asset path plus signal name, unique
 * @param asset index of the asset in the register
 * @param link index of the link that brings it
 * @param mode how it must update
 * @param periodNs required period (slot length), over 0
 * @param deadlineNs how long after its slot's end a value is still in time, 0 or more
 * @param min smallest valid value, or negative infinity
 * @param max largest valid value, or positive infinity
 * @param unit UCUM code, "1" where it has none
 * @param text whether values are texts; then range does not apply
 * @param role what it means to KPIs beside completeness
 * @param owner who answers for it, or "" where nobody is named
 * @param semanticId what it is in a dictionary (IRDI, URI of a companion specification's node), or
 *     ""
 */
public record Signal(
    int id,
    String path,
    int asset,
    int link,
    SignalMode mode,
    long periodNs,
    long deadlineNs,
    double min,
    double max,
    String unit,
    boolean text,
    Role role,
    String owner,
    String semanticId) {

  /** The least {@link #clockToleranceNs}. */
  public static final long LEAST_CLOCK_TOLERANCE_NS = 50_000_000L;

  /** A signal without role, owner and meaning. */
  public Signal(
      int id,
      String path,
      int asset,
      int link,
      SignalMode mode,
      long periodNs,
      long deadlineNs,
      double min,
      double max,
      String unit,
      boolean text) {
    this(
        id, path, asset, link, mode, periodNs, deadlineNs, min, max, unit, text, Role.NONE, "", "");
  }

  /** Whether it has a range. */
  public boolean hasRange() {
    return min != Double.NEGATIVE_INFINITY || max != Double.POSITIVE_INFINITY;
  }

  /** How far the source's clock may be off before slots cannot be assigned by it, in ns. */
  public long clockToleranceNs() {
    return Math.max(periodNs / 10, LEAST_CLOCK_TOLERANCE_NS);
  }
}
