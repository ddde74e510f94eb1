package io.feedrate.collector.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The page's files, read from the class path once and served from memory: a request can name
 * nothing else. Browsers keep them and ask each time whether they are still right (entity tag), so
 * that an upgrade shows at once.
 */
final class StaticFiles {

  private static final String WEB = "/web/";
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "yaml", "application/yaml; charset=utf-8");

  private static final List<String> PAGE =
      List.of(
          "style.css",
          "favicon.svg",
          "app/main.js",
          "app/account.js",
          "app/assessment.js",
          "app/completeness.js",
          "app/detail.js",
          "app/dom.js",
          "app/evidence.js",
          "app/format.js",
          "app/links.js",
          "app/live.js",
          "app/outcomes.js",
          "app/rejects.js",
          "app/strip.js",
          "app/texts.js",
          "app/updates.js");

  private StaticFiles() {}

  static void mount(GuardedRoutes routes) {
    serve(routes, "/", WEB + "index.html");
    serve(routes, "/api/v1/openapi.yaml", WEB + "openapi.yaml");
    for (String file : PAGE) {
      serve(routes, "/" + file, WEB + file);
    }
    serve(routes, "/vendor/uPlot.esm.js", UPLOT + "uPlot.esm.js");
    serve(routes, "/vendor/uPlot.min.css", UPLOT + "uPlot.min.css");
  }

  private static void serve(GuardedRoutes routes, String path, String resource) {
    byte[] bytes = read(resource);
    // Weak: the same file goes out compressed and plain.
    String tag = "W/\"" + hash(bytes) + "\"";
    String type = TYPES.get(resource.substring(resource.lastIndexOf('.') + 1));
    if (type == null) {
      throw new IllegalStateException("no content type for " + resource);
    }
    Buffer body = Buffer.buffer(bytes);
    routes.open(HttpMethod.GET, path).handler(context -> answer(context, type, tag, body));
    routes.open(HttpMethod.HEAD, path).handler(context -> answer(context, type, tag, body));
  }

  private static void answer(RoutingContext context, String type, String tag, Buffer body) {
    var response = context.response();
    response.putHeader("ETag", tag).putHeader("Cache-Control", "no-cache");
    String known = context.request().getHeader("If-None-Match");
    if (known != null && known.contains(tag.substring(2))) {
      response.setStatusCode(304).end();
      return;
    }
    response.putHeader("Content-Type", type);
    response.end(body);
  }

  private static byte[] read(String resource) {
    try (InputStream in = StaticFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing in the program");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
