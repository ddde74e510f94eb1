package io.feedrate.simulator;

import io.moquette.broker.Server;
import io.moquette.broker.config.IConfig;
import io.moquette.broker.config.MemoryConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Properties;

/**
 * The line's MQTT 3.1.1 broker, in memory. It listens on a hidden port; each client reaches it
 * through a {@link Relay} of its own.
 */
final class EmbeddedBroker implements AutoCloseable {
  /** Above the 10 MB of {@link Fault.Junk#HUGE}: refusing that is the collector's business. */
  private static final int MAX_MESSAGE_BYTES = 32 * 1024 * 1024;

  static {
    // It logs every message; read by the logger when the broker's first class asks for one.
    String level = "org.slf4j.simpleLogger.log.io.moquette";
    if (System.getProperty(level) == null) {
      System.setProperty(level, "warn");
    }
  }

  private final Server server = new Server();
  private final InetSocketAddress address;

  EmbeddedBroker() {
    address = new InetSocketAddress(loopback(), freePort());
    Properties properties = new Properties();
    properties.setProperty(IConfig.HOST_PROPERTY_NAME, loopback().getHostAddress());
    properties.setProperty(IConfig.PORT_PROPERTY_NAME, Integer.toString(address.getPort()));
    properties.setProperty(IConfig.PERSISTENCE_ENABLED_PROPERTY_NAME, "false");
    properties.setProperty(IConfig.ENABLE_TELEMETRY_NAME, "false");
    properties.setProperty(
        IConfig.NETTY_MAX_BYTES_PROPERTY_NAME, Integer.toString(MAX_MESSAGE_BYTES));
    try {
      server.startServer(new MemoryConfig(properties));
    } catch (IOException e) {
      throw new UncheckedIOException("the simulator's broker does not start", e);
    }
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
  public void close() {
    server.stopServer();
  }
}
