package io.feedrate.kpi.scenario;

import io.feedrate.kpi.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * "slots of cnc-1/mode": the outcome of every observed slot. Slots are named by the time at which
 * they begin; "10:00:02 to 10:00:06" are the slots of these names and all between.
 */
final class SlotTable {
  private static final String NO_SLOT = "NO SLOT";
  private static final Pattern ROW =
      Pattern.compile("(" + Times.TIME + ")(?: to (" + Times.TIME + "))?");

  private record Expected(Text line, String outcome) {}

  private SlotTable() {}

  static Expectation read(Said said, Block part, Given given) {
    String path = said.path("signal");
    long slotNs = given.periodsNs(path).first();
    Map<Long, Expected> table = new LinkedHashMap<>();
    for (Block.Entry row : Expectations.some(part)) {
      Expected its = new Expected(row.key(), outcome(row.value().text()));
      Matcher m = ROW.matcher(row.key().words());
      if (!m.matches()) {
        throw row.key().fault("'%s' is not a slot".formatted(row.key().words()));
      }
      long fromNs = Times.timeNs(row.key().of(m.group(1)), given.day());
      long toNs = m.group(2) == null ? fromNs : Times.timeNs(row.key().of(m.group(2)), given.day());
      if (fromNs % slotNs != 0 || toNs % slotNs != 0 || toNs < fromNs) {
        throw row.key().fault("no slot has this name: slots are " + Times.duration(slotNs));
      }
      for (long ns = fromNs; ns <= toNs; ns += slotNs) {
        if (ns < given.fromNs() || ns + slotNs > given.toNs()) {
          throw row.key().fault(Times.time(ns, given.day()) + " is not within the observed time");
        }
        if (table.put(ns, its) != null) {
          throw row.key().fault("slot " + Times.time(ns, given.day()) + " is named twice");
        }
      }
    }
    for (long ns = given.fromNs(); ns < given.toNs(); ns += slotNs) {
      if (!table.containsKey(ns)) {
        throw said.text()
            .fault("nothing is said about slot " + Times.time(ns, given.day()) + ": name each one");
      }
    }
    return rehearsal -> check(said, table, rehearsal);
  }

  private static String outcome(Text text) {
    return text.words().equalsIgnoreCase(NO_SLOT)
        ? NO_SLOT
        : text.constant(Outcome.class, "outcome").name().replace('_', ' ');
  }

  private static List<Fault> check(Said said, Map<Long, Expected> table, Rehearsal rehearsal) {
    Map<Long, String> came = rehearsal.slots(said.path("signal"), said.text());
    List<Fault> faults = new ArrayList<>();
    table.forEach(
        (ns, expected) -> {
          String its = came.getOrDefault(ns, NO_SLOT);
          if (!its.equals(expected.outcome())) {
            faults.add(
                expected
                    .line()
                    .fault(
                        "slot %s of %s: expected %s, came %s"
                            .formatted(
                                Times.time(ns, rehearsal.given().day()),
                                said.word("signal"),
                                expected.outcome(),
                                its)));
          }
        });
    return faults;
  }
}
