package io.feedrate.collector.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedrate.collector.journal.EntryKind;
import io.feedrate.collector.journal.ExclusionKind;
import io.feedrate.collector.journal.ExclusionRecord;
import io.feedrate.collector.journal.ExclusionSource;
import io.feedrate.kpi.Episode;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads what {@link LeafText} wrote.
 *
 * <p><b>Thread</b>: one at a time.
 */
public final class LeafParser {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final byte[] NOTHING = {};

  /** How results begin, and nothing else does. */
  private static final byte[] RESULT = "{\"counts\":".getBytes(StandardCharsets.US_ASCII);

  private final long[] counts = new long[Kpi.MAX_COUNTS];

  /**
   * A leaf from its UTF-8.
   *
   * @throws IllegalArgumentException if it is none
   */
  public LeafValue parse(byte[] text, int offset, int length) {
    try {
      // Results are nearly all of them.
      return isResult(text, offset, length)
          ? result(text, offset, length)
          : other(MAPPER.readTree(text, offset, length));
    } catch (IOException | NullPointerException e) {
      throw new IllegalArgumentException("no leaf: " + e.getMessage(), e);
    }
  }

  private static boolean isResult(byte[] text, int offset, int length) {
    int end = offset + RESULT.length;
    return length > RESULT.length && Arrays.equals(text, offset, end, RESULT, 0, RESULT.length);
  }

