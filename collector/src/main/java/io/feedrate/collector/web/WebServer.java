package io.feedrate.collector.web;

import io.feedrate.collector.access.FailedLogins;
import io.feedrate.collector.access.LiveUsers;
import io.feedrate.collector.access.Permission;
import io.feedrate.collector.config.GatewayConfig.HttpAddress;
import io.feedrate.collector.config.GatewayConfig.HttpConfig;
import io.feedrate.collector.config.TlsKey;
import io.feedrate.kpi.maturity.Profile;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves page, API, live stream and metrics on one address.
 *
 * <p><b>Thread</b>: any, but start and close not at once. One event loop serves; at most {@value
 * #WORKERS} workers ask the {@link PlantView}; at most {@value #MOST_WAITING} requests wait for
 * them, further ones get 503.
 */
public final class WebServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

  private static final int WORKERS = 2;
  private static final int MOST_WAITING = 64;
  private static final int IDLE_SECONDS = 60;
  private static final int START_SECONDS = 30;
  private static final Set<String> TLS_VERSIONS = Set.of("TLSv1.2", "TLSv1.3");
  private static final Duration CERTIFICATE_WARNING = Duration.ofDays(30);

  private final HttpConfig http;
  private final HttpAddress address;
  private final Vertx vertx;
  private final WorkerExecutor worker;
  private final Live live;
  private final Router router;
  private final Gate gate;
  private final GuardedRoutes routes;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Does not listen yet.
   *
   * @param http where to listen, port 0 takes a free one; and by what certificate
   * @param users who may log in
   * @param failed counts logins that failed
   * @param people where what people enter goes
   * @param view what to show
   * @param metrics what {@code /metrics} answers with
   */
  public WebServer(
      HttpConfig http,
      LiveUsers users,
      FailedLogins failed,
      People people,
      PlantView view,
      MetricsScrape metrics) {
    this.http = http;
    this.address = http.listen();
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    this.worker = vertx.createSharedWorkerExecutor("feedrate-web", WORKERS);
    this.live = new Live(vertx, worker, view);
    this.router = Router.router(vertx);
    this.gate =
        new Gate(
            users, http.access(), http.tls().isPresent(), failed, new Sessions(System::nanoTime));
    this.routes = new GuardedRoutes(router, gate);
    mount(view, metrics);
    new PeopleApi(people.data(), people.profile(), gate)
        .mount(routes, this::json, new Uploads(vertx, people.data()));
    routes
        .get("/api/v1/evidence/bundle", Permission.EXPORT)
        .handler(new BundleApi(vertx, people, gate));
    FunctionCounter.builder("feedrate.http.live.dropped", live, Live::dropped)
        .description("Live updates that clients missed because they did not read fast enough.")
        .register(metrics.registry());
    Gauge.builder("feedrate.http.live.clients", live, Live::clients)
        .description("Clients that listen to the live stream now.")
        .register(metrics.registry());
  }

  /**
   * Listens.
   *
   * @return the address with the actual port
   * @throws IOException if the address is taken or not of this machine, or the certificate cannot
   *     be used
   */
  public HttpAddress start() throws IOException {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(address.host())
            .setPort(address.port())
            .setIdleTimeout(IDLE_SECONDS)
            .setIdleTimeoutUnit(TimeUnit.SECONDS)
            .setCompressionSupported(true)
            .setCompressionContentSizeThreshold(512);
    if (http.tls().isPresent()) {
      TlsKey key = TlsKey.read(http.tls().get());
      warnOfEnd(key);
      options
          .setSsl(true)
          .setKeyCertOptions(KeyCertOptions.wrap(new FixedKey(key)))
          .setEnabledSecureTransportProtocols(TLS_VERSIONS);
    }
    Future<HttpServer> listening = vertx.createHttpServer(options).requestHandler(router).listen();
    try {
      HttpServer server =
          listening.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
      return new HttpAddress(address.host(), server.actualPort());
    } catch (ExecutionException | TimeoutException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(
          "cannot listen on %s:%d: %s"
              .formatted(address.host(), address.port(), cause.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while starting to listen", e);
    }
  }

  private static void warnOfEnd(TlsKey key) {
    if (key.validUntil().isBefore(Instant.now().plus(CERTIFICATE_WARNING))) {
      LOG.warn(
          "the certificate of page and API ends at {}: browsers and clients refuse it then; put a"
              + " new one in its place and start again",
          key.validUntil());
    }
  }

  /**
   * Where what people enter goes.
   *
   * @param data directory of the gateway
   * @param profile whose indicators documents and declarations are about
   * @param profileText of the profile's file
   * @param software version of this program
   */
  public record People(Path data, Profile profile, String profileText, String software) {}

  /** Stops listening and ends all streams. Safe without start, and twice. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    vertx.runOnContext(ignored -> live.close());
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("the web server did not stop in order", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Paths of everything that is answered, for the test that holds them against the document. */
  List<String> paths() {
    return router.getRoutes().stream()
        .map(Route::getPath)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  /** What each route needs: method, path and {@link GuardedRoutes#NEEDS}, for the test of all. */
  List<Route> routes() {
    return router.getRoutes().stream().filter(route -> route.getPath() != null).toList();
  }

  private void mount(PlantView view, MetricsScrape metrics) {
    router.route().failureHandler(this::fail);
    router.errorHandler(404, context -> answer(context, unknown()));
    router.errorHandler(405, context -> answer(context, wrongMethod(context)));
    Guards.mount(router, address.host());
    StaticFiles.mount(routes);
    Login.mount(routes, gate);
    Operations operations = new Operations(view, metrics);
    routes.open(HttpMethod.GET, "/healthz").handler(operations::alive);
    routes.open(HttpMethod.GET, "/readyz").handler(blocking(operations::ready));
    routes.get("/metrics", Permission.READ).handler(blocking(operations::metrics));
    mountApi(new Api(view));
    routes
        .get("/api/v1/live", Permission.READ)
        .handler(context -> live.connect(context, gate.stillMayRead(context)));
  }

  private void mountApi(Api api) {
    json("/api/v1/overview", api::overview);
    json("/api/v1/assets", api::assets);
    json("/api/v1/nodes", api::nodes);
    json("/api/v1/signals", api::signals);
    json("/api/v1/completeness", api::completeness);
    json("/api/v1/kpis", api::kpis);
    json("/api/v1/results", api::results);
    json("/api/v1/model-updates", api::modelUpdates);
    json("/api/v1/links", api::links);
    json("/api/v1/seconds", api::seconds);
    json("/api/v1/rejects", api::rejects);
    json("/api/v1/assessment", api::assessment);
    json("/api/v1/register", api::register);
  }

  private void json(String path, Function<RoutingContext, Object> handler) {
    routes.get(path, Permission.READ).handler(json(handler));
  }

  private Handler<RoutingContext> json(Function<RoutingContext, Object> handler) {
    return blocking(
        context -> {
          Object value = handler.apply(context);
          String body = value instanceof Api.Raw raw ? raw.json() : Json.write(value);
          return new Answer(200, "application/json", body);
        });
  }

  /** Runs on a worker and answers, unless too many wait already. */
  private Handler<RoutingContext> blocking(Function<RoutingContext, Answer> handler) {
    return context -> {
      if (waiting.incrementAndGet() > MOST_WAITING) {
        waiting.decrementAndGet();
        context.response().putHeader("Retry-After", "1");
        throw Problem.unavailable("too many requests wait already; ask again in a second");
      }
      Callable<Answer> work = () -> handler.apply(context);
      worker
          .executeBlocking(work, false)
          .onComplete(
              done -> {
                waiting.decrementAndGet();
                if (done.succeeded()) {
                  done.result().send(context);
                } else {
                  context.fail(done.cause());
                }
              });
    };
  }

  private void fail(RoutingContext context) {
    Throwable failure = context.failure();
    if (failure instanceof Problem problem) {
      answer(context, problem);
    } else if (failure == null && context.statusCode() < 500) {
      String title = "Request not understood";
      answer(
          context, new Problem(context.statusCode(), title, title.toLowerCase(Locale.ROOT), null));
    } else {
      LOG.warn("{} failed", context.request().path(), failure);
      answer(context, new Problem(500, "Internal error", "the gateway's log has the cause", null));
    }
  }

  private static Problem unknown() {
    return Problem.notFound("there is nothing here; /api/v1/openapi.yaml lists what there is");
  }

  private Problem wrongMethod(RoutingContext context) {
    String path = context.request().path();
    String allowed =
        routes().stream()
            .filter(route -> path.equals(route.getPath()) && route.methods() != null)
            .flatMap(route -> route.methods().stream())
            .map(HttpMethod::name)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    context.response().putHeader("Allow", allowed);
    return new Problem(405, "Method not allowed", "what this path takes is " + allowed, null);
  }

  private static void answer(RoutingContext context, Problem problem) {
    if (context.response().headWritten()) {
      var unused = context.response().reset();
      return;
    }
    new Answer(problem.status(), "application/problem+json", problem.json(context.request().path()))
        .send(context);
  }
}
