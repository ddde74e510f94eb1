package io.feedrate.collector.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedrate.collector.audit.AuditEntry.Action;
import io.feedrate.collector.chain.ChainedFile;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;

/** An entry as a line of JSON, with the digest of the line before it. */
final class AuditJson implements ChainedFile.Codec<AuditEntry> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String line(String previous, AuditEntry entry) {
    return JSON.createObjectNode()
        .put("previous", previous)
        .put("at", entry.at().toString())
        .put("who", entry.who().name())
        .put("role", entry.who().role())
        .put("action", entry.action().word())
        .put("on", entry.on())
        .toString();
  }

  @Override
  public ChainedFile.Read<AuditEntry> read(String line) {
    try {
      JsonNode in = JSON.readTree(line);
      return new ChainedFile.Read<>(
          field(in, "previous"),
          new AuditEntry(
              Instant.parse(field(in, "at")),
              new Actor(field(in, "who"), field(in, "role")),
              Action.valueOf(field(in, "action").toUpperCase(Locale.ROOT).replace('-', '_')),
              field(in, "on")));
    } catch (JsonProcessingException | DateTimeException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static String field(JsonNode in, String name) {
    JsonNode value = in.get(name);
    if (value == null || !value.isTextual()) {
      throw new IllegalArgumentException("there is no " + name);
    }
    return value.asText();
  }
}
