package io.feedrate.collector.report;

import io.feedrate.collector.report.Shapes.Align;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.maturity.Degree;
import io.feedrate.kpi.maturity.Indicator;
import io.feedrate.kpi.maturity.Scale;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A KPI over time: a point for each interval, computed from the interval's own sums; a light band
 * between the bounds; a grey ground where nothing was measured; a dashed line at the threshold of
 * "fully met".
 */
final class TimePlot {

  private static final int WIDTH = 657;
  private static final int HEIGHT = 140;
  private static final double LEFT = 70;
  private static final double RIGHT = 10;
  private static final double TOP = 8;
  private static final double BOTTOM = 24;
  private static final int Y_TICKS = 4;
  private static final int X_TICKS = 7;
  private static final double ROOM_ABOVE = 0.08;
  private static final String EMPTY = "#f0f2f5";

  private final KpiData data;
  private final Buckets buckets;
  private final Format format;
  private final Optional<Scale.Range> fully;
  private final Shapes shapes = new Shapes(WIDTH, HEIGHT);
  private final double min;
  private final double max;

  private TimePlot(KpiData data, Format format, Indicator.@Nullable Measured indicator) {
    this.data = data;
    this.buckets = data.buckets();
    this.format = format;
    this.fully = Optional.ofNullable(indicator).map(i -> i.scale().range(Degree.FULLY));
    double[] range = range();
    this.min = range[0];
    this.max = range[1];
  }

  static void write(
      Html html, KpiData data, Words words, Format format, Indicator.@Nullable Measured indicator) {
    TimePlot plot = new TimePlot(data, format, indicator);
    plot.draw();
    plot.shapes.write(html, words.say(Phrase.PLOT_SHOWS, words.kpi(data.kpi())));
  }

  private void draw() {
    for (int i = 0; i < buckets.count(); i++) {
      if (data.series().get(i).map(f -> Double.isNaN(f.value())).orElse(true)) {
        shapes.rect(x(i), TOP, x(i + 1) - x(i), HEIGHT - TOP - BOTTOM, EMPTY);
      }
    }
    double step = niceStep((max - min) / Y_TICKS);
    for (double y = Math.ceil(min / step - 1e-9) * step; y <= max + step * 1e-9; y += step) {
      double value = BigDecimal.valueOf(y).setScale(9, RoundingMode.HALF_EVEN).doubleValue();
      shapes.line(LEFT, y(value), WIDTH - RIGHT, y(value), Colours.LINE, 0.7, "");
      shapes.label(
          LEFT - 6, y(value), LEFT - 8, Align.RIGHT, "tiny", format.quantity(value, data.unit()));
    }
    xAxis();
    threshold();
    runs().forEach(this::run);
  }

  private void xAxis() {
    int every = Math.max(1, (buckets.count() + X_TICKS - 1) / X_TICKS);
    for (int i = 0; i < buckets.count(); i += every) {
      shapes.line(x(i), HEIGHT - BOTTOM, x(i), HEIGHT - BOTTOM + 4, Colours.MUTED, 0.7, "");
      String tick = format.tick(buckets.startNs(i), buckets.stepNs());
      boolean isFirst = i == 0;
      Align align = isFirst ? Align.LEFT : Align.CENTER;
      shapes.label(isFirst ? x(0) : x(i), HEIGHT - 11, 84, align, "tiny", tick);
    }
    shapes.line(LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM, Colours.MUTED, 0.7, "");
  }

  private void threshold() {
    fully.ifPresent(
        range -> {
          for (double limit : new double[] {range.min(), range.max()}) {
            if (Double.isFinite(limit) && limit >= min && limit <= max) {
              shapes.line(LEFT, y(limit), WIDTH - RIGHT, y(limit), Colours.THRESHOLD, 1, "5 3");
            }
          }
        });
  }

