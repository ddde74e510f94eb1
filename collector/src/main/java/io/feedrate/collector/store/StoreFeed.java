package io.feedrate.collector.store;

import io.feedrate.collector.sink.ResultFeed;
import java.io.Closeable;
import java.util.List;

/**
 * The stored results for sinks, with their cursors beside them in the same file.
 *
 * <p><b>Thread</b>: any; calls take turns.
 */
public final class StoreFeed implements ResultFeed, Closeable {
  private final StoreReader reader;
  private final Cursors cursors;

  /**
   * A feed of its own for a sink.
   *
   * @param reader closed with the feed
   * @param cursors not closed with the feed
   */
  public StoreFeed(StoreReader reader, Cursors cursors) {
    this.reader = reader;
    this.cursors = cursors;
  }

  @Override
  public List<Row> after(long id, int limit) {
    return reader.resultsAfter(id, limit).stream()
        .map(row -> new Row(row.id(), row.result()))
        .toList();
  }

  @Override
  public long countAfter(long id) {
    return Math.max(0, reader.rows().results() - id); // ids have no gaps
  }

  @Override
  public long cursor(String name) {
    return cursors.position(name);
  }

  @Override
  public void commit(String name, long id) {
    cursors.save(name, id);
  }

  @Override
  public void close() {
    reader.close();
  }
}
