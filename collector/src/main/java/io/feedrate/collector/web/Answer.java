package io.feedrate.collector.web;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** A whole answer. What it says changes all the time, so nobody may keep it. */
record Answer(int status, String contentType, String body) {

  void send(RoutingContext context) {
    HttpServerResponse response = context.response();
    if (response.closed() || response.ended()) {
      return; // the client is gone
    }
    response
        .setStatusCode(status)
        .putHeader("Content-Type", contentType)
        .putHeader("Cache-Control", "no-store");
    var unused = response.end(body);
  }
}
