package io.feedrate.collector.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.feedrate.collector.access.Permission;
import io.feedrate.collector.access.User;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Logging in and out at the page, and what may be done by who asks. */
final class Login {

  private static final String PATH = "/api/v1/session";

  private final Gate gate;

  private Login(Gate gate) {
    this.gate = gate;
  }

  static void mount(GuardedRoutes routes, Gate gate) {
    Login login = new Login(gate);
    routes.open(HttpMethod.GET, PATH).handler(login::tell);
    routes.open(HttpMethod.POST, PATH).handler(JsonBody::receive).handler(login::begin);
    routes.open(HttpMethod.DELETE, PATH).handler(login::end);
  }

  /**
   * Who asks, and what that one may do.
   *
   * @param name nobody's where nobody is logged in
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Session(@Nullable String name, @Nullable String role, List<String> may) {

    static Session of(Identity identity) {
      User user = identity.user();
      return new Session(
          user == null ? null : user.name(),
          user == null ? null : user.role().word(),
          Arrays.stream(Permission.values())
              .filter(identity::may)
              .map(p -> p.name().toLowerCase(Locale.ROOT))
              .toList());
    }
  }

  private void tell(RoutingContext context) {
    send(context, gate.identify(context));
  }

  private void begin(RoutingContext context) {
    User user = gate.logIn(context, JsonBody.of(context, "token").required("token"));
    send(context, new Identity(user, false));
  }

  private void end(RoutingContext context) {
    gate.logOut(context);
    new Answer(200, "application/json", "{}").send(context);
  }

  private static void send(RoutingContext context, Identity identity) {
    new Answer(200, "application/json", Json.write(Session.of(identity))).send(context);
  }
}
