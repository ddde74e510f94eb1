package io.feedrate.collector.config;

import io.feedrate.collector.config.GatewayConfig.Access;
import io.feedrate.collector.config.GatewayConfig.HttpAddress;
import io.feedrate.collector.config.GatewayConfig.HttpConfig;
import io.feedrate.collector.config.GatewayConfig.PemTls;
import io.feedrate.collector.config.GatewayConfig.Pkcs12Tls;
import io.feedrate.collector.config.GatewayConfig.Tls;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads {@code gateway.http}: an address, or a mapping with certificate and access. Certificates
 * are opened, so that {@code feedrate check} finds what the start would.
 */
final class HttpReader {

  private static final HttpAddress DEFAULT = new HttpAddress("127.0.0.1", 8080);
  private static final String NO_TLS = "none";

  private final Secrets secrets;
  private final Entry.Parser<Path> path;

  /**
   * @param path makes paths of the configuration absolute
   */
  HttpReader(Secrets secrets, Entry.Parser<Path> path) {
    this.secrets = secrets;
    this.path = path;
  }

  HttpConfig read(Entry gateway) {
    Entry http = gateway.child("http");
    boolean isShort = gateway.text("http").isPresent();
    HttpAddress listen =
        isShort
            ? gateway.parsed("http", Urls::listen, DEFAULT)
            : http.parsed("listen", Urls::listen, DEFAULT);
    Optional<Tls> tls = http.has("tls") ? tls(http) : Optional.empty();
    if (!listen.isLoopback() && !http.has("tls")) {
      gateway.problem(
          "http",
          "plain HTTP on " + listen.host() + ": tokens and figures could be read on the way",
          "Give it a certificate (tls: {certificate: FILE, key: FILE}), listen on 127.0.0.1, or say"
              + " that you want that with listen: HOST:PORT and tls: none below http.");
    }
    return new HttpConfig(listen, tls, access(http, listen));
  }

  private static Access access(Entry http, HttpAddress listen) {
    return switch (http.text("access", "")) {
      case "open" -> Access.OPEN;
      case "login" -> Access.LOGIN;
      default -> listen.isLoopback() ? Access.OPEN_WITHOUT_USERS : Access.LOGIN;
    };
  }

  private Optional<Tls> tls(Entry http) {
    if (http.text("tls").isPresent()) {
      return Optional.empty(); // the schema speaks of any other word than none
    }
    Entry entry = http.child("tls");
    boolean isPem = entry.has("certificate") || entry.has("key");
    if (isPem == entry.has("keystore")) {
      http.problem(
          "tls",
          isPem ? "certificate and keystore are both given" : "there is no certificate",
          "Write certificate and key, or keystore and password-file; or tls: " + NO_TLS + ".");
      return Optional.empty();
    }
    return isPem ? pem(entry) : pkcs12(entry);
  }

  private Optional<Tls> pem(Entry entry) {
    for (String key : new String[] {"certificate", "key"}) {
      if (!entry.has(key)) {
        entry.missing(key, "Add the PEM file.");
        return Optional.empty();
      }
    }
    Path certificate = entry.parsed("certificate", path, Path.of(""));
    Path key = entry.parsed("key", path, Path.of(""));
    return checked(entry, "certificate", new PemTls(certificate, key));
  }

  private Optional<Tls> pkcs12(Entry entry) {
    Path keystore = entry.parsed("keystore", path, Path.of(""));
    Optional<String> password = secrets.secret(entry, "password");
    if (password.isEmpty()) {
      if (!entry.has("password") && !entry.has("password-file")) {
        entry.missing("password-file", "Add the file with the keystore's password.");
      }
      return Optional.empty();
    }
    return checked(entry, "keystore", new Pkcs12Tls(keystore, password.get()));
  }

  private static Optional<Tls> checked(Entry entry, String key, Tls tls) {
    try {
      TlsKey unused = TlsKey.load(tls);
      return Optional.of(tls);
    } catch (BadValueException e) {
      entry.problem(key, e.message(), e.hint());
      return Optional.empty();
    }
  }
}
