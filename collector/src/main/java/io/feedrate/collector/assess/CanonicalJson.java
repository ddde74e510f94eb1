package io.feedrate.collector.assess;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/**
 * The one way to write a JSON tree: keys sorted by UTF-16 code units, no blanks, numbers as plain
 * decimals without trailing zeros. For the numbers of a profile that is RFC 8785.
 */
final class CanonicalJson {

  private CanonicalJson() {}

  static String sha256(JsonNode node) {
    try {
      byte[] text = text(node).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  static String text(JsonNode node) {
    StringBuilder out = new StringBuilder();
    write(node, out);
    return out.toString();
  }

  private static void write(JsonNode node, StringBuilder out) {
    if (node.isObject()) {
      TreeMap<String, JsonNode> sorted = new TreeMap<>();
      node.properties().forEach(p -> sorted.put(p.getKey(), p.getValue()));
      char before = '{';
      for (var property : sorted.entrySet()) {
        out.append(before).append(JsonNodeFactory.instance.textNode(property.getKey())).append(':');
        write(property.getValue(), out);
        before = ',';
      }
      out.append(sorted.isEmpty() ? "{}" : "}");
    } else if (node.isArray()) {
      char before = '[';
      for (JsonNode item : node) {
        out.append(before);
        write(item, out);
        before = ',';
      }
      out.append(node.isEmpty() ? "[]" : "]");
    } else if (node.isNumber()) {
      BigDecimal number = node.decimalValue();
      out.append(number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString());
    } else {
      out.append(node);
    }
  }
}
