package io.feedrate.collector.sink.influx;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.State;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Writes results as InfluxDB line protocol: one line for the KPI of the result, with its counts,
 * and one for each further KPI that is computed from the same counts, with its figure alone.
 *
 * <pre>{@code
 * <kpi id>,subject=<path>,kind=<kind>,span=<span>,window_s=<length> <fields> <window end, epoch ns>
 * }</pre>
 *
 * <ul>
 *   <li>measurement: the KPI's id
 *   <li>tag {@code subject}: path of the asset or signal
 *   <li>tag {@code kind}: {@code site}, {@code line}, {@code machine}, {@code node}, {@code
 *       signal}, or {@code other} for what the register does not know (a dimension, a former asset)
 *   <li>tag {@code span}: {@code window}, or {@code shift} or {@code day} for sums of windows:
 *       choose one before adding up
 *   <li>tag {@code window_s}: length of the window in seconds, so that windows of different lengths
 *       that end together do not overwrite each other
 *   <li>fields {@code value}, {@code lower}, {@code upper}: floats in the KPI's unit; one that is
 *       undefined or infinite is left out
 *   <li>field {@code state}: 0 measured, 1 insufficient evidence, 2 not applicable
 *   <li>field {@code revision}: 0 for the first, higher for one that supersedes it
 *   <li>a field for each base count, by the name that the KPI gives it, integer
 *   <li>timestamp: the end of the window
 * </ul>
 *
 * <p>Measurement, tags and timestamp are the same for all revisions of a result and for a repeated
 * delivery, so the target overwrites the point instead of counting it twice. A field that a
 * revision leaves out keeps its former value there: read {@code value} together with {@code state =
 * 0}.
 *
 * <p><b>Thread</b>: one.
 */
final class LineProtocol {
  private static final long NS_PER_S = 1_000_000_000L;

  private final Map<String, Kpi> kpis = new HashMap<>();
  private final Map<String, List<Kpi>> derived = new HashMap<>();
  private final Map<String, String> kinds = new HashMap<>();

  LineProtocol(Collection<Kpi> kpis, Register register) {
    for (Kpi kpi : kpis) {
      this.kpis.put(kpi.id(), kpi);
      if (!kpi.basis().equals(kpi.id())) {
        derived.computeIfAbsent(kpi.basis(), basis -> new ArrayList<>()).add(kpi);
      }
    }
    for (Asset asset : register.assets()) {
      kinds.put(asset.path(), asset.kind().name().toLowerCase(Locale.ROOT));
    }
    for (Signal signal : register.signals()) {
      kinds.put(signal.path(), "signal");
    }
  }

  /** The most lines that one result can become. */
  int linesPerResult() {
    return 1 + derived.values().stream().mapToInt(List::size).max().orElse(0);
  }

  /** Appends the lines of a result, each with its line feed. */
  void append(Result result, StringBuilder out) {
    appendHead(result.kpi(), result, result.figure(), out);
    appendCounts(result, out);
    out.append(' ').append(result.endNs()).append('\n');
    for (Kpi kpi : derived.getOrDefault(result.kpi(), List.of())) {
      Figure figure = kpi.figure(result.counts(), histogram(result));
      appendHead(kpi.id(), result, figure, out);
      out.append(' ').append(result.endNs()).append('\n');
    }
  }

  private static @Nullable Histogram histogram(Result result) {
    if (result.histogram().length == 0) {
      return null;
    }
    return Histogram.decodeFromByteBuffer(ByteBuffer.wrap(result.histogram()), 0);
  }

  private void appendHead(String kpi, Result result, Figure figure, StringBuilder out) {
    escape(kpi, ", ", out);
    out.append(",subject=");
    escape(result.subject(), ", =", out);
    out.append(",kind=").append(kinds.getOrDefault(result.subject(), "other"));
    out.append(",span=").append(result.span().name().toLowerCase(Locale.ROOT));
    out.append(",window_s=").append((result.endNs() - result.startNs()) / NS_PER_S);
    out.append(" state=").append(code(figure.state())).append('i');
    out.append(",revision=").append(result.revision()).append('i');
    appendFigure(figure, out);
  }

  private static void appendFigure(Figure figure, StringBuilder out) {
    appendFloat("value", figure.value(), out);
    appendFloat("lower", figure.lower(), out);
    appendFloat("upper", figure.upper(), out);
  }

  private static void appendFloat(String field, double value, StringBuilder out) {
    if (Double.isFinite(value)) {
      out.append(',').append(field).append('=').append(value);
    }
  }

  private void appendCounts(Result result, StringBuilder out) {
    Kpi kpi = kpis.get(result.kpi());
    List<String> names = kpi == null ? List.of() : kpi.counts();
    long[] counts = result.counts();
    for (int i = 0; i < counts.length; i++) {
      out.append(',');
      if (i < names.size()) {
        escape(names.get(i), ", =", out);
      } else {
        out.append("count_").append(i);
      }
      out.append('=').append(counts[i]).append('i');
    }
  }

  private static int code(State state) {
    return switch (state) {
      case MEASURED -> 0;
      case INSUFFICIENT_EVIDENCE -> 1;
      case NOT_APPLICABLE -> 2;
    };
  }

  /**
   * Escapes what has a meaning in line protocol. Control characters cannot be written at all, and a
   * backslash before an escape or at the end would be read as one: both become an underscore.
   */
  private static void escape(String text, String special, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '\\') {
        out.append('_');
      } else {
        if (special.indexOf(c) >= 0) {
          out.append('\\');
        }
        out.append(c);
      }
    }
  }
}
