package io.feedrate.kpi.collaboration;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Episode;
import io.feedrate.kpi.PlantEvent;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.meter.Heirs;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.window.Tally;
import io.feedrate.kpi.window.Windows;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Hears alarms once for all that is measured of them: {@link AlarmRate}, {@link AlarmFloods},
 * {@link NuisanceAlarms}, {@link StaleAlarms} and {@link AlarmAcknowledge}.
 *
 * <p>The same event of the same alarm (kind, key, time) again changes nothing. Redeliveries by a
 * broker are removed before the engine; this is for sources that tell a state again, as at a
 * refresh. Alarms may come out of order: what counts are their times. An alarm without a key counts
 * as raised and cannot be followed.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: per alarm event; 0 as time passes.
 * <b>Bounds</b>: {@link #MAX} alarms are followed, inactive ones for {@link #KEPT_NS} after they
 * were last heard of; beyond that the inactive one heard of longest ago is forgotten, or if there
 * is none, the active one, which is counted.
 */
public final class Alarms implements Meter.Timed {
  /** The most alarms that are followed. */
  static final int MAX = 10_000;

  /** For how long an inactive alarm is remembered. */
  static final long KEPT_NS = 3_600_000_000_000L;

  private static final long SECOND_NS = 1_000_000_000L;
  private static final int ACKNOWLEDGED = 0;
  private static final int CLEARED = 1;

  private record Id(String subject, long key) {}

  private final List<String> paths;
  private final Map<String, Integer> assetByPath = new HashMap<>();
  private final Windows windows;
  private final Positions positions;
  private final AlarmFloods floods;
  private final Tally rate;
  private final Tally stale;
  private final Pairing acknowledging;

  /** Those heard of longest ago first. */
  private final Map<Id, AlarmHistory> active = new LinkedHashMap<>();

  private final Map<Id, AlarmHistory> inactive = new LinkedHashMap<>();

  /** At the end of a window: for each asset how many of its alarms are stale. */
  private final int[] staleNow;

  private long staleAtNs = AlarmHistory.NONE;

  public Alarms(Setting setting) {
    paths = setting.register().assets().stream().map(Asset::path).toList();
    setting.register().assets().forEach(a -> assetByPath.put(a.path(), a.id()));
    windows = setting.windows();
    positions = new Positions(setting);
    rate = setting.tally(AlarmRate.KPI);
    floods = new AlarmFloods(setting, positions);
    stale = setting.tally(StaleAlarms.KPI);
    staleNow = new int[paths.size()];
    acknowledging =
        new Pairing(setting, Episode.Kind.ALARM_ACKNOWLEDGE, true, (what, asset, how, atNs) -> {});
  }

  @Override
  public void onEvent(PlantEvent e) {
    switch (e.kind()) {
      case ALARM_RAISED -> onRaised(e);
      case ALARM_CLEARED -> onCleared(e);
      case ALARM_ACKNOWLEDGED -> onAcknowledged(e);
      default -> {}
    }
  }

  private void onRaised(PlantEvent e) {
    if (e.key() == PlantEvent.NONE) {
      count(e);
      return;
    }
    AlarmHistory alarm = history(e);
    if (!alarm.wasRaised(e.atNs())) {
      count(e);
      change(e, alarm, true);
      acknowledging.begin(e.asset(), e.key(), e.atNs(), e.receivedNs());
    }
    keep(alarm, e);
  }

  private void onCleared(PlantEvent e) {
    if (e.key() == PlantEvent.NONE) {
      return;
    }
    AlarmHistory alarm = history(e);
    if (!alarm.wasCleared(e.atNs())) {
      change(e, alarm, false);
      lapse(e, alarm.activeSinceNs());
    }
    keep(alarm, e);
  }

  private void onAcknowledged(PlantEvent e) {
    if (e.key() != PlantEvent.NONE) {
      acknowledging.end(
          e.asset(), e.key(), Episode.End.DONE, ACKNOWLEDGED, e.atNs(), e.receivedNs());
    }
  }

  /** A clear ends what waited. The alarm may be active again since: then that waits from now on. */
  private void lapse(PlantEvent e, long activeNs) {
    if (activeNs == e.atNs() && acknowledging.openSinceNs(e.asset(), e.key()) == activeNs) {
      return; // of the activation before the one that waits
    }
    boolean lapses =
        acknowledging.end(
            e.asset(), e.key(), Episode.End.LAPSED, CLEARED, e.atNs(), e.receivedNs());
    if (lapses && activeNs != AlarmHistory.NONE) {
      acknowledging.begin(e.asset(), e.key(), activeNs, e.receivedNs());
    }
  }

  private void count(PlantEvent e) {
    int position = positions.of(e.asset());
    if (position == Positions.NONE) {
      rate.add(e.asset(), AlarmRate.WITHOUT_POSITION, e.atNs(), 1);
      return;
    }
    positions.reports(position);
    if (positions.isExcluded(e.asset(), e.atNs())) {
      rate.add(e.asset(), AlarmRate.EXCLUDED, e.atNs(), 1);
      return;
    }
    rate.add(e.asset(), AlarmRate.ALARMS, e.atNs(), 1);
    floods.onAlarm(position, e.atNs());
  }

  /** What was found in the history before and is not any more, and the other way round, counts. */
  private void change(PlantEvent e, AlarmHistory alarm, boolean raised) {
    alarm.makeRoom();
    long activeNs = alarm.activeSinceNs();
    long[] chattering = alarm.chattering();
    long[] fleeting = alarm.fleeting();
    if (raised) {
      alarm.raise(e.atNs());
    } else {
      alarm.clear(e.atNs());
    }
    difference(e.asset(), AlarmRate.CHATTERING, chattering, alarm.chattering());
    difference(e.asset(), AlarmRate.FLEETING, fleeting, alarm.fleeting());
    if (activeNs != AlarmHistory.NONE && alarm.activeSinceNs() != activeNs) {
      StaleAlarms.takeBack(windows, stale, e.asset(), activeNs, e.atNs());
    }
  }

  private void difference(int asset, int kind, long[] before, long[] after) {
    for (long ns : before) {
      addUnless(after, ns, asset, kind, -1);
    }
    for (long ns : after) {
      addUnless(before, ns, asset, kind, 1);
    }
  }

  private void addUnless(long[] others, long ns, int asset, int kind, int amount) {
    if (Arrays.binarySearch(others, ns) < 0
        && positions.of(asset) != Positions.NONE
        && !positions.isExcluded(asset, ns)) {
      rate.add(asset, kind, ns, amount);
    }
  }

  /** The alarm's history, which is in neither map until it is kept. */
  private AlarmHistory history(PlantEvent e) {
    Id id = new Id(paths.get(e.asset()), e.key());
    AlarmHistory known = active.remove(id);
    if (known == null) {
      known = inactive.remove(id);
    }
    return known == null ? new AlarmHistory(id.subject, id.key) : known;
  }

  private void keep(AlarmHistory alarm, PlantEvent e) {
    alarm.heardNs = e.receivedNs();
    staleAtNs = AlarmHistory.NONE;
    forget(inactive, e.receivedNs() - KEPT_NS);
    if (active.size() + inactive.size() >= MAX) {
      if (inactive.isEmpty()) {
        Iterator<AlarmHistory> oldest = active.values().iterator();
        oldest.next();
        oldest.remove();
        stale.add(e.asset(), StaleAlarms.FORGOTTEN, e.atNs(), 1);
      } else {
        Iterator<AlarmHistory> oldest = inactive.values().iterator();
        oldest.next();
        oldest.remove();
      }
    }
    Map<Id, AlarmHistory> where = alarm.activeSinceNs() == AlarmHistory.NONE ? inactive : active;
    where.put(new Id(alarm.subject, alarm.key), alarm);
  }

  private static void forget(Map<Id, AlarmHistory> alarms, long heardBeforeNs) {
    Iterator<AlarmHistory> oldest = alarms.values().iterator();
    while (oldest.hasNext() && oldest.next().heardNs < heardBeforeNs) {
      oldest.remove();
    }
  }

  @Override
  public void onTime(int asset, long fromNs, long toNs) {
    acknowledging.settle(asset, toNs);
    if (!positions.isPosition(asset)) {
      return;
    }
    for (long second = fromNs; second < toNs; second += SECOND_NS) {
      boolean excluded = positions.isExcluded(asset, second);
      boolean observed = !excluded && positions.isObserved(asset, second);
      if (!excluded && positions.isReporting(asset)) {
        int kind = observed ? AlarmRate.POSITION_SECONDS : AlarmRate.UNOBSERVED_SECONDS;
        rate.add(asset, kind, second, 1);
      }
      floods.onSecond(asset, second, observed);
    }
  }

  @Override
  public void onClose(int asset, long startNs, long endNs) {
    if (positions.isPosition(asset) && positions.isReporting(asset)) {
      stale.add(asset, StaleAlarms.WINDOWS, endNs - 1, 1);
    }
    if (staleAtNs != endNs) {
      findStale(endNs);
    }
    if (staleNow[asset] > 0) {
      stale.add(asset, StaleAlarms.STALE, endNs - 1, staleNow[asset]);
    }
  }

  private void findStale(long endNs) {
    Arrays.fill(staleNow, 0);
    for (AlarmHistory alarm : active.values()) {
      addIfStale(alarm, endNs);
    }
    for (AlarmHistory alarm : inactive.values()) {
      addIfStale(alarm, endNs); // it may have been cleared after the window's end
    }
    staleAtNs = endNs;
  }

  private void addIfStale(AlarmHistory alarm, long atNs) {
    if (alarm.wasLongActive(atNs, StaleAlarms.STALE_NS)) {
      int asset = assetByPath.getOrDefault(alarm.subject, -1);
      if (asset >= 0) {
        staleNow[asset]++;
      }
    }
  }

  @Override
  public void write(Snapshot.Writer out) {
    positions.write(out);
    floods.write(out);
    acknowledging.write(out);
    write(out, active);
    write(out, inactive);
  }

  private static void write(Snapshot.Writer out, Map<Id, AlarmHistory> alarms) {
    out.putVarint(alarms.size());
    alarms.values().forEach(alarm -> alarm.write(out));
  }

  @Override
  public void read(Snapshot.Reader in) {
    positions.read(in);
    floods.read(in);
    acknowledging.read(in);
    read(in, active);
    read(in, inactive);
  }

  private static void read(Snapshot.Reader in, Map<Id, AlarmHistory> alarms) {
    long n = in.getVarint();
    for (long i = 0; i < n; i++) {
      AlarmHistory alarm = AlarmHistory.read(in);
      alarms.put(new Id(alarm.subject, alarm.key), alarm);
    }
  }

  /** Alarms of an asset that is gone are kept like others: it may come back. */
  @Override
  public void takeOver(Meter old, Heirs heirs) {
    Alarms other = (Alarms) old;
    positions.takeOver(other.positions, heirs);
    floods.takeOver(other.floods, heirs);
    acknowledging.takeOver(other.acknowledging, heirs);
    active.putAll(other.active);
    inactive.putAll(other.inactive);
  }
}
