package io.feedrate.collector.adapter;

import java.util.List;

/**
 * Speaks one protocol: writes journal records, nothing else.
 *
 * <p><b>Thread</b>: any; a closed adapter cannot be started again.
 */
public interface Adapter extends AutoCloseable {

  /** Starts connecting and returns at once; reconnects by itself until closed. */
  void start();

  /** State of the links now, for the page and the metrics. */
  List<LinkStatus> links();

  /** Disconnects and frees everything. Safe without start, and twice. */
  @Override
  void close();
}
