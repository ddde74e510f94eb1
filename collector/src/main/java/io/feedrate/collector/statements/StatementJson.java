package io.feedrate.collector.statements;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.feedrate.collector.chain.ChainedFile;
import io.feedrate.collector.statements.Statement.Attached;
import io.feedrate.collector.statements.Statement.Claim;
import io.feedrate.collector.statements.Statement.Declared;
import io.feedrate.collector.statements.Statement.Reviewed;
import io.feedrate.collector.statements.Statement.Withdrawn;
import io.feedrate.kpi.maturity.Degree;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** A statement as a line of JSON, with the digest of the line before it. */
final class StatementJson implements ChainedFile.Codec<Statement> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String line(String previous, Statement statement) {
    ObjectNode out = JSON.createObjectNode();
    out.put("previous", previous);
    out.put("entered", statement.entered().toString());
    out.put("by", statement.by());
    out.put("indicator", statement.indicator());
    if (statement instanceof Attached a) {
      attached(out, a);
    } else if (statement instanceof Reviewed r) {
      out.put("kind", "review");
      out.put("digest", r.digest());
      out.put("degree", word(r.degree()));
    } else if (statement instanceof Withdrawn w) {
      out.put("kind", "withdrawal");
      out.put("digest", w.digest());
      out.put("reason", w.reason());
    } else if (statement instanceof Declared d) {
      out.put("kind", "declaration");
      out.put("claim", word(d.claim()));
      out.put("reason", d.reason());
    }
    return out.toString();
  }

  private static void attached(ObjectNode out, Attached a) {
    out.put("kind", "document");
    out.put("title", a.title());
    out.put("digest", a.digest());
    out.put("bytes", a.bytes());
    out.put("issuer", a.issuer());
    a.validFrom().ifPresent(at -> out.put("valid_from", at.toString()));
    a.validUntil().ifPresent(at -> out.put("valid_until", at.toString()));
    out.put("reference", a.reference());
    out.put("kept", a.kept());
  }

  /** How a value of an enumeration is written: not-applicable. */
  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is none
   */
  @Override
  public ChainedFile.Read<Statement> read(String text) {
    try {
      JsonNode in = JSON.readTree(text);
      return new ChainedFile.Read<>(field(in, "previous"), statement(in));
    } catch (JsonProcessingException | DateTimeException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static Statement statement(JsonNode in) {
    Instant entered = Instant.parse(field(in, "entered"));
    String by = field(in, "by");
    String indicator = field(in, "indicator");
    String kind = field(in, "kind");
    return switch (kind) {
      case "document" ->
          new Attached(
              entered,
              by,
              indicator,
              field(in, "title"),
              field(in, "digest"),
              in.path("bytes").asLong(),
              field(in, "issuer"),
              time(in, "valid_from"),
              time(in, "valid_until"),
              field(in, "reference"),
              in.path("kept").asBoolean());
      case "review" ->
          new Reviewed(
              entered, by, indicator, field(in, "digest"), value(Degree.class, in, "degree"));
      case "withdrawal" ->
          new Withdrawn(entered, by, indicator, field(in, "digest"), field(in, "reason"));
      case "declaration" ->
          new Declared(
              entered, by, indicator, value(Claim.class, in, "claim"), field(in, "reason"));
      default -> throw new IllegalArgumentException("nothing is known of a " + kind);
    };
  }

  private static <E extends Enum<E>> E value(Class<E> type, JsonNode in, String name) {
    return Enum.valueOf(type, field(in, name).toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static Optional<Instant> time(JsonNode in, String name) {
    return in.has(name) ? Optional.of(Instant.parse(field(in, name))) : Optional.empty();
  }

  private static String field(JsonNode in, String name) {
    JsonNode value = in.get(name);
    if (value == null || !value.isTextual()) {
      throw new IllegalArgumentException("there is no " + name);
    }
    return value.asText();
  }
}
