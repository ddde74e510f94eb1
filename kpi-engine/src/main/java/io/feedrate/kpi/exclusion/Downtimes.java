package io.feedrate.kpi.exclusion;

import io.feedrate.kpi.Calendar;
import io.feedrate.kpi.Snapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * The planned downtimes of a calendar, worked out for the days around now only: they recur for
 * ever. What was settled with them keeps its outcome, so those before yesterday are not needed.
 */
final class Downtimes {
  private static final long DAY_NS = 86_400_000_000_000L;

  private final Calendar calendar;
  private final List<Track> tracks = new ArrayList<>();
  private long sinceNs = Long.MAX_VALUE;
  private long untilNs = Long.MIN_VALUE;

  Downtimes(Calendar calendar) {
    this.calendar = calendar;
    calendar.downtimes().stream()
        .map(Calendar.Downtime::subject)
        .distinct()
        .forEach(subject -> tracks.add(new Track(subject)));
  }

  /** One for each subject that has any; always the same ones. */
  List<Track> tracks() {
    return tracks;
  }

  /** What lies between two times is about to be settled. */
  void pass(long fromNs, long toNs) {
    if (tracks.isEmpty() || (fromNs >= sinceNs && toNs <= untilNs)) {
      return;
    }
    generate(fromNs - DAY_NS, toNs + DAY_NS);
  }

  private void generate(long fromNs, long toNs) {
    sinceNs = fromNs;
    untilNs = toNs;
    for (Track track : tracks) {
      track.clear();
      for (Calendar.Interval i : calendar.downtimes(track.subject, sinceNs, untilNs)) {
        if (i.startNs() < i.endNs()) { // where the clock goes forward there may be nothing left
          track.add(i.startNs(), i.endNs());
        }
      }
    }
  }

  /** Writes of which days they are: what is known of the past must be the same after a restart. */
  void write(Snapshot.Writer out) {
    out.putLong(sinceNs);
    out.putLong(untilNs);
  }

  void read(Snapshot.Reader in) {
    long fromNs = in.getLong();
    long toNs = in.getLong();
    if (fromNs < toNs) {
      generate(fromNs, toNs);
    }
  }
}
