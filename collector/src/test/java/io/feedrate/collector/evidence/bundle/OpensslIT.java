package io.feedrate.collector.evidence.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.feedrate.collector.evidence.KeyRing;
import io.feedrate.collector.evidence.LogVerifier;
import io.feedrate.collector.evidence.bundle.Verdict.Answer;
import io.feedrate.collector.evidence.sign.Pkcs12;
import io.feedrate.collector.evidence.sign.SigningKey;
import io.feedrate.collector.store.Store;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Time stamps of an authority, and keys, that openssl makes. */
class OpensslIT {

  private static final String EXTENSIONS =
      """
      extendedKeyUsage = critical,timeStamping
      """;

  private static final String AUTHORITY =
      """
      [ tsa ]
      default_tsa = it
      [ it ]
      serial = serial
      crypto_device = builtin
      signer_cert = tsa.pem
      signer_key = tsa.key
      signer_digest = sha256
      default_policy = 1.2.3.4.1
      digests = sha256
      ess_cert_id_alg = sha256
      """;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path directory;

  private void openssl(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  /** An authority with a certificate of its own, and one that others would have. */
  private void authority() throws Exception {
    Files.writeString(directory.resolve("tsa.cnf"), AUTHORITY);
    Files.writeString(directory.resolve("tsa.ext"), EXTENSIONS);
    Files.writeString(directory.resolve("serial"), "01");
    for (String name : List.of("ca", "other")) {
      openssl(
          "req",
          "-x509",
          "-newkey",
          "rsa:2048",
          "-nodes",
          "-keyout",
          name + ".key",
          "-out",
          name + ".pem",
          "-subj",
          "/CN=" + name,
          "-days",
          "30");
    }
    openssl(
        "req",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "tsa.key",
        "-out",
        "tsa.csr",
        "-subj",
        "/CN=stamps");
    openssl(
        "x509",
        "-req",
        "-in",
        "tsa.csr",
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-out",
        "tsa.pem",
        "-days",
        "30",
        "-extfile",
        "tsa.ext");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Files.write(directory.resolve("query"), exchange.getRequestBody().readAllBytes());
      openssl("ts", "-reply", "-queryfile", "query", "-config", "tsa.cnf", "-out", "reply");
      byte[] reply = Files.readAllBytes(directory.resolve("reply"));
      exchange.sendResponseHeaders(200, reply.length);
      exchange.getResponseBody().write(reply);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Verdict verify(Path bundle, Optional<String> authority) throws IOException {
    return BundleVerifier.verify(
        bundle,
        new BundleVerifier.Expected(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            authority.map(directory::resolve),
            "test"));
  }

  @Test
  void anAuthorityStampsTheHeadWithItsTime() throws Exception {
    authority();
    PlantData plant = new PlantData(Files.createDirectory(directory.resolve("data")));
    plant.session(1, 60);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    Path bundle = directory.resolve("stamped.zip");
    try {
      plant.authority =
          Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"));
      BundleExporter.export(plant.order(), bundle);
    } finally {
      server.stop(0);
    }

    assertThat(verify(bundle, Optional.of("ca.pem")).findings()).isEmpty();
    assertThat(verify(bundle, Optional.of("tsa.pem")).facts())
        .anyMatch(fact -> fact.startsWith("CN=stamps says that the head existed at 20"));
    assertThat(verify(bundle, Optional.empty()).facts())
        .anyMatch(fact -> fact.endsWith("nobody vouches for it yet: use --authority"));
    assertThat(verify(bundle, Optional.of("other.pem")).findings())
        .anyMatch(each -> each.text().contains("was not certified by CN=other"));
    Files.write(directory.resolve("head.txt"), ZipFiles.read(bundle).bytes(BundleFile.HEAD));
    Files.write(directory.resolve("head.tsr"), ZipFiles.read(bundle).bytes(BundleFile.TIME_STAMP));
    openssl(
        "ts",
        "-verify",
        "-in",
        "head.tsr",
        "-data",
        "head.txt",
        "-CAfile",
        "ca.pem",
        "-untrusted",
        "tsa.pem");
    anotherHeadIsNotStamped(plant, bundle);
  }

  /** The stamp of one bundle in another. */
  private void anotherHeadIsNotStamped(PlantData plant, Path stamped) throws IOException {
    plant.authority = Optional.empty();
    plant.session(2, 40);
    Path later = directory.resolve("later.zip");
    BundleExporter.export(plant.order(), later);
    assertThat(verify(later, Optional.of("ca.pem")).answer()).isEqualTo(Answer.INCOMPLETE);
    ZipFiles files = ZipFiles.read(later);
    files.files.put(BundleFile.TIME_STAMP, ZipFiles.read(stamped).bytes(BundleFile.TIME_STAMP));

    assertThat(verify(files.write(directory.resolve("moved.zip")), Optional.empty()).findings())
        .anyMatch(each -> each.text().equals("it is about something else"));
  }

  @Test
  void anAuthorityThatDoesNotAnswerGivesNoBundle() throws Exception {
    PlantData plant = new PlantData(Files.createDirectory(directory.resolve("data")));
    plant.session(1, 60);
    plant.authority = Optional.of(URI.create("http://127.0.0.1:1/"));
    Path bundle = directory.resolve("b.zip");

    assertThatThrownBy(() -> BundleExporter.export(plant.order(), bundle))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("gives no time stamp");
    assertThat(bundle).doesNotExist();
  }

  @Test
  void aKeyFromAPkcs12StoreTakesOver() throws Exception {
    openssl("genpkey", "-algorithm", "ed25519", "-out", "k.key");
    openssl("req", "-x509", "-key", "k.key", "-out", "k.pem", "-subj", "/CN=works", "-days", "9");
    openssl(
        "pkcs12",
        "-export",
        "-inkey",
        "k.key",
        "-in",
        "k.pem",
        "-out",
        "k.p12",
        "-passout",
        "pass:secret");
    openssl(
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "r.key",
        "-out",
        "r.pem",
        "-subj",
        "/CN=rsa");
    openssl(
        "pkcs12",
        "-export",
        "-inkey",
        "r.key",
        "-in",
        "r.pem",
        "-out",
        "r.p12",
        "-passout",
        "pass:secret");
    PlantData plant = new PlantData(Files.createDirectory(directory.resolve("data")));
    plant.session(1, 40);
    SigningKey brought;
    try (Store store = Store.open(plant.data)) {
      brought =
          KeyRing.rotate(
              plant.data,
              store,
              plant.time.wallNs(),
              Optional.of(Pkcs12.read(directory.resolve("k.p12"), "secret")));
    }
    plant.session(2, 40);
    Path bundle = directory.resolve("b.zip");

    assertThat(BundleExporter.export(plant.order(), bundle).keyId())
        .isEqualTo(brought.verifyKey().id());
    assertThat(verify(bundle, Optional.empty()).findings()).isEmpty();
    assertThat(LogVerifier.verify(plant.data, Optional.empty()).findings()).isEmpty();
    assertThatThrownBy(() -> Pkcs12.read(directory.resolve("k.p12"), "wrong"))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Pkcs12.read(directory.resolve("r.p12"), "secret"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("heads are signed with Ed25519");
  }
}
