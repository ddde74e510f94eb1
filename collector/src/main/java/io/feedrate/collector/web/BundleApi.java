package io.feedrate.collector.web;

import io.feedrate.collector.audit.Actor;
import io.feedrate.collector.audit.AuditEntry.Action;
import io.feedrate.collector.audit.AuditException;
import io.feedrate.collector.audit.AuditFile;
import io.feedrate.collector.evidence.bundle.BundleException;
import io.feedrate.collector.evidence.bundle.BundleExporter;
import io.feedrate.collector.evidence.bundle.BundleOrder;
import io.feedrate.collector.statements.StatementFile;
import io.feedrate.collector.store.StoreException;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a bundle of evidence, one at a time, and sends it once it is in the audit trail.
 *
 * <p><b>Thread</b>: the event loop; the bundle is made on a worker of its own.
 */
final class BundleApi implements Handler<RoutingContext> {

  private static final Logger LOG = LoggerFactory.getLogger(BundleApi.class);

  private final WebServer.People people;
  private final Gate gate;
  private final WorkerExecutor worker;
  private final AtomicBoolean isBusy = new AtomicBoolean();

  BundleApi(Vertx vertx, WebServer.People people, Gate gate) {
    this.people = people;
    this.gate = gate;
    worker = vertx.createSharedWorkerExecutor("feedrate-export", 1);
  }

  @Override
  public void handle(RoutingContext context) {
    Params params =
        new Params(context, Instant.now(), "from", "to", "asset", "challenge", "responsible");
    BundleOrder order = order(params);
    Actor actor = gate.identify(context).actor();
    if (!isBusy.compareAndSet(false, true)) {
      throw Problem.unavailable("another bundle is just being made; try again in a minute");
    }
    worker
        .executeBlocking(() -> export(order, actor), false)
        .onComplete(
            made -> {
              if (made.succeeded()) {
                send(context, order, made.result());
              } else {
                isBusy.set(false);
                context.fail(problem(made.cause()));
              }
            });
  }

  private BundleOrder order(Params params) {
    Params.Range range = params.range();
    return new BundleOrder(
        people.data(),
        List.copyOf(params.all("asset", 200)),
        Times.ns(range.from()),
        Times.ns(range.to()),
        people.profile(),
        people.profileText(),
        Optional.ofNullable(params.optional("challenge")).orElse(""),
        Optional.ofNullable(params.optional("responsible")).orElse(""),
        Optional.empty(),
        false,
        Optional.empty(),
        Instant.now(),
        people.software());
  }

  private static Path export(BundleOrder order, Actor actor) throws IOException {
    AuditFile audit = new AuditFile(order.data());
    audit.requireRoom();
    Path directory = Files.createTempDirectory(order.data(), "export");
    Path file = directory.resolve("bundle.zip");
    try {
      var unused = BundleExporter.export(order, file);
      audit.append(
          actor,
          Action.EXPORTED,
          "bundle sha256:%s of %s to %s"
              .formatted(
                  StatementFile.digest(file),
                  Times.instant(order.fromNs()),
                  Times.instant(order.toNs())));
      return file;
    } catch (IOException | RuntimeException e) {
      remove(file);
      throw e;
    }
  }

  private void send(RoutingContext context, BundleOrder order, Path file) {
    String name = "evidence-" + Times.instant(order.toNs()).toString().replace(':', '-') + ".zip";
    context
        .response()
        .putHeader("Content-Type", "application/zip")
        .putHeader("Content-Disposition", "attachment; filename=\"" + name + "\"")
        .putHeader("Content-Encoding", "identity") // it is compressed
        .putHeader("Cache-Control", "no-store")
        .sendFile(file.toString())
        .onComplete(
            sent -> {
              remove(file);
              isBusy.set(false);
            });
  }

  private static Throwable problem(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof BundleException || cause instanceof IllegalArgumentException) {
      return new Problem(422, "Not accepted", message, null);
    } else if (cause instanceof AuditException || cause instanceof StoreException) {
      return Problem.unavailable(message);
    }
    return cause;
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
      Files.deleteIfExists(file.getParent());
    } catch (IOException e) {
      LOG.warn("{} cannot be removed: {}", file, e.toString());
    }
  }
}
