package io.feedrate.collector.web;

import io.feedrate.collector.access.FailedLogins;
import io.feedrate.collector.access.LiveUsers;
import io.feedrate.collector.assess.ProfileException;
import io.feedrate.collector.assess.ProfileLoader;
import io.feedrate.collector.config.GatewayConfig.Access;
import io.feedrate.collector.config.GatewayConfig.HttpAddress;
import io.feedrate.collector.config.GatewayConfig.HttpConfig;
import io.feedrate.collector.config.GatewayConfig.Tls;
import io.feedrate.collector.sink.prometheus.PlantMetrics;
import io.feedrate.collector.store.Store;
import io.feedrate.kpi.maturity.Profile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** A real server over the demo plant on a free port, and a client for it. */
final class TestServer implements AutoCloseable {

  final DemoPlant plant;
  final WebServer server;
  final FailedLogins failed = new FailedLogins(System::nanoTime);
  final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final HttpAddress address;

  TestServer() throws IOException {
    this(new DemoPlant(Clock.systemUTC()), 0);
  }

  TestServer(DemoPlant plant, int port) throws IOException {
    this(plant, port, emptyData(), Access.OPEN_WITHOUT_USERS, Optional.empty());
  }

  /** One with the users of a directory. */
  TestServer(Path data, Access access) throws IOException {
    this(new DemoPlant(Clock.systemUTC()), 0, data, access, Optional.empty());
  }

  /** One with a certificate, and without users. */
  TestServer(Tls tls) throws IOException {
    this(
        new DemoPlant(Clock.systemUTC()),
        0,
        emptyData(),
        Access.OPEN_WITHOUT_USERS,
        Optional.of(tls));
  }

  private TestServer(DemoPlant plant, int port, Path data, Access access, Optional<Tls> tls)
      throws IOException {
    this.plant = plant;
    this.server =
        new WebServer(
            new HttpConfig(new HttpAddress("127.0.0.1", port), tls, access),
            new LiveUsers(data),
            failed,
            new WebServer.People(data, profile(), "", "test"),
            plant,
            new PlantMetrics(plant));
    this.address = server.start();
  }

  /** A data directory in which nobody entered anything, and no window has closed. */
  private static Path emptyData() throws IOException {
    Path data = Files.createTempDirectory(Path.of("target"), "web");
    Store.open(data).close();
    return data;
  }

  static Profile profile() {
    try {
      return ProfileLoader.resolve("aimm-provisional", Path.of(""));
    } catch (ProfileException e) {
      throw new IllegalStateException(e);
    }
  }

  int port() {
    return address.port();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + address.port() + path);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20));
  }

  HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder request = request(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(request + " was not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
