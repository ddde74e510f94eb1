package io.feedrate.kpi.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All that can be expected, one line each: how it is said, how its part is read. What is read is
 * checked word by word at once; whether it came true, when the scenario was played.
 */
final class Expectations {

  /** Reads the part of an expectation. */
  @FunctionalInterface
  interface Reader {
    Expectation read(Said said, Block part, Given given);
  }

  /** One kind of expectation. */
  record Form(Phrase phrase, Reader reader, List<Phrase> additions) {}

  static final Phrase WITHIN = new Phrase("from {timeFrom} to {timeTo}");
  static final Phrase SHIFT = new Phrase("shift from {timeFrom} to {timeTo}");
  static final Phrase DAY = new Phrase("day from {timeFrom} to {timeTo}");
  static final Phrase REVISION = new Phrase("revision {number}");

  static final List<Form> ALL =
      List.of(
          form("slots of {signal}", SlotTable::read),
          form("kpi {kpi} of {subject}", FigureTable::read, WITHIN, SHIFT, DAY, REVISION),
          form("model updates of {node}", UpdateList::read),
          form("windows of {subject}", WindowList::read),
          form("counters", Expectations::counters));

  private Expectations() {}

  private static Form form(String phrase, Reader reader, Phrase... additions) {
    return new Form(new Phrase(phrase), reader, List.of(additions));
  }

  static Expectation read(Text key, Block part, Given given) {
    for (Form form : ALL) {
      Said said = Said.of(key, given, form.phrase(), form.additions());
      if (said != null) {
        return form.reader().read(said, part, given);
      }
    }
    throw key.fault(
        "'%s' is nothing that can be expected; what can is: %s"
            .formatted(
                key.words(),
                String.join("; ", ALL.stream().map(f -> f.phrase().toString()).toList())));
  }

  /** The entries of a part, at least one. */
  static List<Block.Entry> some(Block part) {
    List<Block.Entry> entries = part.entries();
    if (entries.isEmpty()) {
      throw part.place().fault("nothing is expected here");
    }
    return entries;
  }

  private static Expectation counters(Said said, Block part, Given given) {
    List<Block.Entry> entries = some(part);
    for (Block.Entry entry : entries) {
      entry.key().oneOf(Stage.COUNTERS, "counter");
      entry.value().text().count();
    }
    return rehearsal -> {
      Map<String, Long> came = rehearsal.stage().counters();
      List<Fault> faults = new ArrayList<>();
      for (Block.Entry entry : entries) {
        Long its = came.get(entry.key().words());
        if (its == null || its != entry.value().text().count()) {
          String expected = entry.value().text().words();
          faults.add(
              entry
                  .key()
                  .fault(
                      "counter '%s': expected %s, came %s"
                          .formatted(entry.key().words(), expected, its)));
        }
      }
      return faults;
    };
  }
}
