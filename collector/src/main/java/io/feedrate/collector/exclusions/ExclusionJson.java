package io.feedrate.collector.exclusions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.feedrate.collector.chain.ChainedFile;
import io.feedrate.collector.journal.ExclusionKind;
import io.feedrate.collector.journal.ExclusionRecord;
import io.feedrate.collector.journal.ExclusionSource;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;

/** An entry as a line of JSON. Times are ISO 8601 in UTC. */
final class ExclusionJson implements ChainedFile.Codec<ExclusionRecord> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String line(String previous, ExclusionRecord r) {
    ObjectNode out = JSON.createObjectNode();
    out.put("previous", previous);
    out.put("entered", Times.instant(r.enteredNs()).toString());
    out.put("entered_by", r.enteredBy());
    out.put("kind", r.kind().name().toLowerCase(Locale.ROOT));
    out.put("subject", r.subject());
    out.put("from", Times.instant(r.fromNs()).toString());
    out.put("to", Times.instant(r.toNs()).toString());
    out.put("reason", r.reason());
    out.put("approver", r.approver());
    out.put("source", r.source().word());
    out.put("reference", r.reference());
    return out.toString();
  }

  @Override
  public ChainedFile.Read<ExclusionRecord> read(String line) {
    try {
      JsonNode in = JSON.readTree(line);
      ExclusionKind kind = ExclusionKind.valueOf(word(in, "kind"));
      if (kind == ExclusionKind.OBSERVED) {
        throw new IllegalArgumentException("nobody can enter what a machine says");
      }
      ExclusionRecord said =
          new ExclusionRecord(
              kind,
              field(in, "subject"),
              time(in, "from"),
              time(in, "to"),
              field(in, "reason"),
              field(in, "approver"),
              ExclusionSource.valueOf(word(in, "source")),
              field(in, "reference"),
              field(in, "entered_by"),
              time(in, "entered"),
              "");
      return new ChainedFile.Read<>(field(in, "previous"), said);
    } catch (JsonProcessingException | DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static String word(JsonNode in, String name) {
    return field(in, name).toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static long time(JsonNode in, String name) {
    return Times.ns(Instant.parse(field(in, name)));
  }

  private static String field(JsonNode in, String name) {
    JsonNode value = in.get(name);
    if (value == null || !value.isTextual()) {
      throw new IllegalArgumentException("there is no " + name);
    }
    return value.asText();
  }
}
