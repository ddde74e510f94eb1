package io.feedrate.collector.exclusions;

import io.feedrate.collector.audit.Actor;
import io.feedrate.collector.audit.AuditEntry.Action;
import io.feedrate.collector.audit.AuditFile;
import io.feedrate.collector.config.RegisterJson;
import io.feedrate.collector.ical.CalendarEvents;
import io.feedrate.collector.ical.CalendarEvents.Occurrence;
import io.feedrate.collector.journal.ExclusionKind;
import io.feedrate.collector.journal.ExclusionRecord;
import io.feedrate.collector.journal.ExclusionSource;
import io.feedrate.collector.store.ExclusionRow;
import io.feedrate.collector.store.StoreReader;
import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Signal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where people enter exclusions, withdraw and look at them, by whatever way they come. An entry is
 * on the disk when a method returns; it counts once a collector has taken it to the journal, a
 * second later where one runs.
 *
 * <p><b>Thread</b>: any; entries take turns, also over processes. <b>Errors</b>: {@link
 * ExclusionException} says what is wrong with an entry; {@link
 * io.feedrate.collector.store.StoreException} if the results file cannot be read.
 */
public final class ExclusionDesk {

  /** The longest reason. */
  public static final int MAX_REASON = 1000;

  /** The longest name or reference. */
  public static final int MAX_NAME = 200;

  private static final int LEAST_ID = 4;
  private static final int MOST_PATHS = 20;
  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  /**
   * What a person asks for.
   *
   * @param subject path of a site, line, asset or signal; with the site or without it
   * @param reason why; for a calendar's events "" takes their titles
   * @param approver who is responsible for it
   * @param reference of an order, or ""
   * @param enteredBy who types it in
   */
  public record Request(
      String subject,
      Instant from,
      Instant to,
      String reason,
      String approver,
      ExclusionSource source,
      String reference,
      String enteredBy) {}

  /**
   * What came of a calendar.
   *
   * @param added what is new
   * @param known how many occurrences were out of scope already, with the same interval
   * @param gone entered for one of its events before, still to come, and not in it any more
   */
  public record Imported(List<HeldExclusion> added, int known, List<HeldExclusion> gone) {
    public Imported {
      added = List.copyOf(added);
      gone = List.copyOf(gone);
    }
  }

  private final Path data;
  private final ExclusionFile file;
  private final InstantSource clock;
  private final Actor actor;
  private final AuditFile audit;

  /** That of a data directory, by the clock of the machine. */
  public ExclusionDesk(Path data) {
    this(data, InstantSource.system());
  }

  /** The same by another clock. */
  public ExclusionDesk(Path data, InstantSource clock) {
    this(data, clock, Actor.command());
  }

  /** The same for somebody who is not at the command line. */
  public ExclusionDesk(Path data, Actor actor) {
    this(data, InstantSource.system(), actor);
  }

  private ExclusionDesk(Path data, InstantSource clock, Actor actor) {
    this.data = data;
    this.clock = clock;
    this.actor = actor;
    audit = new AuditFile(data);
    file = new ExclusionFile(data);
  }

  /** Takes an interval out of scope. */
  public HeldExclusion add(Request request) {
    try (StoreReader store = StoreReader.open(data)) {
      audit.requireRoom();
      ExclusionRecord said = record(register(store), request);
      List<ExclusionRow> rows = store.enteredExclusions();
      file.append(
          entries -> {
            HeldExclusions.of(rows, entries)
                .inForce(said)
                .ifPresent(
                    there -> {
                      throw new ExclusionException(
                          "it is out of scope already, by %s: %s"
                              .formatted(there.id(), there.said().reason()));
                    });
            return List.of(said);
          });
      HeldExclusion added = waiting(said);
      tell(Action.EXCLUDED, added);
      return added;
    }
  }

