package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Factory.BAD;
import static io.feedrate.kpi.engine.Factory.GOOD;
import static io.feedrate.kpi.engine.Factory.SECOND;
import static io.feedrate.kpi.engine.Factory.T0;
import static io.feedrate.kpi.engine.Factory.UNCERTAIN;

import io.feedrate.kpi.Calendar;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Role;
import io.feedrate.kpi.Rules;
import io.feedrate.kpi.Sample;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.SignalMode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Makes a minute in a factory of two machines in which everything goes wrong, from a seed. */
final class FactoryLogs {
  private static final long MS = 1_000_000L;
  private static final long[] PERIODS = {250 * MS, 500 * MS, SECOND, 2 * SECOND, 7 * SECOND};
  private static final Set<DayOfWeek> ALL_DAYS = EnumSet.allOf(DayOfWeek.class);
  private static final List<String> SUBJECTS =
      List.of("site/line/m0", "site/line/m1", "site/line/m1/s0", "site/line", "site");

  /** Zones, and moments in them around which something changes. */
  private static final List<Map.Entry<String, String>> MOMENTS =
      List.of(
          Map.entry("UTC", "2027-01-15T08:00:00Z"),
          Map.entry("UTC", "2027-01-16T00:00:00Z"),
          Map.entry("Asia/Kolkata", "2027-01-15T18:30:00Z"), // midnight, half an hour off
          Map.entry("Europe/Berlin", "2027-03-28T01:00:00Z"), // the clock goes forward
          Map.entry("Europe/Berlin", "2027-10-31T01:00:00Z"), // and back
          Map.entry("America/New_York", "2027-11-07T06:00:00Z"),
          Map.entry("Australia/Lord_Howe", "2027-04-03T15:00:00Z")); // back by half an hour

  private final SplittableRandom random;
  private final long startNs;
  private final Register register;
  private final List<Log.Entry> entries = new ArrayList<>();
  private final boolean[] up = new boolean[2];
  private long nowNs;
  private long nextTickNs;
  private Log.@Nullable Value previous;

  private FactoryLogs(long seed) {
    random = new SplittableRandom(seed);
    var moment = MOMENTS.get(random.nextInt(MOMENTS.size()));
    long momentNs = Instant.parse(moment.getValue()).getEpochSecond() * SECOND;
    long beforeNs = random.nextInt(3) == 0 ? random.nextLong(60 * SECOND) : T0 % SECOND;
    startNs = momentNs - random.nextInt(50) * SECOND - beforeNs;
    register = register(calendar(moment.getKey()));
    nowNs = startNs;
    nextTickNs = (startNs / SECOND + 1) * SECOND;
  }

  static Log of(long seed) {
    return new FactoryLogs(seed).log();
  }

  private Register register(Calendar calendar) {
    long lateness = (2 + random.nextInt(6)) * SECOND;
    Map<String, Long> ofLinks =
        random.nextBoolean() ? Map.of() : Map.of("m1", random.nextLong(12) * SECOND);
    long[] revisable = {0, 15 * SECOND, 40 * SECOND, 86_400 * SECOND, 86_400 * SECOND};
    long[] signalWindows = {10 * SECOND, 20 * SECOND, 60 * SECOND};
    Factory factory =
        new Factory()
            .rules(
                Rules.STANDARD
                    .windows(10 * SECOND, signalWindows[random.nextInt(3)])
                    .lateness(lateness, ofLinks)
                    .revisable(revisable[random.nextInt(revisable.length)])
                    .calendar(calendar));
    for (int m = 0; m < 2; m++) {
      factory.machine("m" + m);
      for (int s = 0; s < 1 + random.nextInt(2); s++) {
        SignalMode mode = random.nextBoolean() ? SignalMode.PERIODIC : SignalMode.ON_CHANGE;
        factory.signal("s" + s, mode, PERIODS[random.nextInt(PERIODS.length)], -1000, 1000);
      }
      if (random.nextBoolean()) {
        // What is on change may not have a deadline that is longer than the lateness.
        factory.switchedOn(
            "on",
            m == 0 && random.nextBoolean() ? SignalMode.ON_CHANGE : SignalMode.PERIODIC,
            m == 0 ? PERIODS[random.nextInt(4)] : PERIODS[random.nextInt(PERIODS.length)]);
      }
    }
    return factory.register();
  }