  private LeafValue result(byte[] text, int offset, int length) throws IOException {
    String kpi = "";
    String subject = "";
    String register = "";
    Span span = Span.WINDOW;
    State state = State.MEASURED;
    long startNs = 0;
    long endNs = 0;
    int revision = 0;
    int era = 0;
    long[] its = {};
    byte[] histogram = NOTHING;
    double lower = Double.NaN;
    double upper = Double.NaN;
    double value = Double.NaN;
    int keys = 0;
    try (JsonParser in = FACTORY.createParser(text, offset, length)) {
      require(in.nextToken() == JsonToken.START_OBJECT);
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String key = in.currentName();
        in.nextToken();
        keys++;
        switch (key) {
          case "counts" -> its = counts(in);
          case "end_ns" -> endNs = Long.parseLong(in.getText());
          case "era" -> era = in.getIntValue();
          case "histogram" ->
              histogram = in.getTextLength() == 0 ? NOTHING : HexFormat.of().parseHex(in.getText());
          case "kpi" -> kpi = in.getText();
          case "leaf" -> require(in.getText().equals("result"));
          case "lower" -> lower = bits(in);
          case "register" -> register = in.getText();
          case "revision" -> revision = in.getIntValue();
          case "span" -> span = Span.valueOf(in.getText());
          case "start_ns" -> startNs = Long.parseLong(in.getText());
          case "state" -> state = State.valueOf(in.getText());
          case "subject" -> subject = in.getText();
          case "upper" -> upper = bits(in);
          case "value" -> value = bits(in);
          default -> throw new IllegalArgumentException("a result has no " + key);
        }
      }
      require(keys == RESULT_KEYS && in.nextToken() == null);
    }
    Figure figure = new Figure(state, value, lower, upper);
    return new LeafValue(
        new Result(kpi, subject, span, startNs, endNs, revision, register, its, histogram, figure),
        era);
  }

  private static final int RESULT_KEYS = 15;

  private long[] counts(JsonParser in) throws IOException {
    require(in.currentToken() == JsonToken.START_ARRAY);
    int n = 0;
    JsonToken token;
    while ((token = in.nextToken()) != JsonToken.END_ARRAY) {
      require(n < counts.length);
      counts[n++] =
          token == JsonToken.VALUE_STRING ? Long.parseLong(in.getText()) : in.getLongValue();
    }
    return Arrays.copyOf(counts, n);
  }

  private static double bits(JsonParser in) throws IOException {
    return in.currentToken() == JsonToken.VALUE_NULL
        ? Double.NaN
        : Double.longBitsToDouble(Long.parseUnsignedLong(in.getText(), 16));
  }

  private static void require(boolean is) {
    if (!is) {
      throw new IllegalArgumentException("no leaf");
    }
  }

  private static LeafValue other(JsonNode in) {
    return switch (in.path("leaf").asText()) {
      case "model_update" -> new LeafValue(update(in), in.get("era").intValue());
      case "episode" -> new LeafValue(episode(in), in.get("era").intValue());
      case "register" ->
          new LeafValue(
              new RegisterRow(text(in, "hash"), text(in, "json"), wide(in, "since_ns")), 0);
      case "exclusion" -> new LeafValue(exclusion(in), 0);
      case "handover" -> new LeafValue(handover(in), 0);
      case "key" -> new LeafValue(key(in), 0);
      case "gap" ->
          new LeafValue(
              new GapRow(
                  GapRow.Cause.valueOf(text(in, "cause")),
                  time(in, "from_ns"),
                  wide(in, "to_ns"),
                  text(in, "software")),
              0);
      case "entry" ->
          new LeafValue(
              new EntryRow(
                  EntryKind.valueOf(text(in, "kind")), text(in, "line"), wide(in, "journaled_ns")),
              0);
      default -> throw new IllegalArgumentException("nothing is known of such a leaf");
    };
  }

  private static ModelUpdate update(JsonNode in) {
    Map<ModelStage, Long> stages = new LinkedHashMap<>();
    in.get("stages")
        .forEach(
            stage ->
                stages.put(
                    ModelStage.valueOf(stage.get(0).asText()),
                    Long.parseLong(stage.get(1).asText())));
    return new ModelUpdate(
        text(in, "node"),
        text(in, "model"),
        text(in, "version"),
        text(in, "digest"),
        in.get("attempt").intValue(),
        in.get("revision").intValue(),
        time(in, "approved_ns"),
        time(in, "approved_received_ns"),
        time(in, "end_not_before_ns"),
        time(in, "end_ns"),
        time(in, "end_received_ns"),
        ModelUpdate.End.valueOf(text(in, "end_state")),
        time(in, "rolled_back_ns"),
        text(in, "other_digest"),
        stages);
  }

  private static Episode episode(JsonNode in) {
    return new Episode(
        Episode.Kind.valueOf(text(in, "kind")),
        text(in, "subject"),
        wide(in, "key"),
        wide(in, "start_ns"),
        wide(in, "start_received_ns"),
        time(in, "end_ns"),
        time(in, "end_received_ns"),
        Episode.End.valueOf(text(in, "end_state")),
        in.get("revision").intValue());
  }

  private static ExclusionRow exclusion(JsonNode in) {
    return new ExclusionRow(
        new ExclusionRecord(
            ExclusionKind.valueOf(text(in, "kind")),
            text(in, "subject"),
            wide(in, "from_ns"),
            wide(in, "to_ns"),
            text(in, "reason"),
            text(in, "approver"),
            ExclusionSource.valueOf(text(in, "source")),
            text(in, "reference"),
            text(in, "entered_by"),
            wide(in, "entered_ns"),
            text(in, "entry")),
        wide(in, "journaled_ns"));
  }

  private static Handover handover(JsonNode in) {
    return new Handover(
        in.get("era").intValue(),
        wide(in, "since_ns"),
        in.get("format").intValue(),
        in.get("complete").booleanValue(),
        new RowCounts(count(in, "results"), count(in, "model_updates"), count(in, "episodes")));
  }

  private static KeyRow key(JsonNode in) {
    Base64.Decoder base64 = Base64.getDecoder();
    return new KeyRow(
        text(in, "key_id"),
        text(in, "algorithm"),
        base64.decode(text(in, "public_key")),
        base64.decode(text(in, "previous_signature")),
        wide(in, "since_ns"));
  }

  private static String text(JsonNode in, String key) {
    JsonNode value = in.get(key);
    if (value == null || !value.isTextual()) {
      throw new IllegalArgumentException("there is no " + key);
    }
    return value.textValue();
  }

  private static long wide(JsonNode in, String key) {
    return Long.parseLong(text(in, key));
  }

  private static long count(JsonNode in, String key) {
    return in.get(key).isTextual() ? wide(in, key) : in.get(key).longValue();
  }

  private static long time(JsonNode in, String key) {
    return in.get(key).isNull() ? ModelUpdate.PENDING : wide(in, key);
  }
}
