package io.feedrate.collector.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.collector.config.GatewayConfig.Access;
import io.feedrate.collector.config.GatewayConfig.HttpAddress;
import io.feedrate.collector.config.GatewayConfig.Pkcs12Tls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

/** Where the page listens, and who gets in. */
class HttpErrorsTest extends ConfigErrors {
  private static final String ID = "  id: gw\n";
  private static final String PEM =
      ID
          + "  http:\n    listen: 0.0.0.0:8443\n    tls:\n      certificate: cert.pem\n"
          + "      key: key.pem\n";

  private GatewayConfig.HttpConfig http(String text) throws Exception {
    return load(base(ID, text)).http();
  }

  @Test
  void onLoopbackAnAddressIsEnough() throws Exception {
    for (String host : new String[] {"127.0.0.1", "localhost", "[::1]", "127.1.2.3"}) {
      GatewayConfig.HttpConfig http = http(ID + "  http: \"" + host + ":8081\"\n");
      assertThat(http.listen().port()).isEqualTo(8081);
      assertThat(http.tls()).isEmpty();
      assertThat(http.access()).isEqualTo(Access.OPEN_WITHOUT_USERS);
    }
  }

  @Test
  void plainHttpBeyondLoopbackIsRefusedUnlessItIsSaidInWords() throws Exception {
    String error =
        "3: gateway.http: plain HTTP on 0.0.0.0: tokens and figures could be read on the way."
            + " Give it a certificate (tls: {certificate: FILE, key: FILE}), listen on 127.0.0.1,"
            + " or say that you want that with listen: HOST:PORT and tls: none below http.";
    errors(ID, ID + "  http: 0.0.0.0:8080\n", error);
    errors(ID, ID + "  http:\n    listen: 0.0.0.0:8080\n    access: open\n", error);
    assertThat(http(ID + "  http: {listen: \"0.0.0.0:8080\", tls: none}\n"))
        .isEqualTo(
            new GatewayConfig.HttpConfig(
                new HttpAddress("0.0.0.0", 8080), java.util.Optional.empty(), Access.LOGIN));
  }

  @Test
  void aNameThatIsNotLoopbackByItsTextIsNot() {
    errors(
        ID,
        ID + "  http: 127.0.0.1.example.com:80\n",
        "3: gateway.http: plain HTTP on 127.0.0.1.example.com: tokens and figures could be read on"
            + " the way. Give it a certificate (tls: {certificate: FILE, key: FILE}), listen on"
            + " 127.0.0.1, or say that you want that with listen: HOST:PORT and tls: none below"
            + " http.");
  }

  @Test
  void withACertificateBeyondLoopbackUsersLogIn() throws Exception {
    TestCertificate made = TestCertificate.make();
    made.certificate(directory.resolve("cert.pem"));
    made.key(directory.resolve("key.pem"));

    GatewayConfig.HttpConfig http = http(PEM);

    assertThat(http.access()).isEqualTo(Access.LOGIN);
    assertThat(TlsKey.read(http.tls().orElseThrow()).certificates())
        .containsExactly(made.certificate());
  }

  @Test
  void aKeystoreNeedsItsPasswordFromElsewhere() throws Exception {
    TestCertificate made = TestCertificate.make();
    made.keystore(directory.resolve("gw.p12"), "open sesame");
    String tls = ID + "  http:\n    tls:\n      keystore: gw.p12\n";

    GatewayConfig.HttpConfig http = http(tls + "      password: ${ENV:FEEDRATE_SECRET}\n");

    assertThat(http.tls().orElseThrow()).isInstanceOf(Pkcs12Tls.class);
    assertThat(http.toString()).doesNotContain("sesame");
    assertThat(TlsKey.read(http.tls().orElseThrow()).certificates())
        .containsExactly(made.certificate());
    Files.writeString(directory.resolve("wrong"), "hunter2");
    errors(
        ID,
        tls + "      password-file: wrong\n",
        "5: gateway.http.tls.keystore: DIR/gw.p12 cannot be opened as PKCS#12: the password is"
            + " wrong, or it is another kind of file. Try it: openssl pkcs12 -info -noout -in"
            + " DIR/gw.p12.");
    errors(
        ID,
        tls,
        "4: gateway.http.tls: \"password-file\" is missing. Add the file with the keystore's"
            + " password.");
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws Exception {
    TestCertificate.make().certificate(directory.resolve("cert.pem"));
    TestCertificate.make().key(directory.resolve("key.pem"));
    errors(
        ID,
        PEM,
        "6: gateway.http.tls.certificate: the private key in DIR/key.pem is not that of the"
            + " certificate. Put the gateway's own certificate first, and take the key that it was"
            + " made with.");
  }

  @Test
  void aKeyThatEverybodyMayReadIsRefused() throws Exception {
    TestCertificate made = TestCertificate.make();
    made.certificate(directory.resolve("cert.pem"));
    Path key = made.key(directory.resolve("key.pem"));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    errors(
        ID,
        PEM,
        "6: gateway.http.tls.certificate: everybody on this machine may read or write the private"
            + " key DIR/key.pem. Take that away: chmod o-rw DIR/key.pem.");
  }

  @Test
  void whatIsNoCertificateOrKeyIsNamedWithHowToMakeIt() throws Exception {
    TestCertificate made = TestCertificate.make();
    errors(
        ID,
        PEM,
        "6: gateway.http.tls.certificate: there is no file DIR/cert.pem. The path is relative to"
            + " this file.");
    Files.writeString(directory.resolve("cert.pem"), "hello");
    made.key(directory.resolve("key.pem"));
    errors(
        ID,
        PEM,
        "6: gateway.http.tls.certificate: DIR/cert.pem holds no certificate. It must be PEM text"
            + " with BEGIN CERTIFICATE in it, the gateway's own first.");
    made.certificate(directory.resolve("cert.pem"));
    Path key = directory.resolve("key.pem");
    Files.writeString(key, Files.readString(key).replace(" PRIVATE", " RSA PRIVATE"));
    errors(
        ID,
        PEM,
        "6: gateway.http.tls.certificate: DIR/key.pem holds no RSA or EC private key in PKCS#8"
            + " without a password. Convert yours: openssl pkcs8 -topk8 -nocrypt -in KEY -out"
            + " DIR/key.pem.");
  }

  @Test
  void otherWordsAreRefused() {
    errors(
        ID,
        ID + "  http:\n    tls: off\n",
        "4: gateway.http.tls: \"off\" is not allowed here. Write certificate and key below it, or"
            + " none.");
    errors(
        ID,
        ID + "  http:\n    access: anybody\n",
        "4: gateway.http.access: \"anybody\" is not one of login or open");
    errors(
        ID,
        ID + "  http:\n    tls: {}\n",
        "4: gateway.http.tls: there is no certificate. Write certificate and key, or keystore and"
            + " password-file; or tls: none.");
    errors(
        ID,
        ID + "  http: 8080\n",
        "3: gateway.http: must be a text or a mapping, but is a number. Put it in double quotes.");
  }
}