  private Calendar calendar(String zone) {
    LocalTime local =
        LocalTime.ofInstant(Instant.ofEpochSecond(startNs / SECOND), ZoneId.of(zone)).withNano(0);
    LocalTime change = local.plusSeconds(random.nextInt(70));
    LocalTime end = change.plusSeconds(1 + random.nextInt(40));
    List<Calendar.Shift> shifts =
        random.nextInt(3) == 0
            ? List.of()
            : List.of(
                new Calendar.Shift("early", ALL_DAYS, local.minusHours(2), change),
                new Calendar.Shift("late", ALL_DAYS, change, end));
    List<Calendar.Downtime> downtimes = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      LocalTime from = local.plusSeconds(random.nextInt(-20, 90));
      LocalTime to = from.plusSeconds(1 + random.nextInt(random.nextInt(5) == 0 ? 9000 : 20));
      Set<DayOfWeek> days =
          random.nextInt(4) == 0 ? Set.of(DayOfWeek.of(1 + random.nextInt(7))) : ALL_DAYS;
      downtimes.add(new Calendar.Downtime(subject(), days, from, to, "planned"));
    }
    return new Calendar(zone, shifts, downtimes);
  }

  private String subject() {
    return SUBJECTS.get(random.nextInt(SUBJECTS.size()));
  }

  private Log log() {
    long end = startNs + (40 + random.nextInt(40)) * SECOND;
    while (nowNs < end) {
      boolean atBorder = random.nextInt(10) == 0;
      pass(atBorder ? 250 * MS - nowNs % (250 * MS) : random.nextLong(1, 400 * MS));
      int dice = random.nextInt(100);
      int link = random.nextInt(2);
      if (dice < 66) {
        value(sourceTime());
      } else if (dice < 68) {
        backFill();
      } else if (dice < 70) {
        batch();
      } else if (dice < 80) {
        entries.add(new Log.Link(nowNs, link, LinkEvent.PROOF));
      } else if (dice < 92) {
        LinkEvent event = event(link);
        entries.add(new Log.Link(nowNs, link, event));
        up[link] = event != LinkEvent.DOWN;
      } else if (dice < 95) {
        long offset = random.nextBoolean() ? 0 : random.nextLong(-3 * SECOND, 3 * SECOND);
        entries.add(new Log.Clock(nowNs, link, offset));
      } else if (dice < 98) {
        exclusion();
      } else if (dice < 99) {
        restart();
      } else {
        withdrawal();
      }
    }
    for (; nextTickNs < end + 90 * SECOND; nextTickNs += SECOND) {
      entries.add(new Log.Tick(nextTickNs));
    }
    return new Log(register, startNs, entries);
  }

  private void pass(long ns) {
    nowNs += ns;
    while (nextTickNs <= nowNs) {
      entries.add(new Log.Tick(nextTickNs));
      nextTickNs += SECOND;
    }
  }

  private void exclusion() {
    long from = nowNs + random.nextLong(random.nextBoolean() ? -90 : -10, 10) * SECOND;
    from += random.nextInt(3) == 0 ? random.nextLong(SECOND) : 0;
    long to = from + random.nextLong(1, (random.nextInt(4) == 0 ? 60 : 8) * SECOND);
    entries.add(new Log.Exclusion(nowNs, subject(), from, to));
  }

  private void withdrawal() {
    List<Log.Exclusion> entered =
        entries.stream()
            .filter(Log.Exclusion.class::isInstance)
            .map(Log.Exclusion.class::cast)
            .toList();
    if (!entered.isEmpty()) {
      Log.Exclusion x = entered.get(random.nextInt(entered.size()));
      entries.add(new Log.Withdrawal(nowNs, x.subject(), x.fromNs(), x.toNs()));
    }
  }

  private void restart() {
    nowNs += random.nextLong(1, 20 * SECOND);
    entries.add(new Log.Restart(nowNs));
    up[0] = false;
    up[1] = false;
    nextTickNs = (nowNs / SECOND + 1) * SECOND;
  }

  private LinkEvent event(int link) {
    int dice = random.nextInt(10);
    if (!up[link]) {
      return dice < 6 ? LinkEvent.UP : LinkEvent.RESUMED;
    }
    return dice < 5 ? LinkEvent.DOWN : dice < 7 ? LinkEvent.GAP : LinkEvent.UP;
  }

  private void value(long sourceNs) {
    int signal = random.nextInt(register.signals().size());
    if (!up[register.signals().get(signal).link()] && random.nextInt(10) > 0) {
      return;
    }
    Log.Value p = previous;
    if (p != null && random.nextInt(15) == 0) {
      previous = new Log.Value(nowNs, p.signal(), p.sourceNs(), p.status(), p.value(), p.flags());
    } else {
      previous = value(signal, sourceNs);
    }
    entries.add(previous);
  }

  private Log.Value value(int signal, long sourceNs) {
    int dice = random.nextInt(100);
    int status =
        dice < 75 ? GOOD : dice < 82 ? UNCERTAIN : dice < 92 ? BAD : Sample.STATUS_OVERFLOW;
    boolean isSwitch = register.signals().get(signal).role() == Role.SWITCHED_ON;
    if (isSwitch && random.nextInt(3) > 0) {
      return new Log.Value(nowNs, signal, sourceNs, GOOD, random.nextInt(4) == 0 ? 1 : 0, 0);
    }
    double value = dice % 20 == 0 ? Double.NaN : dice % 21 == 0 ? 5000 : random.nextInt(5);
    int flags =
        switch (random.nextInt(40)) {
          case 0 -> Sample.NO_SOURCE_TIME;
          case 1 -> Sample.INVALID;
          case 2 -> Sample.HISTORICAL;
          default -> 0;
        };
    return new Log.Value(nowNs, signal, sourceNs, status, value, flags);
  }

  private long sourceTime() {
    return switch (random.nextInt(20)) {
      case 0 -> nowNs - random.nextLong(12 * SECOND);
      case 1 -> nowNs + random.nextLong(5 * SECOND);
      case 2 -> random.nextBoolean() ? 0 : Long.MAX_VALUE;
      case 3, 4 -> nowNs - random.nextLong(2 * SECOND);
      case 5 -> nowNs - random.nextLong(90 * SECOND);
      default -> nowNs - random.nextLong(30 * MS);
    };
  }

  /** Stored values of a signal come in order, late; now and then with live ones between. */
  private void backFill() {
    Signal s = register.signals().get(random.nextInt(register.signals().size()));
    long sourceNs = nowNs - random.nextLong(90 * SECOND);
    for (int n = random.nextInt(40); n > 0 && sourceNs < nowNs; n--) {
      Log.Value v = value(s.id(), sourceNs);
      entries.add(new Log.Value(nowNs, s.id(), sourceNs, v.status(), v.value(), Sample.HISTORICAL));
      sourceNs += random.nextLong(2 * s.periodNs());
      if (random.nextInt(4) == 0) {
        pass(random.nextLong(20 * MS));
      }
    }
  }

  /** Some values of a signal in one message, of which the newest may tell of an overflow. */
  private void batch() {
    Signal s = register.signals().get(random.nextInt(register.signals().size()));
    int n = 2 + random.nextInt(5);
    long sourceNs = nowNs - n * s.periodNs() + random.nextLong(s.periodNs());
    for (int i = 1; i <= n && sourceNs <= nowNs; i++) {
      int status = i == n && random.nextBoolean() ? Sample.STATUS_OVERFLOW : GOOD;
      entries.add(new Log.Value(nowNs, s.id(), sourceNs, status, random.nextInt(1000), 0));
      sourceNs += random.nextLong(2 * s.periodNs());
    }
  }
}
