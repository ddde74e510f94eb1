package io.feedrate.kpi.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the lines of "when": a time or a row of times, then one of the {@link Verbs}. */
final class Happenings {
  private static final Pattern ONCE = Pattern.compile("(" + Times.TIME + ") (.+)");
  private static final Pattern REPEATED =
      Pattern.compile("from (" + Times.TIME + ") to (" + Times.TIME + ") every (\\S+) (.+)");
  private static final int MOST = 100_000;

  private Happenings() {}

  /** What the collector learns, in the order in which it does. */
  static List<Act> read(List<Block> lines, Given given) {
    List<Act> acts = new ArrayList<>();
    lines.forEach(line -> acts.addAll(read(line.text(), given)));
    acts.sort(Comparator.comparingLong(Act::atNs)); // stable: at one time, the order of the lines
    return acts;
  }

  /** One line. */
  static List<Act> read(Text line, Given given) {
    Matcher once = ONCE.matcher(line.words());
    if (once.matches()) {
      long atNs = Times.timeNs(line.of(once.group(1)), given.day());
      return acts(line.of(once.group(2)), atNs, atNs, 1, given);
    }
    Matcher repeated = REPEATED.matcher(line.words());
    if (!repeated.matches()) {
      throw line.fault(
          "'%s' does not begin with a time such as 10:00:00.2 or 'from … to … every …'"
              .formatted(line.words()));
    }
    long fromNs = Times.timeNs(line.of(repeated.group(1)), given.day());
    long toNs = Times.timeNs(line.of(repeated.group(2)), given.day());
    long everyNs = Times.durationNs(line.of(repeated.group(3)));
    if (everyNs <= 0 || toNs < fromNs || (toNs - fromNs) / everyNs > MOST) {
      throw line.fault("it happens never, or too often");
    }
    return acts(line.of(repeated.group(4)), fromNs, toNs, everyNs, given);
  }

  private static List<Act> acts(Text what, long fromNs, long toNs, long everyNs, Given given) {
    for (Verbs.Verb verb : Verbs.ALL) {
      Said said = Said.of(what, given, verb.phrase(), verb.additions());
      if (said != null) {
        List<Act> acts = new ArrayList<>();
        for (long ns = fromNs; ns <= toNs; ns += everyNs) {
          Verbs.Moment at = new Verbs.Moment(ns, acts.size());
          for (long receivedNs : receivedNs(said, ns)) {
            acts.add(new Act(receivedNs, what, stage -> verb.deed().perform(stage, said, at)));
          }
        }
        return acts;
      }
    }
    throw what.fault(
        "'%s' is nothing that can happen; what can is: %s"
            .formatted(
                what.words(),
                String.join("; ", Verbs.ALL.stream().map(v -> v.phrase().toString()).toList())));
  }

  /** When something that happened becomes known, once for each delivery. */
  private static List<Long> receivedNs(Said said, long happenedNs) {
    long firstNs =
        said.has(Verbs.RECEIVED)
            ? said.timeNs("timeReceived")
            : happenedNs + said.durationNs("later", 0);
    if (said.has(Verbs.AGAIN)) {
      return List.of(firstNs, said.timeNs("timeAgain"));
    }
    return said.has(Verbs.TWICE) ? List.of(firstNs, firstNs) : List.of(firstNs);
  }
}
