package io.feedrate.kpi.scenario;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * "kpi inference_availability of vision-1": base counts by name, value, bounds and state over the
 * observed time. If any count is named, those that are not must be 0.
 */
final class FigureTable {
  private static final List<String> FIGURE = List.of("value", "lower", "upper", "state");

  private final Said said;
  private final Kpi kpi;
  private final List<Block.Entry> rows;

  private FigureTable(Said said, Kpi kpi, List<Block.Entry> rows) {
    this.said = said;
    this.kpi = kpi;
    this.rows = rows;
  }

  static Expectation read(Said said, Block part, Given given) {
    Kpi kpi = Stage.kpi(said.word("kpi"));
    List<Block.Entry> rows = Expectations.some(part);
    List<String> names = new ArrayList<>(FIGURE);
    kpi.counts().forEach(count -> names.add(spaced(count)));
    for (Block.Entry row : rows) {
      String name = row.key().of(spaced(row.key().words())).oneOf(names, "count or figure");
      Text text = row.value().text();
      if (name.equals("state")) {
        text.constant(State.class, "state");
      } else if (FIGURE.contains(name)) {
        Quantity.read(text);
      } else {
        text.count();
      }
    }
    return new FigureTable(said, kpi, rows)::check;
  }

  private static String spaced(String name) {
    return name.replace('_', ' ');
  }

  private List<Fault> check(Rehearsal rehearsal) {
    Given given = rehearsal.given();
    Stage stage = rehearsal.stage();
    long fromNs = said.has("timeFrom") ? said.timeNs("timeFrom") : given.fromNs();
    long toNs = said.has("timeTo") ? said.timeNs("timeTo") : given.toNs();
    Span span =
        said.has(Expectations.SHIFT)
            ? Span.SHIFT
            : said.has(Expectations.DAY) ? Span.DAY : Span.WINDOW;
    long revision = said.has(Expectations.REVISION) ? (long) said.number("number") : Long.MAX_VALUE;
    String path = said.path("subject");
    List<Result> results = stage.report().results(kpi, path, span, fromNs, toNs, revision);
    List<Fault> faults = new ArrayList<>();
    if (said.has(Expectations.REVISION)
        && results.stream().noneMatch(r -> r.revision() == revision)) {
      faults.add(said.text().fault("no revision " + revision + " was published"));
    }
    counts(stage.report().counts(kpi, results), faults);
    figure(stage.report().figure(kpi, results, path, fromNs, toNs), faults);
    return faults;
  }

  private void counts(Map<String, Long> came, List<Fault> faults) {
    List<Block.Entry> counts =
        rows.stream().filter(r -> !FIGURE.contains(r.key().words())).toList();
    came.forEach(
        (name, count) -> {
          long expected = 0;
          Text line = said.text();
          for (Block.Entry row : counts) {
            if (spaced(row.key().words()).equals(spaced(name))) {
              line = row.key();
              expected = row.value().text().count();
            }
          }
          if (!counts.isEmpty() && expected != count) {
            faults.add(fault(line, spaced(name), expected, count));
          }
        });
  }

  private void figure(Figure came, List<Fault> faults) {
    for (Block.Entry row : rows) {
      Text expected = row.value().text();
      switch (row.key().words()) {
        case "state" -> {
          if (expected.constant(State.class, "state") != came.state()) {
            faults.add(fault(row.key(), "state", expected.words(), spaced(came.state().name())));
          }
        }
        case "value" -> compare(row, came.value(), faults);
        case "lower" -> compare(row, came.lower(), faults);
        case "upper" -> compare(row, came.upper(), faults);
        default -> {} // a count
      }
    }
  }

  private void compare(Block.Entry row, double came, List<Fault> faults) {
    if (!Quantity.read(row.value().text()).fits(came)) {
      faults.add(
          fault(row.key(), row.key().words(), row.value().text().words(), Quantity.write(came)));
    }
  }

  private Fault fault(Text line, String name, Object expected, Object came) {
    return line.fault(
        "%s of %s, %s: expected %s, came %s"
            .formatted(said.word("kpi"), said.word("subject"), name, expected, came));
  }
}
