package io.feedrate.collector.web;

import io.feedrate.collector.statements.StatementFile;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.file.OpenOptions;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a file that is sent, one at a time, into the data directory, where it stays until the
 * request is answered.
 *
 * <p><b>Thread</b>: the event loop.
 */
final class Uploads implements Handler<RoutingContext> {

  private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
  private static final String KEY = "upload";
  private static final String TYPE = "application/octet-stream";

  private final Vertx vertx;
  private final Path data;
  private final AtomicBoolean isBusy = new AtomicBoolean();

  Uploads(Vertx vertx, Path data) {
    this.vertx = vertx;
    this.data = data;
  }

  /** What was sent with this request. */
  static Path file(RoutingContext context) {
    return context.get(KEY);
  }

  @Override
  public void handle(RoutingContext context) {
    String type = context.request().getHeader("Content-Type");
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith(TYPE)) {
      throw new Problem(415, "Not a file", "send the file itself with Content-Type: " + TYPE, null);
    }
    requireLength(context.request().getHeader("Content-Length"));
    if (!isBusy.compareAndSet(false, true)) {
      throw Problem.unavailable("another file is just being sent; try again in a moment");
    }
    Path part;
    try {
      part = Files.createTempFile(data, "upload", ".part");
    } catch (IOException e) {
      isBusy.set(false);
      throw Problem.unavailable("the file cannot be taken: the data directory cannot be written");
    }
    context.addEndHandler(ended -> remove(part));
    context.put(KEY, part);
    context.request().pause();
    vertx
        .fileSystem()
        .open(part.toString(), new OpenOptions().setWrite(true))
        .compose(file -> context.request().pipeTo(file))
        .onComplete(
            done -> {
              if (done.succeeded()) {
                context.next();
              } else {
                context.fail(done.cause());
              }
            });
  }

  private static void requireLength(@Nullable String header) {
    long length;
    try {
      length = header == null ? -1 : Long.parseLong(header);
    } catch (NumberFormatException e) {
      length = -1;
    }
    if (length < 0) {
      throw new Problem(411, "Length needed", "send Content-Length with the file", null);
    }
    if (length > StatementFile.MAX_KEPT_BYTES) {
      throw new Problem(
          413,
          "Too long",
          "a file may have %d MB; keep a larger one elsewhere, and attach it by feedrate document"
                  .formatted(StatementFile.MAX_KEPT_BYTES >> 20)
              + " attach --reference-only",
          null);
    }
  }

  private void remove(Path part) {
    isBusy.set(false);
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      LOG.warn("{} cannot be removed: {}", part, e.toString());
    }
  }
}