  /**
   * Takes the occurrences of a calendar's events out of scope that are not yet.
   *
   * @param like what they have in common; its times do not matter
   */
  public Imported importCalendar(CalendarEvents events, Request like) {
    try (StoreReader store = StoreReader.open(data)) {
      audit.requireRoom();
      Register register = register(store);
      List<ExclusionRecord> wanted = new ArrayList<>();
      for (Occurrence each : events.occurrences()) {
        wanted.add(record(register, of(each, like)));
      }
      List<ExclusionRow> rows = store.enteredExclusions();
      List<ExclusionRecord> added = new ArrayList<>();
      List<HeldExclusion> gone = new ArrayList<>();
      file.append(
          entries -> {
            HeldExclusions held = HeldExclusions.of(rows, entries);
            Set<String> ids = new HashSet<>();
            for (ExclusionRecord each : wanted) {
              if (ids.add(HeldExclusion.id(each)) && held.inForce(each).isEmpty()) {
                added.add(each);
              }
            }
            gone.addAll(gone(held, path(register, like.subject()), events.uids(), ids));
            return added;
          });
      List<HeldExclusion> waiting = added.stream().map(ExclusionDesk::waiting).toList();
      if (!waiting.isEmpty()) {
        String ids = waiting.stream().map(HeldExclusion::id).collect(Collectors.joining(" "));
        audit.append(actor, Action.EXCLUDED, waiting.size() + " of a calendar: " + ids);
      }
      return new Imported(waiting, wanted.size() - added.size(), gone);
    }
  }

  private static Request of(Occurrence each, Request like) {
    String title = each.summary().isEmpty() ? "calendar event " + each.uid() : each.summary();
    return new Request(
        like.subject(),
        each.from(),
        each.to(),
        cut(like.reason().isBlank() ? title : like.reason(), MAX_REASON),
        like.approver(),
        ExclusionSource.CALENDAR,
        cut(each.uid(), MAX_NAME),
        like.enteredBy());
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }

  /** Of events that the calendar knows, what is still to come and not in it any more. */
  private List<HeldExclusion> gone(
      HeldExclusions held, String subject, Set<String> uids, Set<String> wanted) {
    long nowNs = Times.ns(clock.instant());
    return held.inForce().stream()
        .filter(h -> h.said().source() == ExclusionSource.CALENDAR)
        .filter(h -> h.said().subject().equals(subject) && uids.contains(h.said().reference()))
        .filter(h -> h.said().fromNs() > nowNs && !wanted.contains(h.id()))
        .toList();
  }

  /**
   * Withdraws an exclusion from the time on that the journal gets it; what was before stays out of
   * scope, and the exclusion stays on record.
   *
   * @param id its id as listed, or how that begins
   */
  public HeldExclusion withdraw(String id, String reason, String approver, String enteredBy) {
    try (StoreReader store = StoreReader.open(data)) {
      requireText("a reason", reason, MAX_REASON);
      requireText("an approver", approver, MAX_NAME);
      requireText("the name of who enters it", enteredBy, MAX_NAME);
      audit.requireRoom();
      List<ExclusionRow> rows = store.enteredExclusions();
      List<HeldExclusion> found = new ArrayList<>();
      file.append(
          entries -> {
            HeldExclusion held = theOne(HeldExclusions.of(rows, entries), id);
            ExclusionRecord s = held.said();
            ExclusionRecord taken =
                new ExclusionRecord(
                    ExclusionKind.WITHDRAWAL,
                    s.subject(),
                    s.fromNs(),
                    s.toNs(),
                    reason.strip(),
                    approver.strip(),
                    s.source(),
                    s.reference(),
                    enteredBy.strip(),
                    Times.ns(clock.instant()),
                    "");
            ExclusionRow waiting = new ExclusionRow(taken, HeldExclusion.NOT_YET);
            found.add(new HeldExclusion(held.row(), Optional.of(waiting)));
            return List.of(taken);
          });
      tell(Action.EXCLUSION_WITHDRAWN, found.get(0));
      return found.get(0);
    }
  }

  private void tell(Action action, HeldExclusion what) {
    audit.append(actor, action, what.id() + " " + what.said().subject());
  }

  private HeldExclusion theOne(HeldExclusions held, String id) {
    String wanted = id.strip().toLowerCase(Locale.ROOT);
    if (wanted.length() < LEAST_ID) {
      throw new ExclusionException(
          "%s is too short: write at least %d digits of the id".formatted(id, LEAST_ID));
    }
    List<HeldExclusion> found =
        held.inForce().stream().filter(h -> h.id().startsWith(wanted)).toList();
    if (found.size() != 1) {
      throw new ExclusionException(
          "%s exclusions have an id that begins with %s and are not withdrawn; see"
                  .formatted(found.isEmpty() ? "no" : "several", id)
              + " feedrate exclude list. What a machine said of itself cannot be withdrawn");
    }
    if (found.get(0).said().toNs() <= Times.ns(clock.instant())) {
      throw new ExclusionException(
          "%s ended at %s: what was settled with it stays out of scope. A withdrawal is about the"
                  .formatted(found.get(0).id(), Times.instant(found.get(0).said().toNs()))
              + " time to come");
    }
    return found.get(0);
  }

