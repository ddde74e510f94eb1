package io.feedrate.collector.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Role;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.SignalMode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The register as one canonical JSON text: keys in a fixed order, no white space, numbers in their
 * shortest form, open ends of ranges as null. The hash is the SHA-256 of the text without its
 * {@code hash} member; whoever changes a byte of the form changes every hash, so the form has a
 * number.
 */
public final class RegisterJson {

  private static final int FORM = 2;
  private static final int DOUBLE_DIGITS = 17;
  private static final ObjectMapper JSON = new ObjectMapper();

  private RegisterJson() {}

  /** The canonical text, hash first. */
  public static String write(Register register) {
    return "{\"hash\":" + text(register.hash()) + "," + body(register).substring(1);
  }

  /**
   * The register that {@link #write} wrote.
   *
   * @throws IllegalArgumentException if the text is none, or does not have the hash that it says
   */
  public static Register read(String json) {
    Register register;
    try {
      register = read(JSON.readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not the JSON of a register", e);
    }
    if (!hash(register).equals(register.hash())) {
      throw new IllegalArgumentException("the register does not have the hash that it says");
    }
    return register;
  }

  /** SHA-256 of the canonical text without the hash, hex. */
  public static String hash(Register register) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(sha256.digest(body(register).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static Register withHash(Register r) {
    return new Register(hash(r), r.assets(), r.signals(), r.links(), r.rules());
  }

  private static String body(Register register) {
    StringBuilder out = new StringBuilder("{\"form\":").append(FORM);
    out.append(",\"rules\":");
    RulesJson.write(out, register.rules());
    array(out, "links", register.links(), link -> out.append(text(link)));
    array(out, "assets", register.assets(), asset -> asset(out, asset));
    array(out, "signals", register.signals(), signal -> signal(out, signal));
    return out.append('}').toString();
  }

  static <T> void array(StringBuilder out, String name, List<T> items, Consumer<T> writeItem) {
    out.append(",\"").append(name).append("\":[");
    for (int i = 0; i < items.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      writeItem.accept(items.get(i));
    }
    out.append(']');
  }

  private static void asset(StringBuilder out, Asset asset) {
    out.append("{\"id\":").append(asset.id());
    out.append(",\"path\":").append(text(asset.path()));
    out.append(",\"kind\":\"").append(asset.kind().name()).append('"');
    out.append(",\"parent\":").append(asset.parent());
    out.append(",\"link\":").append(asset.link());
    out.append(",\"supplier\":").append(text(asset.supplier()));
    out.append(",\"idealCycleNs\":").append(asset.idealCycleNs()).append('}');
  }

  private static void signal(StringBuilder out, Signal signal) {
    out.append("{\"id\":").append(signal.id());
    out.append(",\"path\":").append(text(signal.path()));
    out.append(",\"asset\":").append(signal.asset());
    out.append(",\"link\":").append(signal.link());
    out.append(",\"mode\":\"").append(signal.mode().name()).append('"');
    out.append(",\"periodNs\":").append(signal.periodNs());
    out.append(",\"deadlineNs\":").append(signal.deadlineNs());
    out.append(",\"min\":").append(number(signal.min()));
    out.append(",\"max\":").append(number(signal.max()));
    out.append(",\"unit\":").append(text(signal.unit()));
    out.append(",\"text\":").append(signal.text());
    out.append(",\"role\":\"").append(signal.role().name()).append('"');
    out.append(",\"owner\":").append(text(signal.owner()));
    out.append(",\"semanticId\":").append(text(signal.semanticId())).append('}');
  }

  static String text(String value) {
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(value)) + '"';
  }

  /**
   * The shortest decimal that reads back as this value. {@link Double#toString} is not used: its
   * digits changed with JDK 19, and hashes must not.
   */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return "null";
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal exact = new BigDecimal(value);
    BigDecimal shortest = exact;
    for (int digits = 1; digits <= DOUBLE_DIGITS; digits++) {
      shortest = exact.round(new MathContext(digits));
      if (Double.parseDouble(shortest.toString()) == value) {
        break;
      }
    }
    BigDecimal stripped = shortest.stripTrailingZeros();
    boolean plain = stripped.scale() > -21 && stripped.scale() < 21;
    return plain ? stripped.toPlainString() : stripped.toString().toLowerCase(Locale.ROOT);
  }

  private static Register read(JsonNode json) {
    if (json.path("form").asInt() != FORM) {
      throw new IllegalArgumentException("not a register of form " + FORM);
    }
    List<String> links = new ArrayList<>();
    json.path("links").forEach(link -> links.add(link.asText()));
    List<Asset> assets = new ArrayList<>();
    json.path("assets").forEach(asset -> assets.add(asset(asset)));
    List<Signal> signals = new ArrayList<>();
    json.path("signals").forEach(signal -> signals.add(signal(signal)));
    return new Register(
        json.path("hash").asText(), assets, signals, links, RulesJson.read(json.path("rules")));
  }

  private static Asset asset(JsonNode json) {
    return new Asset(
        json.path("id").asInt(-1),
        json.path("path").asText(),
        Asset.Kind.valueOf(json.path("kind").asText()),
        json.path("parent").asInt(),
        json.path("link").asInt(),
        json.path("supplier").asText(),
        json.path("idealCycleNs").asLong());
  }

  private static Signal signal(JsonNode json) {
    return new Signal(
        json.path("id").asInt(-1),
        json.path("path").asText(),
        json.path("asset").asInt(),
        json.path("link").asInt(),
        SignalMode.valueOf(json.path("mode").asText()),
        json.path("periodNs").asLong(),
        json.path("deadlineNs").asLong(),
        bound(json.path("min"), Double.NEGATIVE_INFINITY),
        bound(json.path("max"), Double.POSITIVE_INFINITY),
        json.path("unit").asText(),
        json.path("text").asBoolean(),
        Role.valueOf(json.path("role").asText()),
        json.path("owner").asText(),
        json.path("semanticId").asText());
  }

  private static double bound(JsonNode json, double open) {
    return json.isNumber() ? json.doubleValue() : open;
  }
}
