package io.feedrate.collector.config;

import io.feedrate.collector.config.GatewayConfig.HttpAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses of other programs, and ours. What is wrong is said without the address's secrets. */
final class Urls {

  private static final Pattern OPC =
      Pattern.compile(
          "opc\\.tcp://([^\\s/:@\\[\\]?#]+|\\[[0-9A-Fa-f:.%]+\\])(?::([0-9]{1,6}))?(?:/\\S*)?");
  private static final Pattern LISTEN =
      Pattern.compile("([^\\s/:@\\[\\]]+|\\[[0-9A-Fa-f:.]+\\]):([0-9]{1,6})");

  private Urls() {}

  /** {@code opc.tcp://host:port/path}. */
  static String opcUa(String text) throws BadValueException {
    String form = "Write it like opc.tcp://192.0.2.11:4840.";
    Matcher matcher = OPC.matcher(text);
    if (!matcher.matches()) {
      throw new BadValueException("not the address of an OPC UA server", form);
    }
    if (matcher.group(2) == null) {
      throw new BadValueException("the port is missing", form + " 4840 is the usual port.");
    }
    port(matcher.group(2), 1);
    return text;
  }

  /** {@code tcp://host:port} or {@code ssl://host:port}. */
  static URI mqtt(String text) throws BadValueException {
    String form = "Write it like tcp://192.0.2.20:1883, or ssl://192.0.2.20:8883 with TLS.";
    URI uri = uri(text, List.of("tcp", "ssl"), form);
    if (uri.getPort() < 0) {
      throw new BadValueException(
          "the port is missing", form + " 1883 is the usual port, 8883 with TLS.");
    }
    if (!uri.getRawPath().isEmpty() && !uri.getRawPath().equals("/")) {
      throw new BadValueException("a broker's address has no path", form);
    }
    return uri;
  }

  /** {@code http://host:port} or https. */
  static URI http(String text) throws BadValueException {
    return uri(text, List.of("http", "https"), "Write it like http://192.0.2.30:8086.");
  }

  private static URI uri(String text, List<String> schemes, String form) throws BadValueException {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new BadValueException("not a URL", form);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!schemes.contains(scheme)) {
      throw new BadValueException(
          "the URL must begin with " + Texts.or(schemes.stream().map(s -> s + "://").toList()),
          form);
    }
    if (uri.getRawUserInfo() != null) {
      throw new BadValueException(
          "user and password do not belong into the URL", "Use username and password-file.");
    }
    if (uri.getHost() == null) {
      throw new BadValueException("the host is missing or is not a valid name", form);
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new BadValueException("a query or fragment is not allowed here", form);
    }
    if (uri.getPort() >= 0) {
      port(String.valueOf(uri.getPort()), 1);
    }
    return uri;
  }

  /** {@code host:port} to listen on. */
  static HttpAddress listen(String text) throws BadValueException {
    Matcher matcher = LISTEN.matcher(text);
    if (!matcher.matches()) {
      throw new BadValueException(
          Texts.quote(text) + " is not an address to listen on",
          "Write host:port, such as 127.0.0.1:8080, or 0.0.0.0:8080 for every network.");
    }
    String host = matcher.group(1).replaceAll("[\\[\\]]", "");
    return new HttpAddress(host, port(matcher.group(2), 0));
  }

  private static int port(String digits, int least) throws BadValueException {
    int port = Integer.parseInt(digits);
    if (port < least || port > 65_535) {
      throw new BadValueException(
          "port " + digits + " does not exist", "Ports go from " + least + " to 65535.");
    }
    return port;
  }
}
