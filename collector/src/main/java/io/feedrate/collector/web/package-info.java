/**
 * The web part: HTTP API, live stream, metrics and the page, on one port.
 *
 * <p>{@link io.feedrate.collector.web.WebServer} serves; {@link
 * io.feedrate.collector.web.PlantView} is all that it knows of the collector. Everything that is
 * shown more often than once per click comes out of {@link
 * io.feedrate.collector.web.PlantView#now()}, a snapshot in memory; only questions about the past
 * reach the store, and those run on worker threads. The event loop never blocks. What the API
 * answers is described by {@code web/openapi.yaml}, and a test holds each answer against it. The
 * page (resources {@code web/}) is plain HTML, CSS and ES modules, served from memory; it needs
 * nothing from outside.
 */
@NullMarked
package io.feedrate.collector.web;

import org.jspecify.annotations.NullMarked;
