package io.feedrate.collector.sink.prometheus;

import io.feedrate.collector.web.MetricsScrape;
import io.feedrate.collector.web.PlantView;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * All metrics of a gateway.
 *
 * <p><b>Thread</b>: any.
 */
public final class PlantMetrics implements MetricsScrape {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /** Metrics of the plant behind this view and of this JVM. */
  public PlantMetrics(PlantView view) {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    registry.getPrometheusRegistry().register(new PlantCollector(view));
  }

  @Override
  public String scrape(String contentType) {
    return registry.scrape(contentType);
  }

  @Override
  public MeterRegistry registry() {
    return registry;
  }
}
