package io.feedrate.kpi;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Local days, shifts and planned downtimes of a site. Shifts and downtimes are told in wall clock
 * time; a shift over midnight belongs to the day on which it starts. Where the clock changes, a
 * local time that does not exist means the one as much later as the gap is long, one that exists
 * twice the earlier, so that shifts that touch on the wall clock also touch in UTC.
 *
 * @param zone IANA time zone
 * @param shifts in no order; may leave time uncovered, should not overlap
 * @param downtimes recurring intervals that are out of scope
 */
public record Calendar(String zone, List<Shift> shifts, List<Downtime> downtimes) {

  /** UTC days, no shifts, no downtimes. */
  public static final Calendar UTC = new Calendar("UTC", List.of(), List.of());

  private static final long SECOND_NS = 1_000_000_000L;

  /**
   * @throws java.time.DateTimeException if the zone is unknown
   */
  public Calendar {
    shifts = List.copyOf(shifts);
    downtimes = List.copyOf(downtimes);
    ZoneId.of(zone);
  }

  /** A half-open interval [startNs, endNs). */
  public record Interval(long startNs, long endNs) {}

  /** A shift: its name, the days on which it starts, and its wall clock times. */
  public record Shift(String name, Set<DayOfWeek> days, LocalTime from, LocalTime to) {
    public Shift {
      days = days.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(days));
    }
  }

  /**
   * Planned downtime of a subject (asset or signal path) and all below it; from equal to to is the
   * whole day.
   */
  public record Downtime(
      String subject, Set<DayOfWeek> days, LocalTime from, LocalTime to, String reason) {
    public Downtime {
      days = days.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(days));
    }
  }

  /** The local day that contains a time: 23, 24 or 25 hours. */
  public Interval day(long ns) {
    LocalDate date = date(ns);
    return new Interval(
        ns(date.atStartOfDay(zoneId())), ns(date.plusDays(1).atStartOfDay(zoneId())));
  }

  /** The shift that contains a time; of overlapping ones the first that is told. */
  public Optional<Interval> shift(long ns) {
    LocalDate date = date(ns);
    for (Shift s : shifts) {
      for (LocalDate start : List.of(date.minusDays(1), date)) {
        if (s.days.contains(start.getDayOfWeek())) {
          Interval its = interval(start, s.from, s.to);
          if (its.startNs <= ns && ns < its.endNs) {
            return Optional.of(its);
          }
        }
      }
    }
    return Optional.empty();
  }

  /** All shifts that begin on the local days that touch [fromNs, toNs), or on the day before. */
  public List<Interval> shifts(long fromNs, long toNs) {
    List<Interval> found = new ArrayList<>();
    LocalDate last = date(toNs);
    for (LocalDate d = date(fromNs).minusDays(1); !d.isAfter(last); d = d.plusDays(1)) {
      for (Shift s : shifts) {
        if (s.days.contains(d.getDayOfWeek())) {
          found.add(interval(d, s.from, s.to));
        }
      }
    }
    return found;
  }

  /** When a subject's downtimes are that begin on the local days that touch [fromNs, toNs). */
  public List<Interval> downtimes(String subject, long fromNs, long toNs) {
    List<Interval> found = new ArrayList<>();
    LocalDate last = date(toNs);
    for (LocalDate d = date(fromNs).minusDays(1); !d.isAfter(last); d = d.plusDays(1)) {
      for (Downtime down : downtimes) {
        if (down.days.contains(d.getDayOfWeek()) && isOf(subject, down.subject)) {
          found.add(interval(d, down.from, down.to));
        }
      }
    }
    return found;
  }

  private static boolean isOf(String path, String subject) {
    return path.equals(subject) || path.startsWith(subject + "/");
  }

  private Interval interval(LocalDate start, LocalTime from, LocalTime to) {
    LocalDate end = to.isAfter(from) ? start : start.plusDays(1);
    return new Interval(
        ns(ZonedDateTime.of(start, from, zoneId())), ns(ZonedDateTime.of(end, to, zoneId())));
  }

  private LocalDate date(long ns) {
    return Instant.ofEpochSecond(Math.floorDiv(ns, SECOND_NS)).atZone(zoneId()).toLocalDate();
  }

  private ZoneId zoneId() {
    return ZoneId.of(zone);
  }

  private static long ns(ZonedDateTime time) {
    return time.toEpochSecond() * SECOND_NS;
  }
}
