package io.feedrate.collector.adapter.opcua;

import io.feedrate.collector.adapter.Adapter;
import io.feedrate.collector.adapter.LinkStatus;
import io.feedrate.collector.config.GatewayConfig.OpcUaSource;
import io.feedrate.collector.config.SignalAddress;
import io.feedrate.collector.journal.Journal;
import io.feedrate.kpi.Register;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one OPC UA server into the journal: values with source time and full status, what becomes
 * known about the link, and the server's clock.
 *
 * <p><b>Thread</b>: any. All waiting for the server happens on one control thread of its own.
 */
public final class OpcUaAdapter implements Adapter {
  private static final Logger log = LoggerFactory.getLogger(OpcUaAdapter.class);

  private static final long WATCH_MS = 100;
  private static final Duration RETRY_REFUSED = Duration.ofSeconds(60);
  private static final long CLOSE_S = 5;

  private final long retryRefusedMs;
  private final OpcUaSource source;
  private final List<SignalAddress> signals;
  private final OpcUaShared shared;
  private final LinkRecorder recorder;
  private final SampleDecoder decoder;
  private final InterfaceCheck check;
  private final ServerClock clock;
  private final SubscriptionPlan plan;
  private final ItemFactory items;
  private final ClientFactory clients;
  private final Backoff backoff = new Backoff();
  private final ScheduledThreadPoolExecutor control;
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile @Nullable Connection connection;
  private volatile @Nullable Future<?> watch;

  /**
   * An adapter for one source; {@link #start()} connects it.
   *
   * @param source the server
   * @param link id of the source in the register
   * @param signals what to read of it
   * @param register where the signals' modes and the lateness come from
   * @param journal where everything goes
   * @param shared threads and certificates, closed by their owner after all adapters
   */
  public OpcUaAdapter(
      OpcUaSource source,
      int link,
      List<SignalAddress> signals,
      Register register,
      Journal journal,
      OpcUaShared shared) {
    this(source, link, signals, register, journal, shared, RETRY_REFUSED);
  }

  OpcUaAdapter(
      OpcUaSource source,
      int link,
      List<SignalAddress> signals,
      Register register,
      Journal journal,
      OpcUaShared shared,
      Duration retryRefused) {
    this.retryRefusedMs = retryRefused.toMillis();
    this.source = source;
    this.signals = List.copyOf(signals);
    this.shared = shared;
    this.recorder = new LinkRecorder(journal, link, source.name());
    this.decoder = new SampleDecoder(journal, link);
    this.check = new InterfaceCheck(journal, link, this.signals, register);
    this.clock = new ServerClock(journal, link);
    this.plan = SubscriptionPlan.of(source.publishing(), Duration.ofNanos(register.latenessNs()));
    this.items = new ItemFactory(plan, register);
    this.clients = new ClientFactory(source, shared);
    this.control =
        new ScheduledThreadPoolExecutor(
            1, new DefaultThreadFactory("opcua-" + source.name(), true));
    control.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    control.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
  }

  @Override
  public void start() {
    if (closed.get() || !started.compareAndSet(false, true)) {
      return;
    }
    control(this::connect);
    var unused =
        control.scheduleWithFixedDelay(
            this::retryRefused, retryRefusedMs, retryRefusedMs, TimeUnit.MILLISECONDS);
    watch =
        shared
            .scheduler()
            .scheduleWithFixedDelay(this::watch, WATCH_MS, WATCH_MS, TimeUnit.MILLISECONDS);
  }

  @Override
  public List<LinkStatus> links() {
    return List.of(recorder.status(source.endpoint(), decoder.journaled(), decoder.rejected()));
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    Future<?> watching = watch;
    if (watching != null) {
      watching.cancel(false);
    }
    control.execute(this::disconnect);
    control.shutdown();
    try {
      if (!control.awaitTermination(CLOSE_S, TimeUnit.SECONDS)) {
        control.shutdownNow();
      }
    } catch (InterruptedException e) {
      control.shutdownNow();
      Thread.currentThread().interrupt();
    }
    recorder.close();
    decoder.close();
  }

  private final Connection.Owner owner =
      new Connection.Owner() {
        @Override
        public void resubscribe(Connection asking, ServerSubscription failed, String why) {
          control(() -> resubscribeNow(asking, failed, why));
        }

        @Override
        public void reconnect(Connection asking, String why) {
          control(() -> replace(asking, why));
        }
      };

  private void resubscribeNow(Connection asking, ServerSubscription failed, String why) {
    if (connection == asking && asking.isCurrent(failed)) {
      try {
        asking.subscribe(why, signals);
      } catch (Exception e) {
        reconnectLater(asking, e);
      }
    }
  }

  private void replace(Connection asking, String why) {
    if (connection == asking) {
      drop(asking);
      recorder.down(why, false);
      connect();
    }
  }

  private void connect() {
    if (closed.get()) {
      return;
    }
    Connection next = null;
    try {
      OpcUaClient client = clients.connect();
      next = new Connection(client, this::subscription, recorder, clock, owner);
      connection = next;
      next.subscribe("connected", signals);
      backoff.reset();
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      reconnectLater(next, e);
    }
  }

  private void reconnectLater(@Nullable Connection failed, Exception why) {
    if (failed != null) {
      drop(failed);
    }
    log.debug("{}: no connection", source.name(), why);
    if (!closed.get()) {
      recorder.down("no connection: " + Faults.text(why), Faults.needsAPerson(why));
      var unused = control.schedule(this::connect, backoff.nextMs(), TimeUnit.MILLISECONDS);
    }
  }

  private ServerSubscription subscription(Connection owner) {
    return new ServerSubscription(owner.client(), plan, items, decoder, recorder, check, owner);
  }

  private void retryRefused() {
    Connection current = connection;
    if (current != null) {
      try {
        current.retryRefused();
      } catch (Exception e) {
        reconnectLater(current, e);
      }
    }
  }

  private void watch() {
    try {
      Connection current = connection;
      if (current != null) {
        current.watch(System.nanoTime());
      }
    } catch (RuntimeException e) { // else the timer would stop, and the watch with it
      log.error("{}: watch failed", source.name(), e);
    }
  }

  private void drop(Connection old) {
    connection = null;
    var unused = old.close();
  }

  private void disconnect() {
    Connection current = connection;
    connection = null;
    if (current != null) {
      try {
        current.close().get(CLOSE_S - 2, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        log.debug("{}: not disconnected in order", source.name(), e);
      }
      recorder.ended();
    }
  }

  private void control(Runnable task) {
    try {
      control.execute(task);
    } catch (RejectedExecutionException e) {
      log.debug("{}: closed", source.name());
    }
  }
}
