package io.feedrate.collector.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.collector.access.Role;
import io.feedrate.collector.access.UserFile;
import io.feedrate.collector.config.GatewayConfig.Access;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every route and every role. The routes are those of the router, so that one that is added fails
 * here until the table says who may use it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class RolesTest {

  private static final String ALL = "everybody";
  private static final String READ = "VIEWER OPERATOR ENGINEER ASSESSOR";

  /** Who may use what is not a file of the page. Written down here, not taken from the program. */
  private static final Map<String, String> TABLE =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("GET /healthz", ALL),
              Map.entry("GET /readyz", ALL),
              Map.entry("GET /metrics", READ),
              Map.entry("GET /api/v1/openapi.yaml", ALL),
              Map.entry("HEAD /api/v1/openapi.yaml", ALL),
              Map.entry("GET /api/v1/session", ALL),
              Map.entry("POST /api/v1/session", ALL),
              Map.entry("DELETE /api/v1/session", ALL),
              Map.entry("GET /api/v1/overview", READ),
              Map.entry("GET /api/v1/assets", READ),
              Map.entry("GET /api/v1/nodes", READ),
              Map.entry("GET /api/v1/signals", READ),
              Map.entry("GET /api/v1/completeness", READ),
              Map.entry("GET /api/v1/kpis", READ),
              Map.entry("GET /api/v1/results", READ),
              Map.entry("GET /api/v1/model-updates", READ),
              Map.entry("GET /api/v1/links", READ),
              Map.entry("GET /api/v1/seconds", READ),
              Map.entry("GET /api/v1/rejects", READ),
              Map.entry("GET /api/v1/assessment", READ),
              Map.entry("GET /api/v1/register", READ),
              Map.entry("GET /api/v1/live", READ),
              Map.entry("GET /api/v1/exclusions", READ),
              Map.entry("POST /api/v1/exclusions", "OPERATOR ENGINEER"),
              Map.entry("POST /api/v1/exclusions/withdrawals", "OPERATOR ENGINEER"),
              Map.entry("GET /api/v1/documents", READ),
              Map.entry("POST /api/v1/documents", "ENGINEER"),
              Map.entry("POST /api/v1/documents/reviews", "ENGINEER"),
              Map.entry("POST /api/v1/documents/withdrawals", "ENGINEER"),
              Map.entry("GET /api/v1/declarations", READ),
              Map.entry("POST /api/v1/declarations", "ENGINEER"),
              Map.entry("GET /api/v1/evidence/bundle", "ENGINEER ASSESSOR"),
              Map.entry("GET /api/v1/audit", "ENGINEER ASSESSOR")));

  private TestServer server;
  private final Map<Role, String> tokens = new EnumMap<>(Role.class);

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    for (Role role : Role.values()) {
      tokens.put(role, new UserFile(data).add(role.word(), role, Instant.now()));
    }
    server = new TestServer(data, Access.LOGIN);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private static Set<String> names(Route route) {
    Set<String> names = new TreeSet<>();
    for (HttpMethod method : route.methods()) {
      names.add(method.name() + " " + route.getPath());
    }
    return names;
  }

  @Test
  void theTableHasEveryRouteThatIsNoFileOfThePageAndNoOther() {
    Set<String> routes = new TreeSet<>();
    for (Route route : server.server.routes()) {
      assertThat(route.methods()).as("methods of %s", route.getPath()).isNotEmpty();
      if (!isFile(route)) {
        routes.addAll(names(route));
      }
    }

    assertThat(routes).isEqualTo(TABLE.keySet());
  }

  /** Files of the page are in the program's jar, and say nothing of the plant. */
  private static boolean isFile(Route route) {
    String path = String.valueOf(route.getPath());
    boolean isFile =
        path.equals("/")
            || path.startsWith("/app/")
            || path.startsWith("/vendor/")
            || path.equals("/style.css")
            || path.equals("/favicon.svg");
    if (isFile) {
      assertThat(route.methods()).isSubsetOf(HttpMethod.GET, HttpMethod.HEAD);
    }
    return isFile;
  }

  @Test
  void everyRouteSaysWhatItNeeds() {
    for (Route route : server.server.routes()) {
      assertThat(route.metadata()).as(route.getPath()).containsKey(GuardedRoutes.NEEDS);
    }
  }

  @Test
  void eachRoleGetsWhatTheTableSaysAndNothingElse() {
    Map<String, String> found = new TreeMap<>();
    for (String route : TABLE.keySet()) {
      StringBuilder who = new StringBuilder();
      for (Role role : Role.values()) {
        int status = status(route, tokens.get(role));
        assertThat(status).as("%s as %s", route, role).isNotIn(401, 404, 405);
        if (status != 403) {
          who.append(who.isEmpty() ? "" : " ").append(role);
        }
      }
      int stranger = status(route, null);
      if (stranger == 401 && !route.equals("POST /api/v1/session")) {
        found.put(route, who.toString());
      } else {
        assertThat(who.toString()).as(route).isEqualTo(READ);
        found.put(route, ALL);
      }
    }

    assertThat(found).isEqualTo(TABLE);
  }

  /** The status alone: some answers never end. */
  private int status(String route, @Nullable String token) {
    String[] parts = route.split(" ", 2);
    HttpRequest.Builder request =
        server
            .request(parts[1])
            .method(
                parts[0],
                parts[0].equals("POST") ? BodyPublishers.ofString("{}") : BodyPublishers.noBody());
    if (parts[0].equals("POST")) {
      request.header("Content-Type", "application/json");
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<InputStream> answer =
          server.client.send(request.build(), BodyHandlers.ofInputStream());
      answer.body().close();
      return answer.statusCode();
    } catch (IOException e) {
      throw new IllegalStateException(route + " was not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
