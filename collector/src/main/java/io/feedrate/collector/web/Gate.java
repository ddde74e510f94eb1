package io.feedrate.collector.web;

import io.feedrate.collector.access.AccessException;
import io.feedrate.collector.access.FailedLogins;
import io.feedrate.collector.access.LiveUsers;
import io.feedrate.collector.access.Permission;
import io.feedrate.collector.access.User;
import io.feedrate.collector.config.GatewayConfig.Access;
import io.vertx.core.Handler;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out who asks, by a token in the header {@code Authorization} or by the cookie of a login at
 * the page, and lets through who may.
 *
 * <p><b>Thread</b>: any. A question costs a look at the file of users, which is read when it
 * changed.
 */
final class Gate {

  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
  private static final String BEARER = "bearer ";
  private static final int MAX_TOKEN = 200;

  private final LiveUsers users;
  private final Access access;
  private final boolean isTls;
  private final FailedLogins failed;
  private final Sessions sessions;
  private volatile String told = "";

  Gate(LiveUsers users, Access access, boolean isTls, FailedLogins failed, Sessions sessions) {
    this.users = users;
    this.access = access;
    this.isTls = isTls;
    this.failed = failed;
    this.sessions = sessions;
  }

  /** Lets through who may do this. */
  Handler<RoutingContext> require(Permission permission) {
    return context -> {
      Identity identity = identify(context);
      if (identity.may(permission)) {
        context.next();
      } else if (identity.user() == null) {
        throw unknown(context);
      } else {
        throw new Problem(
            403,
            "Not allowed",
            "%s is %s, and that role may not do this; roles are listed in docs/operate.md"
                .formatted(identity.user().name(), identity.user().role().word()),
            null);
      }
    };
  }

  private static Problem unknown(RoutingContext context) {
    context.response().putHeader("WWW-Authenticate", "Bearer realm=\"feedrate\"");
    return new Problem(
        401,
        "Login needed",
        "log in at the page, or send Authorization: Bearer TOKEN; feedrate users add makes a token",
        null);
  }

  /**
   * Who asks.
   *
   * @throws Problem if a token is sent that is none, or the users cannot be read
   */
  Identity identify(RoutingContext context) {
    try {
      return new Identity(user(context), isOpen());
    } catch (AccessException e) {
      throw unreadable(e);
    }
  }

  private boolean isOpen() {
    return switch (access) {
      case OPEN -> true;
      case LOGIN -> false;
      case OPEN_WITHOUT_USERS -> users.isEmpty();
    };
  }

  /** Fails closed, and says to strangers nothing of where. */
  private Problem unreadable(AccessException e) {
    String message = String.valueOf(e.getMessage());
    if (!message.equals(told)) { // and not with each request
      told = message;
      LOG.warn("nobody can log in: {}", message);
    }
    return Problem.unavailable("the list of users cannot be read; the gateway's log has the cause");
  }

  private @Nullable User user(RoutingContext context) {
    String header = context.request().getHeader("Authorization");
    if (header != null) {
      return bearer(context, header);
    }
    Cookie cookie = context.request().getCookie(cookieName(context));
    return cookie == null
        ? null
        : sessions.tokenId(cookie.getValue()).flatMap(users::byTokenId).orElse(null);
  }

  private User bearer(RoutingContext context, String header) {
    String address = address(context);
    if (header.toLowerCase(Locale.ROOT).startsWith(BEARER) && header.length() <= MAX_TOKEN) {
      Optional<User> user = users.byToken(header.substring(BEARER.length()).strip());
      if (user.isPresent()) {
        return user.get(); // also where others behind the same address failed
      }
    }
    requireNoWait(context, address);
    failed.failed(address);
    throw unknown(context);
  }

  private void requireNoWait(RoutingContext context, String address) {
    long seconds = failed.waitSeconds(address);
    if (seconds > 0) {
      context.response().putHeader("Retry-After", Long.toString(seconds));
      throw new Problem(
          429,
          "Too many logins failed",
          "wait %d s before you try again from %s".formatted(seconds, address),
          null);
    }
  }

  private static String address(RoutingContext context) {
    var remote = context.request().remoteAddress();
    return remote == null ? "?" : String.valueOf(remote.hostAddress());
  }

  /**
   * Logs in at the page: sets the cookie.
   *
   * @throws Problem if that is nobody's token
   */
  User logIn(RoutingContext context, String token) {
    String address = address(context);
    requireNoWait(context, address);
    Optional<User> user;
    try {
      user = token.length() > MAX_TOKEN ? Optional.empty() : users.byToken(token.strip());
    } catch (AccessException e) {
      throw unreadable(e);
    }
    if (user.isEmpty()) {
      failed.failed(address);
      throw new Problem(
          401,
          "Login failed",
          "that is no token of a user here; an engineer can make one with feedrate users add",
          "token");
    }
    context.response().addCookie(cookie(context, sessions.begin(user.get().token().id())));
    return user.get();
  }

  /** Ends the session at the page, if there is one. */
  void logOut(RoutingContext context) {
    Cookie cookie = context.request().getCookie(cookieName(context));
    if (cookie != null) {
      sessions.end(cookie.getValue());
    }
    context.response().addCookie(cookie(context, "").setMaxAge(0));
  }

  /** Whether who asked may still look, for streams that go on for long. */
  BooleanSupplier stillMayRead(RoutingContext context) {
    return () -> {
      try {
        return identify(context).may(Permission.READ);
      } catch (Problem e) {
        return false;
      }
    };
  }

  private Cookie cookie(RoutingContext context, String value) {
    return Cookie.cookie(cookieName(context), value)
        .setHttpOnly(true)
        .setSecure(isTls)
        .setSameSite(CookieSameSite.STRICT)
        .setPath("/");
  }

  /** With the port in it: browsers give cookies to all ports of a host, and there may be more. */
  private String cookieName(RoutingContext context) {
    var local = context.request().localAddress();
    String name = "feedrate_" + (local == null ? 0 : local.port());
    return isTls ? "__Host-" + name : name;
  }
}
