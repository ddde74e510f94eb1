package io.feedrate.simulator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.feedrate.kpi.AdviceEvent;
import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.InferenceMode;
import io.feedrate.kpi.ModelStage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Payloads of the MQTT contract, version 1. All times are the sender's, in epoch milliseconds. */
final class Messages {
  private static final JsonFactory JSON = new JsonFactory();

  /** A value under its payload key. */
  record KeyedReading(String key, Reading reading) {}

  /** One inference result. */
  record InferenceResult(
      String id,
      String model,
      String version,
      String digest,
      long inputMs,
      long timeMs,
      double latencyMs,
      boolean ok,
      String decision,
      double score,
      String part,
      boolean actionable,
      InferenceMode mode) {}

  private interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  private Messages() {}

  private static byte[] object(Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      body.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] samples(long seq, List<KeyedReading> readings) {
    return object(
        json -> {
          json.writeNumberField("seq", seq);
          writeSamples(json, readings);
        });
  }

  /** Samples outside of the sequence. */
  static byte[] samples(List<KeyedReading> readings) {
    return object(json -> writeSamples(json, readings));
  }

  private static void writeSamples(JsonGenerator json, List<KeyedReading> readings)
      throws IOException {
    json.writeArrayFieldStart("samples");
    for (KeyedReading keyed : readings) {
      Reading reading = keyed.reading();
      json.writeStartObject();
      json.writeStringField("signal", keyed.key());
      if (reading.timeMs() != Reading.NO_TIME) {
        writeTime(json, "time", reading.timeMs());
      }
      writeValue(json, reading.value());
      if (reading.status() == Reading.GOOD) {
        json.writeStringField("quality", "good");
      } else {
        json.writeNumberField("quality", reading.status());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeValue(JsonGenerator json, Object value) throws IOException {
    json.writeFieldName("value");
    if (value instanceof String text) {
      json.writeString(text);
    } else if (value instanceof Double number && number.isInfinite()) {
      json.writeRawValue("1e999");
    } else if (value instanceof Double number && !number.isNaN()) {
      json.writeNumber(number);
    } else if (value instanceof Long || value instanceof Integer) {
      json.writeNumber(((Number) value).longValue());
    } else {
      json.writeString(value.toString());
    }
  }

  static byte[] status(long timeMs, long seq, long heartbeatMs) {
    return object(
        json -> {
          json.writeBooleanField("online", true);
          writeTime(json, "time", timeMs);
          if (seq >= 0) {
            json.writeNumberField("seq", seq);
          }
          json.writeNumberField("heartbeatMs", heartbeatMs);
        });
  }

  static byte[] inference(InferenceResult result) {
    return object(
        json -> {
          json.writeStringField("inferenceId", result.id());
          json.writeStringField("model", result.model());
          json.writeStringField("version", result.version());
          json.writeStringField("digest", result.digest());
          writeTime(json, "inputTime", result.inputMs());
          writeTime(json, "time", result.timeMs());
          json.writeNumberField("latencyMs", result.latencyMs());
          json.writeBooleanField("ok", result.ok());
          json.writeStringField("decision", result.decision());
          json.writeNumberField("score", result.score());
          if (!result.part().isEmpty()) {
            json.writeStringField("part", result.part());
          }
          if (result.actionable()) {
            json.writeBooleanField("actionable", true);
          }
          json.writeStringField("mode", result.mode().name().toLowerCase(Locale.ROOT));
        });
  }

  static byte[] model(
      String model,
      String version,
      String digest,
      ModelStage stage,
      long timeMs,
      String node,
      String detail) {
    return object(
        json -> {
          json.writeStringField("model", model);
          json.writeStringField("version", version);
          json.writeStringField("digest", digest);
          json.writeStringField("stage", stage.name());
          writeTime(json, "time", timeMs);
          json.writeStringField("node", node);
          if (!detail.isEmpty()) {
            json.writeStringField("detail", detail);
          }
        });
  }

  static byte[] advice(String id, AdviceEvent event, long timeMs, String operator, String reason) {
    return object(
        json -> {
          json.writeStringField("adviceId", id);
          json.writeStringField("event", event.name());
          writeTime(json, "time", timeMs);
          json.writeStringField("operator", operator);
          if (!reason.isEmpty()) {
            json.writeStringField("reason", reason);
          }
        });
  }

  static byte[] event(
      EventKind kind, String node, String id, long timeMs, String operator, String detail) {
    return object(
        json -> {
          json.writeStringField("event", word(kind));
          json.writeStringField("id", id);
          writeTime(json, "time", timeMs);
          json.writeStringField("node", node);
          if (!operator.isEmpty()) {
            json.writeStringField("operator", operator);
          }
          if (!detail.isEmpty()) {
            json.writeStringField("detail", detail);
          }
        });
  }

  static byte[] interfaceChecked(String node, long timeMs, int amount, int of) {
    return object(
        json -> {
          json.writeStringField("event", word(EventKind.INTERFACE_CHECKED));
          writeTime(json, "time", timeMs);
          json.writeStringField("node", node);
          json.writeNumberField("amount", amount);
          json.writeNumberField("of", of);
        });
  }

  private static String word(EventKind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void writeTime(JsonGenerator json, String field, long epochMs) throws IOException {
    json.writeStringField(field, Instant.ofEpochMilli(epochMs).toString());
  }
}
