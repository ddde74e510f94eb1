package io.feedrate.kpi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Which ISO 22400-2 time element a machine's state counts for. The companion specifications
 * disagree, so it is data: part of the register and of its hash. The first row that fits wins; a
 * state without a row is {@link Element#UNKNOWN}.
 *
 * @param name where the table is from
 * @param rows in order
 */
public record TimeElements(String name, List<Row> rows) {

  /** Any state or mode. */
  public static final int ANY = -1;

  private static final int OUT_OF_SERVICE = 1;
  private static final int NOT_EXECUTING = 2;
  private static final int EXECUTING = 3;
  private static final int SETUP = 2;
  private static final int PROCESSING = 3;

  /** OPC 40501-1 v1.01, Annex C.2.3. */
  public static final TimeElements OPC_40501 =
      new TimeElements(
          "OPC 40501-1 Annex C",
          List.of(
              new Row(EXECUTING, PROCESSING, Element.PRODUCTION),
              new Row(EXECUTING, SETUP, Element.SETUP),
              new Row(NOT_EXECUTING, ANY, Element.DELAY),
              new Row(OUT_OF_SERVICE, ANY, Element.DOWN)));

  public TimeElements {
    rows = List.copyOf(rows);
  }

  /** What time of a machine is, as in ISO 22400-2. Ordinals are part of the snapshot. */
  public enum Element {
    /** APT, actual production time. */
    PRODUCTION,
    /** AUST, actual unit set-up time. */
    SETUP,
    /** ADOT, actual unit delay time. */
    DELAY,
    /** ADET, actual unit down time. */
    DOWN,
    /** Not known, or of no element. */
    UNKNOWN
  }

  /** One line of the table; {@link #ANY} fits all. */
  public record Row(int itemState, int operationMode, Element element) {}

  /** The element of a state and mode; {@link #ANY} for what is not known. */
  public Element of(int itemState, int operationMode) {
    for (int i = 0; i < rows.size(); i++) { // by index: once a second for each machine
      Row r = rows.get(i);
      if ((r.itemState == ANY || r.itemState == itemState)
          && (r.operationMode == ANY || r.operationMode == operationMode)) {
        return r.element;
      }
    }
    return Element.UNKNOWN;
  }

  /** What the hash is over: the name, then one line a row, each ended by a line feed. */
  public String canonicalText() {
    StringBuilder text = new StringBuilder(name.replace("\n", " ")).append('\n');
    for (Row r : rows) {
      text.append(part(r.itemState))
          .append(' ')
          .append(part(r.operationMode))
          .append(' ')
          .append(r.element.name())
          .append('\n');
    }
    return text.toString();
  }

  private static String part(int value) {
    return value == ANY ? "any" : Integer.toString(value);
  }

  /** SHA-256 of {@link #canonicalText()} in UTF-8, hex: which table a figure was computed with. */
  public String hash() {
    try {
      byte[] text = canonicalText().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
