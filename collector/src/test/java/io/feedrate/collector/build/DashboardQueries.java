package io.feedrate.collector.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The queries of the Grafana dashboard, ready to be asked of a Prometheus without Grafana. */
public final class DashboardQueries {
  private DashboardQueries() {}

  /**
   * One query.
   *
   * @param panel title of the panel that it belongs to
   * @param expression PromQL without variables: all assets and nodes, a window of one minute
   */
  public record Query(String panel, String expression) {}

  /** All queries of all panels, in their order. */
  public static List<Query> all() {
    List<Query> queries = new ArrayList<>();
    for (JsonNode panel : dashboard().path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        queries.add(
            new Query(
                panel.path("title").asText(), withoutVariables(target.path("expr").asText())));
      }
    }
    return queries;
  }

  static JsonNode dashboard() {
    String file = "grafana/dashboards/feedrate.json";
    try {
      return new ObjectMapper().readTree(SourceTree.root().resolve(file).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }

  /**
   * Durations are those in square brackets; every other variable stands in a regular expression.
   */
  static String withoutVariables(String expression) {
    return expression
        .replaceAll("\\[\\$\\{?\\w+}?]", "[1m]")
        .replaceAll("\\$\\{?\\w+(:\\w+)?}?", ".*");
  }
}
