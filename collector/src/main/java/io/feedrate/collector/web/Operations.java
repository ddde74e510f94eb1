package io.feedrate.collector.web;

import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/** What those who operate the gateway ask for: is it alive, does it work, how does it do. */
final class Operations {

  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private final PlantView view;
  private final MetricsScrape metrics;

  Operations(PlantView view, MetricsScrape metrics) {
    this.view = view;
    this.metrics = metrics;
  }

  /** The process answers. On the event loop: it must not depend on anything else. */
  void alive(RoutingContext context) {
    new Answer(200, "application/json", "{\"status\":\"alive\"}").send(context);
  }

  /** Engine and journal do their work. */
  Answer ready(RoutingContext context) {
    PlantView.Health health = view.now().health();
    if (!health.ready()) {
      throw Problem.unavailable(health.reason());
    }
    return new Answer(200, "application/json", "{\"status\":\"ready\"}");
  }

  /** All metrics, in the format that the scraper likes best. */
  Answer metrics(RoutingContext context) {
    String accept = context.request().getHeader("Accept");
    boolean open =
        accept != null
            && quality(accept, "application/openmetrics-text") > 0
            && quality(accept, "application/openmetrics-text") >= quality(accept, "text/plain");
    String type = open ? OPEN_METRICS : TEXT;
    return new Answer(200, type, metrics.scrape(type));
  }

  /** The quality that an Accept header gives a media type by name, 0 if it does not name it. */
  static double quality(String accept, String mediaType) {
    for (String part : accept.split(",", -1)) {
      String[] fields = part.trim().toLowerCase(Locale.ROOT).split("\\s*;\\s*", -1);
      if (fields[0].equals(mediaType)) {
        for (String field : fields) {
          if (field.startsWith("q=")) {
            return number(field.substring(2));
          }
        }
        return 1;
      }
    }
    return 0;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
