package io.feedrate.collector.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedrate.collector.access.Role;
import io.feedrate.collector.access.UserFile;
import io.feedrate.collector.config.GatewayConfig.Access;
import io.feedrate.collector.store.Store;
import io.feedrate.kpi.Outcome;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API over real HTTP, held against its own document. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CNC_02 = DemoPlant.LINE + "/cnc-02";

  @SuppressWarnings("NullAway.Init")
  private TestServer server;

  @SuppressWarnings("NullAway.Init")
  private String token;

  @SuppressWarnings("NullAway.Init")
  private ApiDocument document;

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    Store.open(data).close();
    token = new UserFile(data).add("li.na", Role.ENGINEER, Instant.now());
    server = new TestServer(data, Access.OPEN);
    document = new ApiDocument(server.get("/api/v1/openapi.yaml").body());
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void every_documented_route_answers_as_its_schema_says() {
    for (String path : document.readPaths()) {
      if (path.equals("/api/v1/live")) {
        continue; // never ends: LiveTest
      }
      if (path.equals("/api/v1/evidence/bundle")) {
        continue; // needs signed results, which there are none of here
      }
      HttpResponse<String> answer =
          server.get(document.example(path), "Authorization", "Bearer " + token);
      assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
      String type = answer.headers().firstValue("Content-Type").orElse("");
      assertThat(document.contentTypes(path)).as(path).anyMatch(type::startsWith);
      if (type.startsWith("application/json")) {
        assertThat(document.faults(path, answer.body())).as(path).isEmpty();
      }
    }
  }

  @Test
  void no_route_is_undocumented() {
    List<String> answered =
        server.server.paths().stream()
            .filter(p -> p.startsWith("/api/") || (!p.contains(".") && !p.equals("/")))
            .toList();
    assertThat(answered).containsExactlyInAnyOrderElementsOf(document.paths());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /api/v1/overview?x=1                                        | 400 | x        | takes no parameters
          /api/v1/assets?kind=robot                                   | 400 | kind     | SITE, LINE, MACHINE, NODE
          /api/v1/rejects?limit=0                                     | 400 | limit    | from 1 to 500
          /api/v1/rejects?limit=1e3                                   | 400 | limit    | whole number
          /api/v1/rejects?limit=5&limit=6                             | 400 | limit    | at most 1
          /api/v1/completeness?from=yesterday                         | 400 | from     | RFC 3339
          /api/v1/completeness?from=2026-01-01T00:00:00               | 400 | from     | RFC 3339
          /api/v1/completeness?from=99999999999999999999              | 400 | from     | 1970 to 2262
          /api/v1/completeness?to=2500-01-01T00:00:00Z                | 400 | to       | 1970 to 2262
          /api/v1/completeness?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z | 400 | from | must be before to
          /api/v1/completeness?from=2026-01-01T00:00:00Z&to=2026-03-01T00:00:00Z | 400 | step | longer step
          /api/v1/completeness?from=1970-01-01T00:00:00Z              | 400 | from     | 400 days
          /api/v1/completeness?step=5m                                | 400 | step     | PT5M
          /api/v1/completeness?step=PT0.5S                            | 400 | step     | whole seconds
          /api/v1/completeness?subject=demo/works/line-9              | 404 | subject  | /api/v1/assets
          /api/v1/completeness?subjct=demo                            | 400 | subjct   | from, step, subject, to
          /api/v1/signals                                             | 400 | asset    | required
          /api/v1/results?subject=demo/works                          | 400 | kpi      | required
          /api/v1/results?kpi=oee&subject=demo/works                  | 400 | kpi      | sensor_data_completeness
          /api/v1/results?kpi=sensor_data_completeness&subject=demo/works&span=week | 400 | span | WINDOW, SHIFT, DAY
          /api/v1/seconds?asset=demo                                  | 400 | asset    | takes no parameters
          /api/v1/model-updates?end=LOST                              | 400 | end      | SERVED
          """)
  void a_bad_parameter_is_named_together_with_what_would_be_right(
      String path, int status, String parameter, String phrase) throws IOException {
    HttpResponse<String> answer = server.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(document.problemFaults(answer.body())).isEmpty();
    JsonNode problem = JSON.readTree(answer.body());
    assertThat(problem.get("parameter").asText()).isEqualTo(parameter);
    assertThat(problem.get("detail").asText()).contains(phrase);
  }

  @Test
  void a_parameter_that_is_not_percent_encoded_utf_8_is_refused() {
    assertThat(server.get("/api/v1/results?kpi=%C3%28&subject=x").statusCode()).isBetween(400, 404);
  }

  @Test
  void what_does_not_exist_and_what_cannot_be_changed_are_problems() {
    HttpResponse<String> missing = server.get("/api/v1/nothing");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(document.problemFaults(missing.body())).isEmpty();
    HttpResponse<String> traversal = server.get("/..%2f..%2fetc/passwd");
    assertThat(traversal.statusCode()).isEqualTo(404);
    HttpResponse<String> post =
        server.send(server.request("/api/v1/overview").POST(BodyPublishers.ofString("{}")).build());
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(post.headers().firstValue("Allow")).contains("GET");
    assertThat(document.problemFaults(post.body())).isEmpty();
  }

  @Test
  void longer_steps_sum_the_counts_and_compute_the_ratio_from_the_sums() throws IOException {
    long now = java.time.Instant.now().getEpochSecond();
    long to = now - now % 300;
    String range = "&from=" + (to - 3000) + "000000000&to=" + to + "000000000&subject=" + CNC_02;
    JsonNode fine = JSON.readTree(server.get("/api/v1/completeness?" + range.substring(1)).body());
    JsonNode coarse = JSON.readTree(server.get("/api/v1/completeness?step=PT5M" + range).body());
    assertThat(coarse.get("stepSeconds").asDouble()).isEqualTo(300);
    assertThat(coarse.at("/subjects/0/windows").size())
        .isLessThanOrEqualTo(10)
        .isLessThan(fine.at("/subjects/0/windows").size());
    for (Outcome outcome : Outcome.values()) {
      assertThat(sum(coarse, outcome)).isEqualTo(sum(fine, outcome));
    }
    assertThat(coarse.at("/subjects/0/whole")).isEqualTo(fine.at("/subjects/0/whole"));
    JsonNode first = coarse.at("/subjects/0/windows/0");
    long scope = 0;
    for (Outcome outcome : Outcome.values()) {
      scope += outcome == Outcome.EXCLUDED ? 0 : first.at("/outcomes/" + outcome.name()).asLong();
    }
    assertThat(first.at("/figures/rt/value").asDouble())
        .isEqualTo(first.at("/outcomes/GOOD").asLong() / (double) scope);
  }

  private static long sum(JsonNode answer, Outcome outcome) {
    long sum = 0;
    for (JsonNode window : answer.at("/subjects/0/windows")) {
      sum += window.at("/outcomes/" + outcome.name()).asLong();
    }
    return sum;
  }

  @Test
  void results_beyond_the_limit_are_said_to_be_cut_off() throws IOException {
    String path = "/api/v1/results?kpi=sensor_data_completeness&subject=" + CNC_02;
    JsonNode cut = JSON.readTree(server.get(path + "&limit=3").body());
    assertThat(cut.get("results").size()).isEqualTo(3);
    assertThat(cut.get("truncated").asBoolean()).isTrue();
    JsonNode whole = JSON.readTree(server.get(path).body());
    assertThat(whole.get("truncated").asBoolean()).isFalse();
  }

  @Test
  void shifts_and_days_are_asked_for_by_name() throws IOException {
    String path = "/api/v1/results?kpi=sensor_data_completeness&limit=3&subject=" + CNC_02;
    assertThat(JSON.readTree(server.get(path).body()).get("span").asText()).isEqualTo("WINDOW");
    HttpResponse<String> day = server.get(path + "&span=day");
    assertThat(JSON.readTree(day.body()).get("span").asText()).isEqualTo("DAY");
    assertThat(document.faults("/api/v1/results", day.body())).isEmpty();
  }

  @Test
  void the_last_minute_is_there_second_by_second() throws IOException {
    JsonNode assets = JSON.readTree(server.get("/api/v1/seconds").body()).get("assets");
    assertThat(assets.size()).isEqualTo(9);
    assertThat(assets.get(0).get("path").asText()).isEqualTo(DemoPlant.SITE);
    assertThat(assets.get(0).get("usable").size()).isEqualTo(60);
    assertThat(assets.get(0).get("inScope").get(59).asInt()).isEqualTo(8);
  }

  @Test
  void what_is_no_number_is_null() throws IOException {
    JsonNode links = JSON.readTree(server.get("/api/v1/links").body());
    assertThat(links.get(5).get("clockOffsetSeconds").isNull()).isTrue();
    JsonNode signals =
        JSON.readTree(server.get("/api/v1/signals?asset=" + CNC_02).body()).get("signals");
    assertThat(signals.get(0).get("max").asDouble()).isEqualTo(12_000);
    assertThat(signals.get(1).get("max").isNull()).isTrue();
  }

  @Test
  void updates_are_filtered_by_node_and_end() throws IOException {
    JsonNode pending = JSON.readTree(server.get("/api/v1/model-updates?end=pending").body());
    assertThat(pending.size()).isEqualTo(1);
    assertThat(pending.get(0).get("ended").isNull()).isTrue();
    assertThat(pending.get(0).get("latencySeconds").isNull()).isTrue();
    JsonNode node =
        JSON.readTree(
            server.get("/api/v1/model-updates?node=" + DemoPlant.LINE + "/vision-01").body());
    assertThat(node.size()).isEqualTo(3);
  }
}
