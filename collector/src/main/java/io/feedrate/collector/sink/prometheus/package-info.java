/**
 * Metrics in Prometheus' formats. {@link io.feedrate.collector.sink.prometheus.PlantMetrics} holds
 * a Micrometer registry for what the program says of itself, and reads everything about the plant
 * from one snapshot of {@link io.feedrate.collector.web.PlantView} per scrape: all families of one
 * scrape agree, assets and links that go away leave no dead series, and nothing is done per sample.
 */
@NullMarked
package io.feedrate.collector.sink.prometheus;

import org.jspecify.annotations.NullMarked;
