package io.feedrate.collector.config;

import io.feedrate.kpi.TimeElements;
import io.feedrate.kpi.TimeElements.Element;
import io.feedrate.kpi.TimeElements.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads which ISO 22400-2 time element a machine's state counts for: the name of a table that
 * ships, or rows of one's own. States are MachineryItemState and MachineryOperationMode of OPC
 * 40001-1, by their numbers' names.
 */
final class TimeElementsReader {

  /** Name of the table that ships. */
  static final String OPC_40501 = "opc-40501";

  private static final String KEY = "time-elements";
  private static final List<String> STATES =
      List.of("not-available", "out-of-service", "not-executing", "executing");
  private static final List<String> MODES = List.of("none", "maintenance", "setup", "processing");

  private TimeElementsReader() {}

  static TimeElements read(Entry top) {
    Entry table = top.child(KEY);
    List<Entry> items = table.items("rows");
    if (items.isEmpty()) {
      return TimeElements.OPC_40501;
    }
    List<Row> rows = new ArrayList<>();
    for (Entry item : items) {
      Row row =
          new Row(
              number(item, "state", STATES),
              number(item, "mode", MODES),
              element(item.text("element", "")));
      for (int i = 0; i < rows.size(); i++) {
        if (covers(rows.get(i), row)) {
          item.problem(
              "this row never applies, since row " + (i + 1) + " fits all that it fits",
              "The first row that fits wins: put the special ones before the general ones.");
          break;
        }
      }
      rows.add(row);
    }
    return new TimeElements(table.text("name", "own"), rows);
  }

  /** What is left out or unknown (which the schema tells) fits all. */
  private static int number(Entry item, String key, List<String> names) {
    int number = names.indexOf(item.text(key, ""));
    return number < 0 ? TimeElements.ANY : number;
  }

  private static Element element(String name) {
    for (Element element : Element.values()) {
      if (element.name().toLowerCase(Locale.ROOT).equals(name)) {
        return element;
      }
    }
    return Element.UNKNOWN;
  }

  private static boolean covers(Row earlier, Row later) {
    return covers(earlier.itemState(), later.itemState())
        && covers(earlier.operationMode(), later.operationMode());
  }

  private static boolean covers(int earlier, int later) {
    return earlier == TimeElements.ANY || earlier == later;
  }
}
