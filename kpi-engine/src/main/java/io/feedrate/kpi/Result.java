package io.feedrate.kpi;

import java.util.Arrays;
import java.util.Objects;

/**
 * One KPI for one subject and window. The counts (and the histogram) are the result; the figure is
 * derived from them and stands beside them for readers.
 *
 * @param kpi id of the {@link Kpi}
 * @param subject path of the asset or signal
 * @param span what the window is
 * @param startNs start of the window, inclusive
 * @param endNs end of the window, exclusive
 * @param revision 0 when first closed; a higher one supersedes the lower
 * @param registerHash the register that it was computed under
 * @param counts base counts; not to be changed by the receiver
 * @param histogram HdrHistogram V2 encoding of durations in microseconds, or an empty array
 * @param figure value, bounds and state
 */
@SuppressWarnings("ArrayRecordComponent") // equality is defined over the contents, below
public record Result(
    String kpi,
    String subject,
    Span span,
    long startNs,
    long endNs,
    int revision,
    String registerHash,
    long[] counts,
    byte[] histogram,
    Figure figure) {

  @Override
  public boolean equals(Object o) {
    return o instanceof Result r
        && kpi.equals(r.kpi)
        && subject.equals(r.subject)
        && span == r.span
        && startNs == r.startNs
        && endNs == r.endNs
        && revision == r.revision
        && registerHash.equals(r.registerHash)
        && Arrays.equals(counts, r.counts)
        && Arrays.equals(histogram, r.histogram)
        && figure.equals(r.figure);
  }

  @Override
  public int hashCode() {
    return Objects.hash(kpi, subject, span, startNs, endNs, revision, Arrays.hashCode(counts));
  }

  @Override
  public String toString() {
    return "Result[%s %s %s [%d, %d) r%d %s %s]"
        .formatted(kpi, subject, span, startNs, endNs, revision, Arrays.toString(counts), figure);
  }
}
