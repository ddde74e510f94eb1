package io.feedrate.collector.web;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What every request passes first. A page of somebody else's in an operator's browser must neither
 * read, change nor frame what this gateway says: no CORS, nothing is changed by it, and where the
 * server listens on loopback only, a request that names another host is refused (DNS rebinding).
 */
final class Guards {

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final Set<String> LOOPBACK_NAMES =
      Set.of("localhost", "127.0.0.1", "::1", "[::1]");

  private Guards() {}

  static void mount(Router router, String boundHost) {
    router.route().handler(Guards::addHeaders);
    if (isLoopback(boundHost)) {
      String bound = boundHost.toLowerCase(Locale.ROOT);
      router.route().handler(context -> checkHost(context, bound));
    }
    router.route().handler(Guards::checkOrigin);
  }

  private static void addHeaders(RoutingContext context) {
    context
        .response()
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin");
    context.next();
  }

  private static void checkHost(RoutingContext context, String bound) {
    HostAndPort authority = context.request().authority();
    String host = authority == null ? "" : authority.host().toLowerCase(Locale.ROOT);
    if (LOOPBACK_NAMES.contains(host) || host.equals(bound)) {
      context.next();
      return;
    }
    throw new Problem(
        421,
        "Wrong host",
        "this server listens on loopback and answers to localhost only; to reach it from elsewhere"
            + " set gateway.http to an address of this machine",
        null);
  }

  /**
   * What changes something must come from this gateway's own page, or from no page at all. Cookies
   * are SameSite=Strict anyway; not every browser knows that, and another port is the same site.
   */
  private static void checkOrigin(RoutingContext context) {
    HttpMethod method = context.request().method();
    if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
      String site = context.request().getHeader("Sec-Fetch-Site");
      String origin = context.request().getHeader("Origin");
      boolean isForeignSite = site != null && !site.equals("same-origin") && !site.equals("none");
      if (isForeignSite || (origin != null && !isOwn(origin, context.request().authority()))) {
        throw new Problem(
            403,
            "Another origin",
            "a page of another origin may change nothing here; a proxy must hand on the header Host",
            null);
      }
    }
    context.next();
  }

  private static boolean isOwn(String origin, @Nullable HostAndPort own) {
    try {
      URI page = new URI(origin);
      int standard = "https".equals(page.getScheme()) ? 443 : 80;
      int port = page.getPort() < 0 ? standard : page.getPort();
      int ownPort = own == null || own.port() < 0 ? standard : own.port();
      return own != null && own.host().equalsIgnoreCase(page.getHost()) && port == ownPort;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // listening on it will say so
    }
  }
}
