package io.feedrate.collector.adapter.mqtt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All topics of a broker's sources. A topic that is below several sources belongs to the one with
 * the longest.
 *
 * <p><b>Allocation</b>: 0 for topics of the contract.
 */
final class Routes {
  private final Map<String, Route> byTopic = new HashMap<>();
  private final Map<String, Route> unknown = new HashMap<>();
  private final List<String> filters = new ArrayList<>();

  Routes(List<SourceLink> links) {
    Json json = new Json();
    for (SourceLink link : links) {
      SignalTable signals = new SignalTable(link.config().signals());
      String topic = link.config().source().topic();
      for (Route.Kind kind : Route.Kind.values()) {
        Route route = new Route(link, kind, kind.decoder(signals, json));
        if (kind == Route.Kind.UNKNOWN) {
          unknown.put(topic, route);
        } else {
          byTopic.put(topic + "/" + kind.suffix(), route);
        }
      }
      filters.add(topic + "/#");
    }
  }

  /** What to subscribe to. */
  List<String> filters() {
    return filters;
  }

  /** Where a message goes; null if it is below no source. */
  @Nullable Route find(String topic) {
    Route route = byTopic.get(topic);
    if (route != null) {
      return route;
    }
    int end = topic.length();
    while (end > 0) {
      route = unknown.get(topic.substring(0, end));
      if (route != null) {
        return route;
      }
      end = topic.lastIndexOf('/', end - 1);
    }
    return null;
  }
}
