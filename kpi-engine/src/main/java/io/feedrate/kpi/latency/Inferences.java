package io.feedrate.kpi.latency;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Panes;
import io.feedrate.kpi.Snapshot;
import java.nio.ByteBuffer;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Inference availability and latency per node: production inferences only.
 *
 * <p>Latencies are recorded in microseconds with two significant digits up to one hour; longer ones
 * count as one hour.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 per inference after a node's first in a
 * pane.
 */
public final class Inferences {

  /** Index of the count of successful inferences. */
  public static final int OK = 0;

  /** Index of the count of failed inferences. */
  public static final int FAILED = 1;

  private static final List<String> COUNTS = List.of("ok", "failed");

  /** Successful inferences of all. */
  public static final Kpi AVAILABILITY =
      new Kpi(
          "inference_availability",
          "inference_availability",
          "Inference availability",
          "1",
          true,
          "successful production inferences / production inferences",
          "ISO/IEC 25023 (general knowledge); Triton nv_inference_request_success / _failure",
          COUNTS,
          (n, histogram) -> Figure.ratio(n[OK], n[OK] + n[FAILED]));

  /** 95th percentile of inference latency. */
  public static final Kpi LATENCY_P95 =
      new Kpi(
          "inference_latency_p95",
          "inference_availability",
          "Inference latency (95th percentile)",
          "s",
          false,
          "95th percentile of the latency of production inferences that told it",
          "ISO/IEC 25023 time behaviour (general knowledge)",
          COUNTS,
          (n, histogram) -> percentile(histogram, 95));

  private static final int MARKER = 0x494e4645;
  private static final long HIGHEST_US = 3_600_000_000L;

  private final Panes panes;
  private final @Nullable Histogram[][] histograms;

  /** Counters for so many assets, on the engine's panes. */
  public Inferences(int assets, long windowNs, long latenessNs, long firstOpenNs) {
    panes = new Panes(assets, COUNTS.size(), windowNs, latenessNs, firstOpenNs);
    histograms = new Histogram[panes.count()][assets];
  }

  private static Figure percentile(@Nullable Histogram histogram, double percentile) {
    return histogram == null || histogram.getTotalCount() == 0
        ? Figure.NOT_APPLICABLE
        : Figure.exact(histogram.getValueAtPercentile(percentile) / 1e6);
  }

  /** An empty histogram of microseconds, as results carry it. */
  public static Histogram histogram() {
    return new Histogram(HIGHEST_US, 2);
  }

  /** A production inference of an asset at a time; a negative latency was not told. */
  public void on(int asset, boolean ok, long timeNs, long latencyNs) {
    panes.add(asset, ok ? OK : FAILED, timeNs, 1);
    if (latencyNs >= 0) {
      @Nullable Histogram[] pane = histograms[panes.index(timeNs)];
      Histogram its = pane[asset];
      if (its == null) {
        its = histogram();
        pane[asset] = its;
      }
      its.recordValue(Math.min(latencyNs / 1000, HIGHEST_US));
    }
  }

  /** Counts of the first open window, by asset and kind. */
  public long[] firstCounts() {
    return panes.first();
  }

  /** Latencies of an asset in the first open window, or null. */
  public @Nullable Histogram firstHistogram(int asset) {
    return histograms[panes.index(panes.timeNs(0))][asset];
  }

  /** Drops the first open window. */
  public void closeFirst() {
    @Nullable Histogram[] pane = histograms[panes.index(panes.timeNs(0))];
    for (Histogram h : pane) {
      if (h != null) {
        h.reset();
      }
    }
    panes.closeFirst();
  }

  /** HdrHistogram's V2 encoding, as results carry it; empty for nothing. */
  public static byte[] encode(@Nullable Histogram histogram) {
    if (histogram == null || histogram.getTotalCount() == 0) {
      return new byte[0];
    }
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoByteBuffer(buffer);
    byte[] bytes = new byte[length];
    buffer.flip();
    buffer.get(bytes);
    return bytes;
  }

  /** The histogram of a result, or null if it has none. */
  public static @Nullable Histogram decode(byte[] bytes) {
    return bytes.length == 0 ? null : Histogram.decodeFromByteBuffer(ByteBuffer.wrap(bytes), 0);
  }

  /** Takes over the counts of another register; parameters as for {@link Panes#copyFrom}. */
  public void copyFrom(Inferences old, int[] heir, long firstOpenNs) {
    panes.copyFrom(old.panes, heir, firstOpenNs);
    for (int i = 0; i < old.panes.count(); i++) {
      long timeNs = old.panes.timeNs(i);
      @Nullable Histogram[] from = old.histograms[old.panes.index(timeNs)];
      @Nullable Histogram[] to = histograms[panes.index(timeNs)];
      for (int a = 0; a < heir.length; a++) {
        Histogram more = from[a];
        if (heir[a] >= 0 && more != null && more.getTotalCount() > 0) {
          Histogram its = to[heir[a]] == null ? histogram() : to[heir[a]];
          its.add(more);
          to[heir[a]] = its;
        }
      }
    }
  }

  public void write(Snapshot.Writer out) {
    out.section(MARKER);
    panes.write(out);
    for (@Nullable Histogram[] pane : histograms) {
      for (Histogram h : pane) {
        out.putBytes(encode(h));
      }
    }
  }

  public void read(Snapshot.Reader in) {
    in.section(MARKER);
    panes.read(in);
    for (@Nullable Histogram[] pane : histograms) {
      for (int a = 0; a < pane.length; a++) {
        Histogram encoded = decode(in.getBytes());
        Histogram its = pane[a];
        if (its != null) {
          its.reset();
        }
        if (encoded != null) {
          its = its == null ? histogram() : its;
          its.add(encoded);
          pane[a] = its;
        }
      }
    }
  }
}
