package io.feedrate.kpi;

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
    for (Row r : rows) {
      if ((r.itemState == ANY || r.itemState == itemState)
          && (r.operationMode == ANY || r.operationMode == operationMode)) {
        return r.element;
      }
    }
    return Element.UNKNOWN;
  }
}
