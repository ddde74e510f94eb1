package io.feedrate.kpi.engine;

import io.feedrate.kpi.LinkEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What is known about links, from the whole log each time. */
final class OracleLinks {
  /** How a link was, the worst last. */
  enum State {
    UP,
    BRIDGED,
    GAP,
    UNPROVEN,
    DOWN
  }

  private record Stretch(long fromNs, long toNs, State state) {}

  private final Log log;

  OracleLinks(Log log) {
    this.log = log;
  }

  /** The worst state across an interval, as far as some entries tell. */
  State worst(int link, long fromNs, long toNs, List<Log.Entry> known) {
    State worst = State.UP;
    for (Stretch s : stretches(link, known)) {
      if (s.fromNs < toNs && s.toNs > fromNs && s.state.compareTo(worst) > 0) {
        worst = s.state;
      }
    }
    return worst;
  }

  /** Whether messages of an interval were lost, as far as some entries tell. */
  boolean hasGap(int link, long fromNs, long toNs, List<Log.Entry> known) {
    return stretches(link, known).stream()
        .anyMatch(s -> s.fromNs < toNs && s.toNs > fromNs && s.state == State.GAP);
  }

  static long sessionNs(int link, List<Log.Entry> known) {
    return lastNs(
        known,
        e ->
            e instanceof Log.Link l
                && l.link() == link
                && (l.event() == LinkEvent.UP || isFirstResume(known, l)));
  }

  private static boolean isFirstResume(List<Log.Entry> known, Log.Link resume) {
    return resume.event() == LinkEvent.RESUMED
        && known.stream()
            .takeWhile(e -> e != resume)
            .noneMatch(
                e ->
                    e instanceof Log.Link l
                        && l.link() == resume.link()
                        && (l.event() == LinkEvent.UP || l.event() == LinkEvent.RESUMED));
  }

  private static long lastNs(List<Log.Entry> entries, Predicate<Log.Entry> which) {
    long ns = Long.MAX_VALUE;
    for (Log.Entry e : entries) {
      if (which.test(e)) {
        ns = e.atNs();
      }
    }
    return ns;
  }

  boolean isUp(int link, int before) {
    boolean up = false;
    for (Log.Entry e : log.entries().subList(0, before)) {
      if (e instanceof Log.Restart) {
        up = false;
      } else if (e instanceof Log.Link l && l.link() == link) {
        up =
            switch (l.event()) {
              case UP, RESUMED -> true;
              case DOWN -> false;
              case GAP, PROOF -> up;
            };
      }
    }
    return up;
  }

  private List<Stretch> stretches(int link, List<Log.Entry> known) {
    List<Stretch> spans = new ArrayList<>();
    State state = State.DOWN;
    long sinceNs = Long.MIN_VALUE;
    long provenNs = Long.MIN_VALUE;
    boolean everUp = false;
    for (Log.Entry e : known) {
      boolean up = state == State.UP;
      LinkEvent event =
          e instanceof Log.Link l && l.link() == link
              ? l.event()
              : e instanceof Log.Value v && log.register().signals().get(v.signal()).link() == link
                  ? LinkEvent.PROOF
                  : e instanceof Log.Restart ? LinkEvent.DOWN : null;
      if (event == null) {
        continue;
      }
      switch (event) {
        case PROOF -> provenNs = up ? e.atNs() : provenNs;
        case DOWN -> {
          if (up) {
            spans.add(new Stretch(sinceNs, provenNs, State.UP));
            State between = e instanceof Log.Restart ? State.DOWN : State.UNPROVEN;
            spans.add(new Stretch(provenNs, e.atNs(), between));
            state = State.DOWN;
            sinceNs = e.atNs();
          }
        }
        case GAP -> {
          if (up) {
            spans.add(new Stretch(sinceNs, provenNs, State.UP));
            spans.add(new Stretch(provenNs, e.atNs(), State.GAP));
            sinceNs = e.atNs();
            provenNs = e.atNs();
          }
        }
        case UP, RESUMED -> {
          boolean resumes = event == LinkEvent.RESUMED && everUp;
          if (up && resumes) {
            provenNs = e.atNs();
            break;
          }
          if (up) {
            spans.add(new Stretch(sinceNs, provenNs, State.UP));
            spans.add(new Stretch(provenNs, e.atNs(), State.UNPROVEN));
          } else {
            spans.add(new Stretch(sinceNs, e.atNs(), State.DOWN));
          }
          if (resumes) {
            bridge(spans);
          }
          state = State.UP;
          sinceNs = e.atNs();
          provenNs = e.atNs();
          everUp = true;
        }
      }
    }
    if (state == State.UP) {
      spans.add(new Stretch(sinceNs, provenNs, State.UP));
      spans.add(new Stretch(provenNs, Long.MAX_VALUE, State.UNPROVEN));
    } else {
      spans.add(new Stretch(sinceNs, Long.MAX_VALUE, State.DOWN));
    }
    spans.removeIf(span -> span.fromNs >= span.toNs);
    return spans;
  }

  private static void bridge(List<Stretch> spans) {
    for (int i = spans.size() - 1; i >= 0; i--) {
      Stretch span = spans.get(i);
      if (span.state == State.DOWN) {
        spans.set(i, new Stretch(span.fromNs, span.toNs, State.BRIDGED));
      } else if (span.state == State.UNPROVEN) {
        spans.set(i, new Stretch(span.fromNs, span.toNs, State.UP));
      } else {
        return;
      }
    }
  }
}
