package io.feedrate.collector.web;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events: one a second to everybody who listens. The first is a {@code snapshot}, then
 * {@code update}s carry what changed. A client that does not read fast enough misses updates, which
 * are counted, and then gets a snapshot again; one that reads nothing for long is disconnected.
 *
 * <p><b>Thread</b>: the one event loop, apart from the counters; frames are made on a worker.
 */
final class Live {

  private static final Logger LOG = LoggerFactory.getLogger(Live.class);

  static final int MOST_CLIENTS = 64;
  private static final int MOST_MISSED = 30;
  private static final int CLIENT_BUFFER = 512 * 1024;
  private static final long PERIOD_MS = 1_000;

  private final PlantView view;
  private final WorkerExecutor worker;
  private final List<Client> clients = new ArrayList<>();
  private final AtomicInteger clientCount = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();
  private LiveFrames frames = LiveFrames.FIRST;
  private boolean building;

  Live(Vertx vertx, WorkerExecutor worker, PlantView view) {
    this.worker = worker;
    this.view = view;
    vertx.setPeriodic(PERIOD_MS, timer -> tick());
  }

  /** How many listen. Any thread. */
  int clients() {
    return clientCount.get();
  }

  /** Updates that slow clients missed. Any thread. */
  long dropped() {
    return dropped.get();
  }

  /**
   * Begins a stream.
   *
   * @param stillMay asked now and then; when it says no, the stream ends
   */
  void connect(RoutingContext context, BooleanSupplier stillMay) {
    if (clients.size() >= MOST_CLIENTS) {
      throw Problem.unavailable(MOST_CLIENTS + " clients listen already");
    }
    HttpServerResponse response = context.response();
    response
        .setChunked(true)
        .setWriteQueueMaxSize(CLIENT_BUFFER)
        .putHeader("Content-Type", "text/event-stream; charset=utf-8")
        .putHeader("Cache-Control", "no-store")
        .putHeader("Content-Encoding", "identity") // each event must leave at once
        .putHeader("X-Accel-Buffering", "no");
    Client client = new Client(response, stillMay);
    clients.add(client);
    clientCount.set(clients.size());
    response.closeHandler(closed -> remove(client));
    response.exceptionHandler(failure -> remove(client));
    var unused = response.write("retry: 2000\n\n");
    build();
  }

  /** Ends all streams. */
  void close() {
    for (Client client : List.copyOf(clients)) {
      var unused = client.response.end();
    }
  }

  private void remove(Client client) {
    clients.remove(client);
    clientCount.set(clients.size());
  }

  private void tick() {
    if (clients.isEmpty()) {
      return;
    }
    for (Client client : List.copyOf(clients)) {
      if (!client.stillMay.getAsBoolean()) {
        var unused = client.response.end();
        continue;
      }
      // Even when no frame can be made the connection is known to live.
      client.sendHeartbeat();
    }
    build();
  }

  private void build() {
    if (building) {
      return;
    }
    building = true;
    LiveFrames before = frames;
    worker
        .executeBlocking(() -> before.next(view.now()), false)
        .onComplete(
            made -> {
              building = false;
              LiveFrames next = made.result();
              if (next == null) {
                LOG.warn("no live update could be made", made.cause());
              } else {
                frames = next;
                send(next);
              }
            });
  }

  private void send(LiveFrames next) {
    @Nullable String snapshot = null;
    for (Client client : List.copyOf(clients)) {
      if (client.response.writeQueueFull()) {
        dropped.incrementAndGet();
        client.miss();
      } else if (client.needsSnapshot) {
        snapshot = snapshot == null ? next.snapshot() : snapshot;
        client.send(snapshot);
        client.needsSnapshot = false;
      } else {
        client.send(next.update());
      }
    }
  }

  private static final class Client {
    private final HttpServerResponse response;
    private final BooleanSupplier stillMay;
    private boolean needsSnapshot = true;
    private int missed;

    Client(HttpServerResponse response, BooleanSupplier stillMay) {
      this.response = response;
      this.stillMay = stillMay;
    }

    void send(String event) {
      missed = 0;
      var unused = response.write(event);
    }

    void sendHeartbeat() {
      if (!response.writeQueueFull()) {
        var unused = response.write(": alive\n\n");
      }
    }

    void miss() {
      needsSnapshot = true;
      missed++;
      if (missed > MOST_MISSED) {
        var unused = response.reset();
      }
    }
  }
}
