package io.feedrate.collector.web;

import io.feedrate.collector.access.Permission;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;

/**
 * The only way to a route: it takes what one must be allowed to do, or the word that nothing is
 * needed. The test of all roles asks the router for its routes, so none can be forgotten.
 */
final class GuardedRoutes {

  /** Key of what a route needs, in its metadata: a {@link Permission}, or {@link #NOTHING}. */
  static final String NEEDS = "needs";

  /** In place of a permission: everybody may. */
  static final String NOTHING = "nothing";

  private final Router router;
  private final Gate gate;

  GuardedRoutes(Router router, Gate gate) {
    this.router = router;
    this.gate = gate;
  }

  Route get(String path, Permission permission) {
    return guarded(HttpMethod.GET, path, permission);
  }

  Route post(String path, Permission permission) {
    return guarded(HttpMethod.POST, path, permission);
  }

  private Route guarded(HttpMethod method, String path, Permission permission) {
    return router
        .route(method, path)
        .putMetadata(NEEDS, permission)
        .handler(gate.require(permission));
  }

  /** A route that shows no figure, or is needed to log in. */
  Route open(HttpMethod method, String path) {
    return router.route(method, path).putMetadata(NEEDS, NOTHING);
  }
}
