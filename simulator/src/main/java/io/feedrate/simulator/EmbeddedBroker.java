package io.feedrate.simulator;

import io.moquette.broker.Server;
import io.moquette.broker.config.IConfig;
import io.moquette.broker.config.MemoryConfig;
import io.moquette.interception.AbstractInterceptHandler;
import io.moquette.interception.messages.InterceptExceptionMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The line's MQTT 3.1.1 broker, in memory. It listens on a hidden port; each client reaches it
 * through a {@link Relay} of its own.
 */
final class EmbeddedBroker implements AutoCloseable {
  /** Above the 10 MB of {@link Fault.Junk#HUGE}: refusing that is the collector's business. */
  private static final int MAX_MESSAGE_BYTES = 32 * 1024 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

  static {
    // It logs every message; read by the logger when the broker's first class asks for one.
    String level = "org.slf4j.simpleLogger.log.io.moquette";
    if (System.getProperty(level) == null) {
      System.setProperty(level, "warn");
    }
  }

  private final ExecutorService healer;
  private final InetSocketAddress address;
  private Server server;
  private boolean closed;

  /**
   * Starts it.
   *
   * @param healer where it is started anew if it breaks
   */
  EmbeddedBroker(ExecutorService healer) {
    this.healer = healer;
    address = new InetSocketAddress(loopback(), freePort());
    server = start();
  }

  private Server start() {
    Properties properties = new Properties();
    properties.setProperty(IConfig.HOST_PROPERTY_NAME, loopback().getHostAddress());
    properties.setProperty(IConfig.PORT_PROPERTY_NAME, Integer.toString(address.getPort()));
    properties.setProperty(IConfig.PERSISTENCE_ENABLED_PROPERTY_NAME, "false");
    properties.setProperty(IConfig.ENABLE_TELEMETRY_NAME, "false");
    properties.setProperty(
        IConfig.NETTY_MAX_BYTES_PROPERTY_NAME, Integer.toString(MAX_MESSAGE_BYTES));
    Server starting = new Server();
    try {
      starting.startServer(new MemoryConfig(properties), List.of(new LoopWatch(starting)));
    } catch (IOException e) {
      throw new UncheckedIOException("the simulator's broker does not start", e);
    }
    return starting;
  }

  /** A broker that lost a thread serves part of its clients no longer: it gets a new one. */
  private synchronized void replace(Server broken) {
    if (closed || broken != server) {
      return;
    }
    LOG.warn("The simulator's broker broke and is started anew; what it had queued is lost");
    broken.stopServer();
    server = start();
  }

  /** Ours to find: told to take a free one, the server reads its port late and unsynchronised. */
  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port for the simulator's broker", e);
    }
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }

  InetSocketAddress address() {
    return address;
  }

  @Override
  public synchronized void close() {
    closed = true;
    server.stopServer();
  }

  /**
   * Hears of exceptions that the broker does not survive: any one in a client's session ends the
   * thread that half of the sessions share.
   */
  private final class LoopWatch extends AbstractInterceptHandler {
    private final Server watched;

    LoopWatch(Server watched) {
      this.watched = watched;
    }

    @Override
    public String getID() {
      return "loop-watch";
    }

    @Override
    public Class<?>[] getInterceptedMessageTypes() {
      return new Class<?>[] {InterceptExceptionMessage.class};
    }

    @Override
    public void onSessionLoopError(Throwable error) {
      healer.execute(() -> replace(watched));
    }
  }
}
