package io.feedrate.kpi.scenario;

import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Span;
import java.util.ArrayList;
import java.util.List;

/** "windows of cnc-1": which windows of completeness were reported within the observed time. */
final class WindowList {
  private WindowList() {}

  static Expectation read(Said said, Block part, Given given) {
    List<Text> lines = part.items().stream().map(Block::text).toList();
    List<String> expected = new ArrayList<>();
    for (Text line : lines) {
      long[] ns = Given.interval(line, given.day());
      expected.add(name(ns[0], ns[1], given));
    }
    return rehearsal -> {
      Kpi kpi = Stage.kpi("sensor_data_completeness");
      List<String> came = new ArrayList<>();
      for (Result r :
          rehearsal
              .stage()
              .report()
              .results(
                  kpi,
                  said.path("subject"),
                  Span.WINDOW,
                  given.fromNs(),
                  given.toNs(),
                  Long.MAX_VALUE)) {
        came.add(name(r.startNs(), r.endNs(), given));
      }
      return came.equals(expected)
          ? List.of()
          : List.of(
              said.text()
                  .fault(
                      "windows of %s: expected %s, came %s"
                          .formatted(said.word("subject"), expected, came)));
    };
  }

  private static String name(long fromNs, long toNs, Given given) {
    return Times.time(fromNs, given.day()) + " to " + Times.time(toNs, given.day());
  }
}
