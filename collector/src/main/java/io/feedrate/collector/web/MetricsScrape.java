package io.feedrate.collector.web;

import io.micrometer.core.instrument.MeterRegistry;

/** What {@code /metrics} answers with. */
public interface MetricsScrape {

  /**
   * All metrics as text. May take milliseconds: not for an event loop.
   *
   * @param contentType one of the content types of the Prometheus exposition formats
   */
  String scrape(String contentType);

  /** Where the server puts the metrics of its own. */
  MeterRegistry registry();
}