  /** All that were entered, in the order of entry, with what became of them. */
  public List<HeldExclusion> list() {
    try (StoreReader store = StoreReader.open(data)) {
      return HeldExclusions.of(store.enteredExclusions(), file.read()).all();
    }
  }

  /**
   * Those that touch {@code [from, to)}, also those that machines said of themselves, by their
   * begin; the first {@link StoreReader#MAX_ROWS}.
   */
  public List<HeldExclusion> list(Instant from, Instant to) {
    long fromNs = Times.ns(from);
    long toNs = Times.ns(to);
    try (StoreReader store = StoreReader.open(data)) {
      List<ExclusionRow> rows = store.exclusionsWithin(fromNs, toNs, StoreReader.MAX_ROWS);
      List<ExclusionRecord> entries =
          file.read().stream().filter(e -> e.toNs() > fromNs && e.fromNs() < toNs).toList();
      return HeldExclusions.of(rows, entries).all();
    }
  }

  /** The site's time zone. */
  public ZoneId zone() {
    try (StoreReader store = StoreReader.open(data)) {
      return ZoneId.of(register(store).rules().calendar().zone());
    }
  }

  private Register register(StoreReader store) {
    return store
        .latestRegister()
        .map(row -> RegisterJson.read(row.json()))
        .orElseThrow(
            () ->
                new ExclusionException(
                    "no collector has run on %s yet, so nothing is known that could be excluded:"
                            .formatted(data)
                        + " start it once"));
  }

  private ExclusionRecord record(Register register, Request r) {
    if (!r.from().isBefore(r.to())) {
      throw new ExclusionException(
          "the end %s is not after the beginning %s: exchange them".formatted(r.to(), r.from()));
    }
    if (r.from().isBefore(EARLIEST) || r.to().isAfter(LATEST)) {
      throw new ExclusionException("times must be between the years 1970 and 2200");
    }
    requireText("a reason", r.reason(), MAX_REASON);
    requireText("an approver", r.approver(), MAX_NAME);
    requireText("the name of who enters it", r.enteredBy(), MAX_NAME);
    if (r.reference().length() > MAX_NAME) {
      throw new ExclusionException("the reference is longer than %d".formatted(MAX_NAME));
    }
    if (r.source() == ExclusionSource.MAINTENANCE_ORDER && r.reference().isBlank()) {
      throw new ExclusionException("a maintenance order needs its number as reference");
    }
    return new ExclusionRecord(
        ExclusionKind.EXCLUSION,
        path(register, r.subject()),
        Times.ns(r.from()),
        Times.ns(r.to()),
        r.reason().strip(),
        r.approver().strip(),
        r.source(),
        r.reference().strip(),
        r.enteredBy().strip(),
        Times.ns(clock.instant()),
        "");
  }

  private static void requireText(String what, String text, int most) {
    if (text.isBlank()) {
      throw new ExclusionException("it needs " + what + ": an assessor asks for it");
    }
    if (text.length() > most) {
      throw new ExclusionException(
          "%s must not be longer than %,d characters".formatted(what, most));
    }
  }

  /** The full path of what is meant. */
  private static String path(Register register, String subject) {
    String site = register.assets().get(0).path(); // parents come first
    Set<String> known =
        Stream.concat(
                register.assets().stream().map(Asset::path),
                register.signals().stream().map(Signal::path))
            .collect(Collectors.toSet());
    for (String path : List.of(subject, site + "/" + subject)) {
      if (known.contains(path)) {
        return path;
      }
    }
    String paths =
        register.assets().stream()
            .map(Asset::path)
            .limit(MOST_PATHS)
            .collect(Collectors.joining(", "));
    throw new ExclusionException(
        "%s is no site, line, asset or signal of this gateway; there are %s%s"
            .formatted(subject, paths, register.assets().size() > MOST_PATHS ? ", …" : ""));
  }

  private static HeldExclusion waiting(ExclusionRecord said) {
    return new HeldExclusion(new ExclusionRow(said, HeldExclusion.NOT_YET), Optional.empty());
  }
}
