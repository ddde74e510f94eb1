package io.feedrate.collector.web;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A small JSON object that was sent: texts by name. Another content type is refused, which browsers
 * would send for a page of somebody else's without asking.
 */
final class JsonBody {

  static final int MAX_BYTES = 16 << 10;

  private static final String KEY = "body";
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final JsonNode fields;

  private JsonBody(JsonNode fields, Set<String> known) {
    this.fields = fields;
    fields
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw Problem.badParameter(
                    name.substring(0, Math.min(60, name.length())),
                    "unknown; known are " + String.join(", ", known));
              }
            });
  }

  /** Takes the body in, then lets the next handler go on. On the event loop. */
  static void receive(RoutingContext context) {
    String type = context.request().getHeader("Content-Type");
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      throw new Problem(
          415, "Not JSON", "send a JSON object with Content-Type: application/json", null);
    }
    Buffer body = Buffer.buffer();
    context
        .request()
        .handler(
            part -> {
              if (body.length() + part.length() > MAX_BYTES) {
                if (!context.failed() && !context.response().ended()) {
                  context.fail(
                      new Problem(
                          413, "Too long", "send at most " + MAX_BYTES + " bytes of JSON", null));
                }
              } else {
                body.appendBuffer(part);
              }
            })
        .endHandler(
            end -> {
              if (!context.response().ended()) {
                context.put(KEY, body);
                context.next();
              }
            });
  }

  /**
   * What was received.
   *
   * @param known names that there may be
   * @throws Problem if it is no object, or has other names
   */
  static JsonBody of(RoutingContext context, String... known) {
    Buffer body = context.get(KEY);
    JsonNode read;
    try {
      read = MAPPER.readTree(body.getBytes());
    } catch (IOException e) {
      throw new Problem(400, "Not JSON", "the body is no JSON object", null);
    }
    if (!read.isObject()) {
      throw new Problem(400, "Not JSON", "the body is no JSON object", null);
    }
    return new JsonBody(read, new TreeSet<>(List.of(known)));
  }

  String required(String name) {
    return optional(name).orElseThrow(() -> Problem.badParameter(name, "is required"));
  }

  Optional<String> optional(String name) {
    JsonNode value = fields.get(name);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw Problem.badParameter(name, "must be a text, in double quotes");
    }
    return value.asText().isBlank() ? Optional.empty() : Optional.of(value.asText().strip());
  }
}
