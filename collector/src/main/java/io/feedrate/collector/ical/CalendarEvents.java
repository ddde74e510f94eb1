package io.feedrate.collector.ical;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What a calendar says of a period.
 *
 * @param occurrences of its events, in the order of the file, then of time
 * @param notTaken events that are left out, or have no occurrence in the period
 * @param uids of all its events, also of those left out
 */
public record CalendarEvents(
    List<Occurrence> occurrences, List<NotTaken> notTaken, Set<String> uids) {

  public CalendarEvents {
    occurrences = List.copyOf(occurrences);
    notTaken = List.copyOf(notTaken);
    uids = Set.copyOf(uids);
  }

  /**
   * One time that an event takes place.
   *
   * @param line on which the event begins in the file
   * @param uid the event's, or "" where it has none
   * @param summary its title, or ""
   * @param from inclusive
   * @param to exclusive, later than {@code from}
   */
  public record Occurrence(int line, String uid, String summary, Instant from, Instant to) {}

  /**
   * An event that is not taken.
   *
   * @param why as a part of a sentence
   * @param isFault whether somebody should mend it: it is not merely over or cancelled
   */
  public record NotTaken(int line, String uid, String summary, String why, boolean isFault) {}
}
