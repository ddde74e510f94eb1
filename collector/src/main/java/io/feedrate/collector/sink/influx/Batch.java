package io.feedrate.collector.sink.influx;

import io.feedrate.collector.sink.ResultFeed;
import java.util.List;

/**
 * The lines of some results in one text, so that any run of them can be sent without a copy each.
 */
final class Batch {
  private final StringBuilder text = new StringBuilder();
  private int[] ends = new int[64];
  private int size;
  private long lastId;

  /** Replaces the contents by these results. */
  void fill(List<ResultFeed.Row> rows, LineProtocol lines) {
    text.setLength(0);
    ends = ends.length < rows.size() ? new int[rows.size()] : ends;
    size = 0;
    for (ResultFeed.Row row : rows) {
      lines.append(row.result(), text);
      ends[size++] = text.length();
      lastId = row.id();
    }
  }

  int size() {
    return size;
  }

  /** The row of the last result. */
  long lastId() {
    return lastId;
  }

  /** The lines of the results from {@code from} up to, not including, {@code to}. */
  String lines(int from, int to) {
    return text.substring(from == 0 ? 0 : ends[from - 1], ends[to - 1]);
  }
}
