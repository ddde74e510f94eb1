package io.feedrate.collector.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.collector.config.GatewayConfig.PemTls;
import io.feedrate.collector.config.GatewayConfig.Pkcs12Tls;
import io.feedrate.collector.config.GatewayConfig.Tls;
import io.feedrate.collector.config.TestCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS, asked by curl and openssl. */
@SuppressWarnings("NullAway.Init")
class TlsIT {

  @TempDir private Path directory;

  private Path certificate;
  private Tls pem;
  private Tls pkcs12;

  @BeforeEach
  void makeCertificate() throws Exception {
    TestCertificate made = TestCertificate.make();
    certificate = made.certificate(directory.resolve("cert.pem"));
    pem = new PemTls(certificate, made.key(directory.resolve("key.pem")));
    pkcs12 = new Pkcs12Tls(made.keystore(directory.resolve("gw.p12"), "secret"), "secret");
  }

  private record Ran(int exit, String output) {}

  private Ran run(String... command) throws IOException, InterruptedException {
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(Files.createTempFile(directory, "empty", "").toFile())
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(List.of(command) + " ended").isTrue();
    return new Ran(process.exitValue(), Files.readString(output, StandardCharsets.ISO_8859_1));
  }

  private Ran curl(String url, String... more) throws IOException, InterruptedException {
    String[] command = new String[more.length + 6];
    System.arraycopy(
        new String[] {"curl", "-sS", "-i", "--cacert", certificate.toString()}, 0, command, 0, 5);
    System.arraycopy(more, 0, command, 5, more.length);
    command[command.length - 1] = url;
    return run(command);
  }

  @Test
  void curlGetsFiguresFromBothKindsOfFiles() throws Exception {
    for (Tls tls : List.of(pem, pkcs12)) {
      try (TestServer server = new TestServer(tls)) {
        Ran ran = curl("https://localhost:" + server.port() + "/api/v1/overview");
        assertThat(ran.output).contains("200 OK", "gw-line-1");
        assertThat(ran.exit).isZero();
      }
    }
  }

  @Test
  void plainHttpOnItsPortGivesNothing() throws Exception {
    try (TestServer server = new TestServer(pem)) {
      Ran ran = curl("http://localhost:" + server.port() + "/api/v1/overview");
      assertThat(ran.exit).isNotZero();
      assertThat(ran.output).doesNotContain("HTTP/1.1", "gw-line-1");
    }
  }

  @Test
  void whoDoesNotKnowTheCertificateIsWarned() throws Exception {
    Path other = TestCertificate.make().certificate(directory.resolve("other.pem"));
    try (TestServer server = new TestServer(pem)) {
      Ran ran =
          run("curl", "-sS", "--cacert", other.toString(), "https://localhost:" + server.port());
      assertThat(ran.exit).as(ran.output).isEqualTo(60); // peer cannot be verified
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_2", "-tls1_3"})
  void goodVersionsAreSpoken(String version) throws Exception {
    try (TestServer server = new TestServer(pem)) {
      Ran ran = connect(server, version);
      assertThat(ran.output).contains("Verify return code: 0 (ok)");
      assertThat(ran.exit).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1", "-tls1_1"})
  void oldVersionsAreRefusedByTheServer(String version) throws Exception {
    try (TestServer server = new TestServer(pem)) {
      Ran ran = connect(server, version, "-cipher", "ALL:@SECLEVEL=0");
      assertThat(ran.output).contains("alert protocol version").doesNotContain("BEGIN CERTIFICATE");
      assertThat(ran.exit).isNotZero();
    }
  }

  private Ran connect(TestServer server, String version, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "openssl",
                "s_client",
                "-connect",
                "localhost:" + server.port(),
                version,
                "-CAfile",
                certificate.toString()));
    command.addAll(List.of(more));
    return run(command.toArray(String[]::new));
  }

  @Test
  void theCookieOfALoginIsForTlsAlone() throws Exception {
    try (TestServer server = new TestServer(pem)) {
      Ran ran = curl("https://localhost:" + server.port() + "/api/v1/session", "-X", "DELETE");
      assertThat(ran.output).contains("set-cookie: __Host-feedrate_").contains("; Secure");
    }
  }
}