  /** Intervals with a value that follow each other. */
  private List<List<Integer>> runs() {
    List<List<Integer>> runs = new ArrayList<>();
    List<Integer> run = new ArrayList<>();
    for (int i = 0; i < buckets.count(); i++) {
      if (data.series().get(i).map(f -> Double.isFinite(f.value())).orElse(false)) {
        run.add(i);
      } else if (!run.isEmpty()) {
        runs.add(run);
        run = new ArrayList<>();
      }
    }
    if (!run.isEmpty()) {
      runs.add(run);
    }
    return runs;
  }

  private void run(List<Integer> run) {
    List<double[]> band = new ArrayList<>();
    List<double[]> back = new ArrayList<>();
    List<double[]> line = new ArrayList<>();
    for (int i : run) {
      Figure figure = data.series().get(i).orElse(Figure.INSUFFICIENT);
      double left = run.size() == 1 ? x(i) : middle(i);
      double right = run.size() == 1 ? x(i + 1) : middle(i);
      band.add(new double[] {left, y(clamped(figure.upper(), max))});
      band.add(new double[] {right, y(clamped(figure.upper(), max))});
      back.add(0, new double[] {left, y(clamped(figure.lower(), min))});
      back.add(0, new double[] {right, y(clamped(figure.lower(), min))});
      line.add(new double[] {middle(i), y(figure.value())});
    }
    band.addAll(back);
    shapes.area(band, Colours.ACCENT_SOFT);
    if (line.size() > 1) {
      shapes.path(line, Colours.ACCENT, 1.4);
    }
    if (buckets.count() <= 60 || line.size() == 1) {
      line.forEach(p -> shapes.circle(p[0], p[1], 1.8, Colours.ACCENT));
    }
  }

  private double clamped(double value, double open) {
    return Double.isFinite(value) ? Math.max(min, Math.min(max, value)) : open;
  }

  /** Values and bounds with some room; the threshold as well where it is not far off. */
  private double[] range() {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Optional<Figure> one : data.series()) {
      for (double v : one.map(TimePlot::known).orElse(new double[0])) {
        low = Math.min(low, v);
        high = Math.max(high, v);
      }
    }
    double span = high - low;
    double limit = limit();
    if (Double.isFinite(limit) && Math.max(limit - high, low - limit) <= Math.max(span, high) * 2) {
      low = Math.min(low, limit);
      high = Math.max(high, limit);
    }
    boolean isRatio = data.unit().equals("1");
    double least = isRatio ? 0.01 : Math.max(1e-6, Math.abs(high) * 0.2);
    double room = Math.max((high - low) * ROOM_ABOVE, (least - (high - low)) / 2);
    double top = isRatio && high <= 1 ? Math.min(1, high + room) : high + room;
    return new double[] {low >= 0 ? Math.max(0, low - room) : low - room, top};
  }

  private double limit() {
    return fully
        .map(range -> Double.isFinite(range.min()) ? range.min() : range.max())
        .orElse(Double.NaN);
  }

  private static double[] known(Figure f) {
    if (!Double.isFinite(f.value())) {
      return new double[0];
    }
    return new double[] {
      f.value(),
      Double.isFinite(f.lower()) ? f.lower() : f.value(),
      Double.isFinite(f.upper()) ? f.upper() : f.value()
    };
  }

  /** 1, 2, 2.5 or 5 times a power of ten. */
  private static double niceStep(double raw) {
    double power = StrictMath.pow(10, Math.floor(StrictMath.log10(raw)));
    for (double nice : new double[] {1, 2, 2.5, 5}) {
      if (raw <= nice * power * (1 + 1e-9)) {
        return nice * power;
      }
    }
    return 10 * power;
  }

  private double x(int edge) {
    long ns = edge < buckets.count() ? buckets.startNs(edge) : buckets.endNs(edge - 1);
    long first = buckets.startNs(0);
    double whole = buckets.endNs(buckets.count() - 1) - first;
    return LEFT + (ns - first) / whole * (WIDTH - LEFT - RIGHT);
  }

  private double middle(int bucket) {
    return (x(bucket) + x(bucket + 1)) / 2;
  }

  private double y(double value) {
    return TOP + (max - value) / (max - min) * (HEIGHT - TOP - BOTTOM);
  }
}
