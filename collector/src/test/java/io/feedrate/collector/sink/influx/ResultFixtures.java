package io.feedrate.collector.sink.influx;

import io.feedrate.collector.sink.ResultFeed;
import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Rules;
import io.feedrate.kpi.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Results to send, and a feed in memory to take them from. */
final class ResultFixtures {
  static final long MINUTE_NS = 60_000_000_000L;
  static final long START_NS = 29_900_000 * MINUTE_NS;

  static final Kpi COMPLETENESS =
      new Kpi(
          "completeness",
          "completeness",
          "Completeness",
          "1",
          true,
          "good / due",
          "house definition",
          List.of("good", "silent"),
          (counts, histogram) -> Figure.ratio(counts[0], counts[0] + counts[1]));

  static final Register REGISTER =
      new Register(
          "hash",
          List.of(
              new Asset(0, "acme/augsburg", Asset.Kind.SITE, Asset.NO_PARENT, Asset.NO_LINK, ""),
              new Asset(1, "acme/augsburg/mill 1", Asset.Kind.MACHINE, 0, 0, "")),
          List.of(),
          List.of("mill"),
          Rules.STANDARD);

  private ResultFixtures() {}

  static Result result(String subject, long window, long good, long silent) {
    return result(
        subject, window, 0, COMPLETENESS.figure(new long[] {good, silent}, null), good, silent);
  }

  static Result result(String subject, long window, int revision, Figure figure, long... counts) {
    long startNs = START_NS + window * MINUTE_NS;
    return new Result(
        COMPLETENESS.id(),
        subject,
        Span.WINDOW,
        startNs,
        startNs + MINUTE_NS,
        revision,
        "hash",
        counts,
        new byte[0],
        figure);
  }

  /** A feed in memory. */
  static final class MemoryFeed implements ResultFeed {
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, Long> cursors = new HashMap<>();

    synchronized void add(Result result) {
      rows.add(new Row(rows.size() + 1L, result));
    }

    @Override
    public synchronized List<Row> after(long id, int limit) {
      int from = Math.min((int) id, rows.size());
      return List.copyOf(rows.subList(from, Math.min(from + limit, rows.size())));
    }

    @Override
    public synchronized long countAfter(long id) {
      return rows.size() - id;
    }

    @Override
    public synchronized long cursor(String reader) {
      return cursors.getOrDefault(reader, START);
    }

    @Override
    public synchronized void commit(String reader, long id) {
      cursors.put(reader, id);
    }
  }
}
