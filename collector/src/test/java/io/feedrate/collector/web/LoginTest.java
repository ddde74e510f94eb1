package io.feedrate.collector.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.feedrate.collector.access.FailedLogins;
import io.feedrate.collector.access.Role;
import io.feedrate.collector.access.UserFile;
import io.feedrate.collector.config.GatewayConfig.Access;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logging in, by token and at the page. */
@SuppressWarnings("NullAway.Init")
class LoginTest {
  private static final String SESSION = "/api/v1/session";
  private static final String OVERVIEW = "/api/v1/overview";

  @TempDir private Path data;

  private TestServer server;
  private String token;

  @BeforeEach
  void start() throws IOException {
    token = new UserFile(data).add("li.na", Role.ENGINEER, Instant.now());
    server = new TestServer(data, Access.LOGIN);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> logIn(String shown, String... headers) {
    HttpRequest.Builder request =
        server
            .request(SESSION)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"token\":\"" + shown + "\"}"));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return server.send(request.build());
  }

  private String cookie() {
    String header = logIn(token).headers().firstValue("Set-Cookie").orElseThrow();
    return header.substring(0, header.indexOf(';'));
  }

  private int statusWith(String header, String value) {
    return server.get(OVERVIEW, header, value).statusCode();
  }

  @Test
  void aStrangerIsToldHowToGetInAndGetsNoFigure() {
    HttpResponse<String> answer = server.get(OVERVIEW);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate"))
        .contains("Bearer realm=\"feedrate\"");
    assertThat(answer.body()).contains("Authorization: Bearer TOKEN").doesNotContain("gw-line-1");
    assertThat(server.get(SESSION).body()).isEqualTo("{\"may\":[]}");
  }

  @Test
  void aTokenInTheHeaderGetsInAndSoDoesTheCookieOfALogin() {
    assertThat(statusWith("Authorization", "Bearer " + token)).isEqualTo(200);
    assertThat(statusWith("authorization", "bearer " + token)).isEqualTo(200);
    String cookie = cookie();
    assertThat(statusWith("Cookie", cookie)).isEqualTo(200);
    assertThat(server.get(SESSION, "Cookie", cookie).body())
        .contains("\"name\":\"li.na\"", "\"role\":\"engineer\"", "\"state\"");
  }

  @Test
  void theCookieIsNotTheTokenAndKeptFromScriptsAndOtherSites() {
    HttpResponse<String> answer = logIn(token);
    String header = answer.headers().firstValue("Set-Cookie").orElseThrow();

    assertThat(header).containsIgnoringCase("; HttpOnly").contains("; SameSite=Strict", "; Path=/");
    assertThat(header).doesNotContain(token.substring(22));
    assertThat(answer.body()).doesNotContain(token.substring(22));
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void aWrongTokenIsRefusedEvenWhereOneMayLookWithoutAny() throws IOException {
    try (TestServer open = new TestServer(data, Access.OPEN)) {
      assertThat(open.get(OVERVIEW).statusCode()).isEqualTo(200);
      assertThat(open.get(OVERVIEW, "Authorization", "Bearer nonsense").statusCode())
          .isEqualTo(401);
      assertThat(open.get(OVERVIEW, "Authorization", "Basic bGk6bmE=").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void afterLoggingOutTheCookieIsWorthNothing() {
    String cookie = cookie();
    HttpResponse<String> out =
        server.send(server.request(SESSION).header("Cookie", cookie).DELETE().build());
    assertThat(out.statusCode()).isEqualTo(200);
    assertThat(out.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");

    assertThat(statusWith("Cookie", cookie)).isEqualTo(401);
  }

  @Test
  void whoIsRemovedIsOutAtOnceWithTokenCookieAndStream() throws Exception {
    String cookie = cookie();
    HttpResponse<InputStream> stream =
        server.client.send(
            server.request("/api/v1/live").header("Cookie", cookie).build(),
            BodyHandlers.ofInputStream());
    assertThat(stream.statusCode()).isEqualTo(200);

    new UserFile(data).remove("li.na");
    new UserFile(data).add("another", Role.VIEWER, Instant.now());

    assertThat(statusWith("Cookie", cookie)).isEqualTo(401);
    assertThat(statusWith("Authorization", "Bearer " + token)).isEqualTo(401);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
    await().atMost(Duration.ofSeconds(20)).until(() -> lines.readLine() == null);
  }

  @Test
  void whoFailsTooOftenHasToWaitAndAGoodTokenInTheHeaderDoesNot() {
    for (int i = 0; i < FailedLogins.FREE; i++) {
      assertThat(logIn("feedrate_wrong").statusCode()).isEqualTo(401);
    }
    HttpResponse<String> answer = logIn(token);
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(1L, 10L);
    assertThat(statusWith("Authorization", "Bearer nonsense")).isEqualTo(429);
    assertThat(statusWith("Authorization", "Bearer " + token)).isEqualTo(200);
    assertThat(server.failed.takeSummary().count()).isEqualTo(FailedLogins.FREE);
  }

  @Test
  void aPageOfAnotherOriginMayNotLogInOrOut() {
    String own = "http://127.0.0.1:" + server.port();
    assertThat(logIn(token, "Origin", own).statusCode()).isEqualTo(200);
    assertThat(logIn(token, "Origin", own, "Sec-Fetch-Site", "same-origin").statusCode())
        .isEqualTo(200);
    for (String origin :
        new String[] {"http://127.0.0.1:1", "https://evil.example", "null", "x y"}) {
      HttpResponse<String> answer = logIn(token, "Origin", origin);
      assertThat(answer.statusCode()).as(origin).isEqualTo(403);
      assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }
    assertThat(logIn(token, "Sec-Fetch-Site", "same-site").statusCode()).isEqualTo(403);
    assertThat(logIn(token, "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
  }

  @Test
  void aLoginIsAJsonObjectAndNotAForm() {
    assertThat(post("application/x-www-form-urlencoded", "token=" + token)).isEqualTo(415);
    assertThat(post("text/plain", "{\"token\":\"" + token + "\"}")).isEqualTo(415);
    assertThat(post("application/json", "{")).isEqualTo(400);
    assertThat(post("application/json", "[]")).isEqualTo(400);
    assertThat(post("application/json", "")).isEqualTo(400);
    assertThat(post("application/json", "{\"token\":1}")).isEqualTo(400);
    assertThat(post("application/json", "{\"token\":\"a\",\"token\":\"b\"}")).isEqualTo(400);
    assertThat(post("application/json", "{\"token\":\"a\",\"admin\":\"b\"}")).isEqualTo(400);
    assertThat(post("application/json", "x".repeat(JsonBody.MAX_BYTES + 1))).isEqualTo(413);
  }

  private int post(String type, String body) {
    return server
        .send(
            server
                .request(SESSION)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body))
                .build())
        .statusCode();
  }

  @Test
  void whileTheUsersCannotBeReadNobodyGetsInAndNobodyIsToldWhere() throws Exception {
    try (TestServer open = new TestServer(data, Access.OPEN_WITHOUT_USERS)) {
      Files.writeString(data.resolve(UserFile.FILE_NAME), "{}");
      for (TestServer each : new TestServer[] {open, server}) {
        HttpResponse<String> answer = each.get(OVERVIEW, "Authorization", "Bearer " + token);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("log has the cause").doesNotContain("users.json");
        assertThat(each.get(OVERVIEW).statusCode()).isEqualTo(each == open ? 503 : 401);
        assertThat(each.get("/healthz").statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void onLoopbackOneMayLookUntilThereIsAUser() throws IOException {
    Path fresh = Files.createDirectory(data.resolve("fresh"));
    try (TestServer open = new TestServer(fresh, Access.OPEN_WITHOUT_USERS)) {
      assertThat(open.get(OVERVIEW).statusCode()).isEqualTo(200);
      assertThat(open.get(SESSION).body()).isEqualTo("{\"may\":[\"read\"]}");
      new UserFile(fresh).add("li.na", Role.VIEWER, Instant.now());
      assertThat(open.get(OVERVIEW).statusCode()).isEqualTo(401);
    }
  }
}
