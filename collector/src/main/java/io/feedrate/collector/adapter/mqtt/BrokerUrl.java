package io.feedrate.collector.adapter.mqtt;

import java.net.URI;

/** Broker addresses as people write them, as Paho wants them, and as they may be shown. */
final class BrokerUrl {
  private BrokerUrl() {}

  /** {@code mqtt:} and {@code mqtts:} are {@code tcp:} and {@code ssl:} for Paho. */
  static String ofPaho(URI url) {
    return switch (String.valueOf(url.getScheme())) {
      case "mqtt" -> "tcp://" + hostAndPort(url, 1883);
      case "mqtts" -> "ssl://" + hostAndPort(url, 8883);
      case "tcp" -> "tcp://" + hostAndPort(url, 1883);
      case "ssl" -> "ssl://" + hostAndPort(url, 8883);
      default -> url.toString();
    };
  }

  /** Without user name and password. */
  static String shown(URI url) {
    return url.getScheme() + "://" + hostAndPort(url, url.getPort());
  }

  private static String hostAndPort(URI url, int defaultPort) {
    int port = url.getPort() < 0 ? defaultPort : url.getPort();
    return port < 0 ? String.valueOf(url.getHost()) : url.getHost() + ":" + port;
  }
}
