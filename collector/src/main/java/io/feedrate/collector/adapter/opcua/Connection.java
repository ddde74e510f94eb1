package io.feedrate.collector.adapter.opcua;

import io.feedrate.collector.config.SignalAddress;
import io.netty.channel.Channel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.SessionActivityListener;
import org.eclipse.milo.opcua.sdk.client.UaSession;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransport;
import org.jspecify.annotations.Nullable;

/**
 * One client and its session, from its first success until it cannot be mended. Milo reconnects it
 * by itself; this class finds out when that is due but nobody noticed, and when it leads nowhere.
 *
 * <p><b>Thread</b>: {@link #subscribe}, {@link #retryRefused} and {@link #close} on the control
 * thread; {@link #watch} on the scheduler, never blocking; listeners on Milo's.
 */
final class Connection implements SessionActivityListener, ServerSubscription.Owner {

  /** What the adapter does for a connection, on its control thread. */
  interface Owner {
    void resubscribe(Connection connection, ServerSubscription failed, String why);

    void reconnect(Connection connection, String why);
  }

  /** Longer than sessions and subscriptions last: nothing is left to be resumed. */
  private static final long GIVE_UP_NS = 60_000_000_000L;

  private static final long CLOCK_READ_NS = 5_000_000_000L;
  private static final long CLOCK_READ_SOON_NS = 200_000_000L;
  private static final int CLOCK_READS_SOON = 5;

  private final OpcUaClient client;
  private final Function<Connection, ServerSubscription> subscriptions;
  private final LinkRecorder recorder;
  private final ServerClock clock;
  private final Owner owner;

  private volatile @Nullable ServerSubscription subscription;
  private volatile boolean active = true;
  private volatile long sinceNs = System.nanoTime();

  // Of watch alone.
  private long silenceActedNs = sinceNs;
  private boolean kicked;
  private long clockReadNs = sinceNs;
  private int clockReads;

  Connection(
      OpcUaClient client,
      Function<Connection, ServerSubscription> subscriptions,
      LinkRecorder recorder,
      ServerClock clock,
      Owner owner) {
    this.client = client;
    this.subscriptions = subscriptions;
    this.recorder = recorder;
    this.clock = clock;
    this.owner = owner;
    client.addSessionActivityListener(this);
  }

  OpcUaClient client() {
    return client;
  }

  /** Puts a new subscription in the place of the one there was. */
  void subscribe(String why, List<SignalAddress> signals) throws UaException {
    ServerSubscription old = subscription;
    subscription = null;
    if (old != null) {
      old.abandon();
    }
    ServerSubscription next = subscriptions.apply(this);
    next.open(why, signals);
    subscription = next;
  }

  boolean isCurrent(ServerSubscription candidate) {
    return subscription == candidate;
  }

  void retryRefused() throws UaException {
    ServerSubscription current = subscription;
    if (current != null && active && recorder.isUp()) {
      current.retryRefused();
    }
  }

  /** Looks after it; call it several times a second. */
  void watch(long nowNs) {
    ServerSubscription current = subscription;
    if (!active) {
      if (nowNs - sinceNs > GIVE_UP_NS) {
        sinceNs = nowNs;
        owner.reconnect(this, "the session could not be resumed");
      }
    } else if (current != null) {
      readClock(nowNs);
      watchSilence(current, nowNs);
    }
  }

  private void readClock(long nowNs) {
    // The first readings come soon: what is known of the clock decides how samples are counted.
    long intervalNs = clockReads < CLOCK_READS_SOON ? CLOCK_READ_SOON_NS : CLOCK_READ_NS;
    if (nowNs - clockReadNs >= intervalNs) {
      clockReadNs = nowNs;
      clockReads++;
      clock.read(client);
    }
  }

  private void watchSilence(ServerSubscription current, long nowNs) {
    long heardNs = recorder.heardNs();
    if (heardNs - silenceActedNs > 0) {
      kicked = false;
    }
    long quietNs = Math.min(nowNs - heardNs, Math.min(nowNs - sinceNs, nowNs - silenceActedNs));
    if (quietNs <= current.silenceNs()) {
      return;
    }
    silenceActedNs = nowNs;
    recorder.down("no data and no keep-alive from the server", false);
    if (kicked) {
      owner.reconnect(this, "the server is silent");
    } else {
      kicked = true;
      closeChannel();
    }
  }

  /** Makes Milo connect again, which keeps the session and with it what the queues hold. */
  private void closeChannel() {
    if (client.getTransport() instanceof OpcTcpClientTransport tcp) {
      Channel channel = tcp.getChannelFsm().getChannel().getNow(null);
      if (channel != null) {
        var unused = channel.close();
      }
    }
  }

  @Override
  public void onSessionActive(UaSession session) {
    recorder.sessionActive();
    sinceNs = System.nanoTime();
    active = true;
  }

  @Override
  public void onSessionInactive(UaSession session) {
    active = false;
    sinceNs = System.nanoTime();
    recorder.down("the connection to the server is lost", false);
  }

  @Override
  public void subscriptionFailed(ServerSubscription failed, String why) {
    owner.resubscribe(this, failed, why);
  }

  /** Ends it; the future completes when the server was told, or could not be. */
  CompletableFuture<?> close() {
    client.removeSessionActivityListener(this);
    ServerSubscription current = subscription;
    subscription = null;
    active = false;
    if (current != null) {
      current.forget();
    }
    return client.disconnectAsync();
  }
}
