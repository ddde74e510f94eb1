package io.feedrate.collector.sink;

import io.feedrate.kpi.Result;
import java.util.List;

/**
 * The stored results in the order in which they were stored, and how far each reader has come.
 *
 * <p>A reader that dies after it delivered a batch and before it committed the cursor gets that
 * batch again: delivery is at least once, so targets must take the same result twice as one.
 *
 * <p><b>Thread</b>: any; one thread for each reader name.
 */
public interface ResultFeed {

  /** The cursor of a reader that has read nothing. */
  long START = 0;

  /**
   * The results after a row, in order. A revision of a result is a row of its own.
   *
   * @param id the last row already read, or {@link #START}
   * @param limit how many at most
   */
  List<Row> after(long id, int limit);

  /** How many results are stored after this row. */
  long countAfter(long id);

  /** The last row that this reader committed, or {@link #START}. */
  long cursor(String reader);

  /** Keeps, durably, that this reader has delivered everything up to and with this row. */
  void commit(String reader, long id);

  /**
   * One stored result.
   *
   * @param id over 0, rising in the order of storing, not necessarily dense
   */
  record Row(long id, Result result) {}
}
