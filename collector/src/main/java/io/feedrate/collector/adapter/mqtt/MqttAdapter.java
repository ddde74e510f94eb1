package io.feedrate.collector.adapter.mqtt;

import io.feedrate.collector.adapter.Adapter;
import io.feedrate.collector.adapter.LinkStatus;
import io.feedrate.collector.adapter.LinkStatus.State;
import io.feedrate.collector.adapter.mqtt.MqttRecords.JournalFailure;
import io.feedrate.collector.config.GatewayConfig.Broker;
import io.feedrate.collector.config.GatewayConfig.MqttVersion;
import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.journal.RejectCause;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all sources of one broker. A message is acknowledged to the broker after the journal has
 * it; if the journal cannot take it, the connection is dropped and the broker sends it again.
 *
 * <p><b>Thread</b>: one of its own that connects, again and again, and that watches for silence;
 * messages come on the library's. Both work under one lock, which is never held while the library
 * is called.
 */
public final class MqttAdapter implements Adapter {
  private static final Logger LOG = LoggerFactory.getLogger(MqttAdapter.class);

  /** How often silence is looked for. */
  private static final long TICK_MS = 100;

  /** A connection that held for so long was a good one. */
  private static final long GOOD_NS = 10_000_000_000L;

  private static final long CLOSE_MS = 5_000;

  private final Broker broker;
  private final MqttRecords records;
  private final LongSupplier clockNs;
  private final MqttConnection.Factory factory;
  private final List<SourceLink> links;
  private final Routes routes;
  private final Backoff backoff = new Backoff(new SplittableRandom());
  private final Object lock = new Object();
  private final Thread thread;
  private String logged = "";
  private volatile boolean closed;
  private volatile long connections;

  /**
   * An adapter for a broker.
   *
   * @param links its sources
   * @param nodes asset paths by the names that payloads may use for them: names and paths
   * @param journal where records go
   */
  public MqttAdapter(
      Broker broker, List<MqttLink> links, Map<String, String> nodes, Journal journal) {
    this(
        broker,
        links,
        nodes,
        new JournalRecords(journal),
        journal.clock()::nowNs,
        handler ->
            broker.version() == MqttVersion.V5
                ? new PahoV5Connection(broker, handler)
                : new PahoV3Connection(broker, handler));
  }

  MqttAdapter(
      Broker broker,
      List<MqttLink> links,
      Map<String, String> nodes,
      MqttRecords records,
      LongSupplier clockNs,
      MqttConnection.Factory factory) {
    this.broker = broker;
    this.records = records;
    this.clockNs = clockNs;
    this.factory = factory;
    Map<String, String> known = Map.copyOf(nodes);
    long nowNs = clockNs.getAsLong();
    this.links = links.stream().map(l -> new SourceLink(l, known, records, nowNs)).toList();
    routes = new Routes(this.links);
    thread = new Thread(this::run, "mqtt-" + broker.name());
    thread.setDaemon(true);
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public List<LinkStatus> links() {
    String endpoint = BrokerUrl.shown(broker.url());
    long reconnects = Math.max(0, connections - 1);
    return links.stream().map(l -> l.status(endpoint, reconnects)).toList();
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
      // It may be waiting for a broker that does not answer. Under the lock, as appending to the
      // journal is: an interrupt must not hit that.
      thread.interrupt();
    }
    try {
      thread.join(CLOSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closed) {
      Session session = new Session();
      State shownAs = State.DOWN;
      try (MqttConnection connection = factory.create(session)) {
        connection.open(routes.filters());
        session.await();
      } catch (MqttFailure e) {
        session.onLost(e.getMessage());
        shownAs = e.needsPerson() ? State.ATTENTION : State.DOWN;
      } catch (RuntimeException e) { // of the library: as good as no connection
        session.onLost(MqttFailure.describe(e));
      }
      lost(session, shownAs);
    }
  }

  private void lost(Session session, State shownAs) {
    synchronized (lock) {
      if (closed) {
        return;
      }
      long nowNs = clockNs.getAsLong();
      if (session.connectedNs != Long.MIN_VALUE && nowNs - session.connectedNs > GOOD_NS) {
        backoff.reset();
      }
      String why = "no connection to the broker: " + session.lost;
      log(why);
      for (SourceLink link : links) {
        tell(() -> link.liveness().onBrokerLost(why, shownAs, nowNs));
      }
      pause(backoff.nextMs());
    }
  }

  /** Logs a reason once, not at every attempt. */
  private void log(String why) {
    if (!why.equals(logged)) {
      LOG.warn("broker {} ({}): {}", broker.name(), BrokerUrl.shown(broker.url()), why);
      logged = why;
    }
  }

  /** Waits under the lock, looking for silence. */
  private void pause(long waitMs) {
    long endNs = System.nanoTime() + waitMs * 1_000_000;
    while (!closed && System.nanoTime() < endNs) {
      tick();
    }
  }

  @SuppressWarnings("WaitNotInLoop") // a tick: callers loop over what they wait for
  private void tick() {
    long nowNs = clockNs.getAsLong();
    for (SourceLink link : links) {
      tell(() -> link.liveness().onTick(nowNs));
    }
    try {
      lock.wait(TICK_MS);
    } catch (InterruptedException e) {
      LOG.debug("woken to close");
    }
  }

  /** What the journal cannot take now is told with the next tick or message. */
  private static void tell(Runnable change) {
    try {
      change.run();
    } catch (JournalFailure e) {
      LOG.debug("link change not journaled yet", e);
    }
  }

  /** One connection's life, from the attempt to its loss. */
  private final class Session implements MqttConnection.Handler {
    private @Nullable String lost;
    private long connectedNs = Long.MIN_VALUE;

    @Override
    public void onConnected() {
      synchronized (lock) {
        if (lost != null || closed) {
          return;
        }
        connections++;
        connectedNs = clockNs.getAsLong();
        logged = "";
        for (SourceLink link : links) {
          link.liveness().onBrokerConnected(connectedNs);
        }
      }
      LOG.info("broker {} ({}): connected", broker.name(), BrokerUrl.shown(broker.url()));
    }

    @Override
    public boolean onMessage(String topic, byte[] payload, boolean retained) {
      synchronized (lock) {
        // After one message was refused all are: they come again in order.
        if (lost != null || closed) {
          return false;
        }
        try {
          Route route = routes.find(topic);
          if (route == null) {
            records.reject(-1, RejectCause.UNKNOWN_TOPIC, topic, "below no source", payload);
          } else {
            route.link().onMessage(route, topic, payload, retained, clockNs.getAsLong());
          }
          return true;
        } catch (JournalFailure e) {
          onLost("the journal cannot take messages: " + MqttFailure.describe(e));
          return false;
        }
      }
    }

    @Override
    public void onLost(String why) {
      synchronized (lock) {
        if (lost == null) {
          lost = why;
          lock.notifyAll();
        }
      }
    }

    /** Returns when the connection is lost or the adapter closed. */
    void await() {
      synchronized (lock) {
        while (lost == null && !closed) {
          tick();
        }
      }
    }
  }
}
