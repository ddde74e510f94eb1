package io.feedrate.kpi.engine;

import io.feedrate.kpi.Calendar.Downtime;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Signal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** When things are settled, until when they can be revised, and what is out of scope. */
final class OracleTime {
  private static final long SECOND_NS = 1_000_000_000L;

  private final Log log;
  private final List<Integer> advances = new ArrayList<>();
  private final List<Long> advanceNs = new ArrayList<>();
  private final List<Log.Entry> cut;

  OracleTime(Log log) {
    this.log = log;
    cut = log.withExclusionsCut();
    long now = log.startNs();
    long last = log.startNs();
    for (int i = 0; i < log.entries().size(); i++) {
      Log.Entry e = log.entries().get(i);
      boolean later = e.atNs() > now;
      now = Math.max(now, e.atNs());
      boolean passes = later && now - last > 2_000_000_000L && !(e instanceof Log.Restart);
      if (e instanceof Log.Tick || passes) {
        advances.add(i);
        advanceNs.add(now);
        last = now;
      }
    }
  }

  /** Index of the entry at which what ends at a time was settled, if it was. */
  Optional<Integer> settledAt(long endNs, long latenessNs) {
    for (int i = 0; i < advances.size(); i++) {
      if (advanceNs.get(i) - latenessNs >= endNs) {
        return Optional.of(advances.get(i));
      }
    }
    return Optional.empty();
  }

  /** Whether asset and signal windows of a time can be revised when an entry comes. */
  boolean isRevisable(long ns, int index) {
    Register register = log.register();
    long latestNs = 0;
    for (Signal s : register.signals()) {
      latestNs = Math.max(latestNs, register.latenessNs(s.link()));
    }
    return isAssetRevisable(ns, index)
        && ns >= keptSinceNs(register.signalWindowNs(), latestNs, index);
  }

  /** Whether an asset's window of a time can be revised when an entry comes. */
  boolean isAssetRevisable(long ns, int index) {
    Register register = log.register();
    long latestNs = register.latenessNs(); // the site waits for that at least
    for (int link = 0; link < register.links().size(); link++) {
      latestNs = Math.max(latestNs, register.latenessNs(link));
    }
    return ns >= keptSinceNs(register.windowNs(), latestNs, index);
  }

  /** A window is kept until the time for revisions has passed since the end of the newest. */
  private long keptSinceNs(long windowNs, long latestNs, int index) {
    long now = log.startNs();
    for (int i = 0; i < advances.size() && advances.get(i) <= index; i++) {
      now = advanceNs.get(i);
    }
    long closedNs = Math.floorDiv(now - latestNs, windowNs) * windowNs;
    return Math.floorDiv(closedNs - log.register().rules().revisableNs(), windowNs) * windowNs;
  }

  /** The time to which an entry lets time pass before anything else, if it does. */
  Optional<Long> advanceNs(int index) {
    int i = advances.indexOf(index);
    return i < 0 ? Optional.empty() : Optional.of(advanceNs.get(i));
  }

  /** All entries, with exclusions as long as they were not withdrawn. */
  List<Log.Entry> entries() {
    return cut;
  }

  /** Whether one exclusion that was entered before an entry, or one downtime, covers it wholly. */
  boolean isExcluded(String path, long fromNs, long toNs, int before) {
    for (Log.Entry e : cut.subList(0, before)) {
      if (e instanceof Log.Exclusion x && x.covers(path, fromNs, toNs)) {
        return true;
      }
    }
    for (Downtime d : log.register().rules().calendar().downtimes()) {
      if ((path + "/").startsWith(d.subject() + "/") && isDown(d, fromNs, toNs)) {
        return true;
      }
    }
    return false;
  }

  private boolean isDown(Downtime d, long fromNs, long toNs) {
    long day = Math.floorDiv(fromNs, 86_400 * SECOND_NS);
    for (long back = -2; back <= 2; back++) {
      LocalDate date = LocalDate.ofEpochDay(day + back);
      LocalDate next = d.to().isAfter(d.from()) ? date : date.plusDays(1);
      if (d.days().contains(date.getDayOfWeek())
          && utcNs(date, d.from()) <= fromNs
          && toNs <= utcNs(next, d.to())) {
        return true;
      }
    }
    return false;
  }

  /** By the offset that held before the clock was changed, if the local time is not clear. */
  private long utcNs(LocalDate date, LocalTime time) {
    var rules = ZoneId.of(log.register().rules().calendar().zone()).getRules();
    var transition = rules.getTransition(date.atTime(time));
    ZoneOffset offset =
        transition == null ? rules.getOffset(date.atTime(time)) : transition.getOffsetBefore();
    return date.atTime(time).toEpochSecond(offset) * SECOND_NS;
  }
}
