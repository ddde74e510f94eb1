package io.feedrate.collector.architecture.violations.engine;

import io.vertx.core.http.HttpMethod;

public record HasVertx(HttpMethod method) {}
