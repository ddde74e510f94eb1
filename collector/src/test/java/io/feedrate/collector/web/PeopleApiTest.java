package io.feedrate.collector.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedrate.collector.TestPlant;
import io.feedrate.collector.access.Role;
import io.feedrate.collector.access.UserFile;
import io.feedrate.collector.audit.AuditEntry;
import io.feedrate.collector.audit.AuditFile;
import io.feedrate.collector.config.GatewayConfig.Access;
import io.feedrate.collector.config.RegisterJson;
import io.feedrate.collector.statements.StatementFile;
import io.feedrate.collector.store.Checkpoint;
import io.feedrate.collector.store.RegisterRow;
import io.feedrate.collector.store.Store;
import io.feedrate.collector.store.StoreBatch;
import io.feedrate.kpi.Register;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people enter by the API. */
@SuppressWarnings("NullAway.Init")
class PeopleApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ATTACH =
      "/api/v1/documents?indicator=df-governance-policy&title=Policy%202026&issuer=Works%20council";

  @TempDir private Path data;

  private TestServer server;
  private String token;

  @BeforeEach
  void start() throws IOException {
    storeARegister();
    token = new UserFile(data).add("li.na", Role.ENGINEER, Instant.now());
    server = new TestServer(data, Access.LOGIN);
  }

  /** As a collector leaves it that ran once. */
  private void storeARegister() {
    Register plain = new TestPlant(1, 1, 1_000_000_000L, 1_000_000_000L, 0).register();
    Register register =
        new Register(
            RegisterJson.hash(plain),
            plain.assets(),
            plain.signals(),
            plain.links(),
            plain.rules());
    StoreBatch batch = new StoreBatch();
    batch.add(new RegisterRow(register.hash(), RegisterJson.write(register), 0));
    try (Store store = Store.open(data)) {
      store.commit(batch, new Checkpoint(0, 1, register.hash(), "", new byte[0], store.rows(), 0));
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> post(String path, String json) {
    return server.send(
        request(path, "application/json").POST(BodyPublishers.ofString(json)).build());
  }

  private HttpRequest.Builder request(String path, String type) {
    return server
        .request(path)
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", type);
  }

  private HttpResponse<String> attach(String path, byte[] file) {
    return server.send(
        request(path, "application/octet-stream").POST(BodyPublishers.ofByteArray(file)).build());
  }

  private JsonNode get(String path) throws IOException {
    HttpResponse<String> answer = server.get(path, "Authorization", "Bearer " + token);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  @Test
  void aDocumentIsAttachedReviewedAndWithdrawnByWhoIsLoggedIn() throws Exception {
    HttpResponse<String> attached = attach(ATTACH + "&valid-until=2027-12-31", new byte[200_000]);
    assertThat(attached.statusCode()).as(attached.body()).isEqualTo(200);
    String digest = JSON.readTree(attached.body()).get("digest").asText();
    assertThat(Files.size(data.resolve(StatementFile.DOCUMENTS).resolve(digest)))
        .isEqualTo(200_000);

    String document = "\"indicator\":\"df-governance-policy\",\"digest\":\"" + digest + "\"";
    assertThat(
            post("/api/v1/documents/reviews", "{" + document + ",\"degree\":\"mostly\"}")
                .statusCode())
        .isEqualTo(200);
    JsonNode listed = get("/api/v1/documents").get(0);
    assertThat(listed.at("/review/by").asText()).isEqualTo("li.na");
    assertThat(listed.at("/review/degree").asText()).isEqualTo("mostly");
    assertThat(listed.get("validUntil").asText()).isEqualTo("2028-01-01T00:00:00Z");

    assertThat(
            post("/api/v1/documents/withdrawals", "{" + document + ",\"reason\":\"newer one\"}")
                .statusCode())
        .isEqualTo(200);
    assertThat(get("/api/v1/documents")).isEmpty();
    assertThat(new StatementFile(data).read()).extracting("by").containsOnly("li.na");
    assertThat(new AuditFile(data).read())
        .extracting(e -> e.action().word() + " by " + e.who().name() + ", " + e.who().role())
        .containsExactly(
            "document-attached by li.na, engineer",
            "document-reviewed by li.na, engineer",
            "document-withdrawn by li.na, engineer");
    assertThat(get("/api/v1/audit?limit=1").get(0).get("on").asText())
        .isEqualTo("df-governance-policy sha256:" + digest);
  }

  @Test
  void aFileThatWasSentLeavesNothingBehindWhateverBecameOfIt() throws Exception {
    assertThat(attach(ATTACH, new byte[10]).statusCode()).isEqualTo(200);
    assertThat(attach(ATTACH.replace("df-governance-policy", "df-timely"), new byte[10]).body())
        .contains("df-timely is measured");
    assertThat(attach("/api/v1/documents?indicator=x", new byte[10]).statusCode()).isEqualTo(400);
    assertThat(
            server
                .send(request(ATTACH, "text/plain").POST(BodyPublishers.ofString("x")).build())
                .statusCode())
        .isEqualTo(415);

    try (Stream<Path> files = Files.list(data)) {
      assertThat(files.map(f -> f.getFileName().toString())).noneMatch(f -> f.endsWith(".part"));
    }
    assertThat(new AuditFile(data).read()).hasSize(1);
  }

  @Test
  void anExclusionIsEnteredListedAndTakenBack() throws Exception {
    HttpResponse<String> added =
        post(
            "/api/v1/exclusions",
            """
            {"subject":"site/line/m0","from":"2099-12-24T12:00:00Z","to":"2099-12-27T00:00:00+01:00",
             "reason":"holidays","approver":"production planning"}""");
    assertThat(added.statusCode()).as(added.body()).isEqualTo(200);
    String id = JSON.readTree(added.body()).get("id").asText();

    String range = "/api/v1/exclusions?from=2099-12-01T00:00:00Z&to=2100-01-01T00:00:00Z";
    JsonNode listed = get(range).get(0);
    assertThat(listed.get("enteredBy").asText()).isEqualTo("li.na");
    assertThat(listed.get("to").asText()).isEqualTo("2099-12-26T23:00:00Z");
    assertThat(listed.get("journaled").isNull()).isTrue();

    String back = "{\"id\":\"" + id + "\",\"reason\":\"we work\",\"approver\":\"planning\"}";
    assertThat(post("/api/v1/exclusions/withdrawals", back).statusCode()).isEqualTo(200);
    assertThat(get(range).get(0).get("withdrawn").isNull()).isFalse();
    assertThat(new AuditFile(data).read())
        .extracting(AuditEntry::on)
        .containsExactly(id + " site/line/m0", id + " site/line/m0");
  }

  @Test
  void whatTheDeskRefusesIsSaidInItsWords() throws Exception {
    HttpResponse<String> answer =
        post(
            "/api/v1/exclusions",
            """
            {"subject":"nowhere","from":"2099-12-24T12:00:00Z","to":"2099-12-24T12:00:00Z",
             "reason":"holidays","approver":"planning"}""");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).contains("is not after the beginning");
    assertThat(post("/api/v1/declarations", "{\"indicator\":\"x\",\"claim\":\"maybe\"}").body())
        .contains("claim: must be one of not-applicable, not-implemented, applies");
    assertThat(
            post(
                    "/api/v1/declarations",
                    "{\"indicator\":\"x\",\"claim\":\"applies\",\"reason\":\"y\"}")
                .body())
        .contains("the profile has no indicator x; it has: df-");
    assertThat(new AuditFile(data).read()).isEmpty();
  }

  @Test
  void aDeclarationIsOfWhoIsLoggedIn() throws Exception {
    assertThat(
            post(
                    "/api/v1/declarations",
                    "{\"indicator\":\"df-range-validity\",\"claim\":\"not-applicable\","
                        + "\"reason\":\"no signal has a range\"}")
                .statusCode())
        .isEqualTo(200);

    JsonNode declared = get("/api/v1/declarations").get(0);
    assertThat(declared.get("by").asText()).isEqualTo("li.na");
    assertThat(declared.get("claim").asText()).isEqualTo("not-applicable");
  }
}
