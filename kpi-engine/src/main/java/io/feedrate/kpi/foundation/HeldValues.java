package io.feedrate.kpi.foundation;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Sample;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.SignalIndex;
import io.feedrate.kpi.SignalMode;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.exclusion.Exclusions;
import io.feedrate.kpi.link.LinkTimelines;
import io.feedrate.kpi.meter.Heirs;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import java.util.Arrays;

/**
 * Accounts each signal's time once, as the watermark of its asset passes, to {@link
 * UpdateFrequency} and {@link GoodQuality}: how old its newest value was, and what the value that
 * it held was worth. Values come in through {@link Runs}. What is late for the watermark changes
 * nothing of the time before it, be it a value or an exclusion. Of a signal that a register
 * removes, the time within the lateness is not accounted.
 *
 * <p>Time is counted in whole milliseconds of the UTC epoch: a millisecond belongs to what held at
 * its end, so the counts of any interval add up to it exactly.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 in steady state. <b>Cost</b>: a compare and
 * a store per sample that goes on as before, a few compares per signal and stretch of time.
 */
public final class HeldValues implements Meter.Timed, Meter.Sampled {
  private static final long MS_NS = 1_000_000;

  /**
   * Time is accounted in stretches of so much, unless a window ends: less work than each second.
   */
  private static final long STRETCH_NS = 8_000_000_000L;

  private final Register register;
  private final LinkTimelines links;
  private final Exclusions exclusions;
  private final UpdateFrequency frequency;
  private final GoodQuality quality;
  private final Runs runs;
  private final boolean[] periodic;
  private final boolean[] onChange;
  private final SignalIndex signals;
  private final long[] beginNs;
  private final long[] accountedNs;
  private final long[] passedNs;

  /**
   * Time out of scope between a signal's newest value and what is accounted; empty while there was
   * none.
   */
  private long[] bridgedNs = {};

  public HeldValues(Setting setting) {
    register = setting.register();
    links = setting.links();
    exclusions = setting.exclusions();
    frequency = new UpdateFrequency(setting);
    quality = new GoodQuality(setting);
    signals = setting.signals();
    runs = new Runs(register.signals());
    periodic = new boolean[signals.size()];
    onChange = new boolean[signals.size()];
    for (Signal s : register.signals()) {
      periodic[s.id()] = s.mode() == SignalMode.PERIODIC;
      onChange[s.id()] = s.mode() == SignalMode.ON_CHANGE;
    }
    beginNs = new long[register.assets().size()];
    accountedNs = new long[register.assets().size()];
    Arrays.fill(beginNs, Sample.NO_TIME);
    passedNs = new long[register.assets().size()];

    Arrays.fill(accountedNs, Sample.NO_TIME);
    Arrays.fill(passedNs, Sample.NO_TIME);
  }

  @Override
  public void onSample(
      int signal, long timeNs, long receivedNs, int status, int flags, boolean repeated) {
    int worth = (flags & Sample.INVALID) != 0 ? Runs.BAD : Math.min(status >>> 30, Runs.BAD);
    if (!runs.extend(signal, timeNs, worth)) {
      change(signal, timeNs, worth, flags);
    }
  }

  private void change(int signal, long timeNs, int worth, int flags) {
    long untilNs = accountedNs[signals.asset(signal)];
    if (periodic[signal] && runs.newestNs(signal) < timeNs && timeNs < untilNs) {
      int run = runs.last(signal);
      gapEnds(signal, run, newestNs(signal, run), timeNs); // of time that is over nobody else tells
    }
    runs.change(signal, timeNs, worth, untilNs, (flags & Sample.HISTORICAL) == 0);
  }

  /** A new session vouches for nothing of the old one; lost messages may have told of a change. */
  @Override
  public void onLink(int link, LinkEvent event, long nowNs) {
    boolean lost = event == LinkEvent.GAP && links.isConnected(link);
    if (event == LinkEvent.UP || lost) {
      for (int signal : signals.ofLink(link)) {
        if (!lost || onChange[signal]) {
          runs.doubt(signal, nowNs);
        }
      }
    }
  }

  @Override
  public void onTime(int asset, long fromNs, long toNs) {
    if (beginNs[asset] == Sample.NO_TIME) {
      beginNs[asset] = fromNs;
      accountedNs[asset] = fromNs;
    }
    passedNs[asset] = toNs;
    if (toNs - accountedNs[asset] >= STRETCH_NS) {
      account(asset);
    }
  }

  /** The register ends: signals may be gone in the next. */
  @Override
  public void onRegisterEnd() {
    for (int asset = 0; asset < passedNs.length; asset++) {
      account(asset);
    }
  }

  /** Accounts the time that has passed, which lies in one window. */
  private void account(int asset) {
    long fromNs = accountedNs[asset];
    long toNs = passedNs[asset];
    if (fromNs >= toNs) {
      return;
    }
    accountedNs[asset] = toNs;
    long ms = (toNs - fromNs) / MS_NS;
    long good = 0;
    long current = 0;
    int link = Asset.NO_LINK;
    boolean alive = false;
    boolean inScope = !exclusions.isAnyWithin(fromNs, toNs);
    for (int signal : signals.ofAsset(asset)) {
      if (!periodic[signal] && !onChange[signal]) {
        continue; // it brings events and holds no value
      }
      if (signals.link(signal) != link) {
        link = signals.link(signal);
        alive = links.worst(link, fromNs, toNs) == LinkTimelines.UP && links.provenNs(link) >= toNs;
      }
      if (!alive || !inScope || bridgedNs(signal) != 0) {
        account(signal, fromNs, toNs);
      } else if (runs.isSteady(signal, fromNs, toNs)) {
        if (runs.worth(signal) == Runs.GOOD) {
          good++;
        } else {
          quality.held(runs.worth(signal), ms);
        }
        current += periodic[signal] ? 1 : 0;
      } else {
        accountUndisturbed(signal, fromNs, toNs);
      }
    }
    quality.held(Runs.GOOD, good * ms);
    frequency.current(current * ms);
    frequency.count(asset, fromNs);
    quality.count(asset, fromNs);
  }

  /** The same as {@link #account(int, long, long)} where the link is alive and all is in scope. */
  private void accountUndisturbed(int signal, long fromNs, long toNs) {
    int last = runs.last(signal);
    long ageNs = runs.ageNs(signal);
    for (int run = 0; run <= last; run++) {
      long nextNs = run == last ? Long.MAX_VALUE : runs.sinceNs(signal, run + 1);
      long startNs = Math.max(fromNs, runs.sinceNs(signal, run));
      long endNs = Math.min(toNs, nextNs);
      if (startNs < endNs) {
        quality.held(runs.worth(signal, run), ms(startNs, endNs));
      }
      if (periodic[signal]) {
        long newestNs = runs.newestNs(signal, run);
        if (startNs < endNs) {
          long staleNs = newestNs == Sample.NO_TIME ? startNs : newestNs + ageNs;
          long freshNs = Math.max(startNs, Math.min(endNs, staleNs));
          frequency.current(ms(startNs, freshNs));
          frequency.stale(ms(freshNs, endNs));
        }
        if (fromNs <= nextNs && nextNs < toNs && runs.worth(signal, run + 1) != Runs.UNKNOWN) {
          gapEnds(signal, run, fromNs, nextNs);
        }
      }
    }
    runs.forget(signal, toNs);
  }

  private void account(int signal, long fromNs, long toNs) {
    int last = runs.last(signal);
    for (int run = 0; run <= last; run++) {
      long nextNs = run == last ? Long.MAX_VALUE : runs.sinceNs(signal, run + 1);
      long startNs = Math.max(fromNs, runs.sinceNs(signal, run));
      long endNs = Math.min(toNs, nextNs);
      if (startNs < endNs) {
        hold(signal, run, fromNs, startNs, endNs);
      }
      if (periodic[signal]
          && fromNs <= nextNs
          && nextNs < toNs
          && runs.worth(signal, run + 1) != Runs.UNKNOWN) {
        gapEnds(signal, run, fromNs, nextNs);
      }
    }
    if (periodic[signal]) {
      bridge(signal, fromNs, toNs);
    }
    runs.forget(signal, toNs);
  }

  /** One run holds for a part of a stretch that begins at {@code stretchNs}. */
  private void hold(int signal, int run, long stretchNs, long fromNs, long toNs) {
    long staleNs = staleNs(signal, run, stretchNs);
    long atNs = fromNs;
    while (atNs < toNs) {
      long scopeNs = Math.min(toNs, exclusions.untilNs(signal, atNs));
      quality.excluded(ms(atNs, scopeNs));
      long endNs = Math.min(toNs, exclusions.nextNs(signal, scopeNs));
      know(signals.link(signal), runs.worth(signal, run), scopeNs, endNs);
      if (periodic[signal]) {
        long freshNs = Math.max(scopeNs, Math.min(endNs, staleNs));
        frequency.excluded(ms(atNs, scopeNs));
        frequency.current(ms(scopeNs, freshNs));
        frequency.stale(ms(freshNs, endNs));
      }
      atNs = endNs;
    }
  }

  /** A value of this worth is held over a link, which knows of it only while it is up. */
  private void know(int link, int worth, long fromNs, long toNs) {
    long provenNs = links.provenNs(link);
    long atNs = fromNs;
    while (atNs < toNs) {
      long endNs = Math.min(toNs, links.uniformUntilNs(link, atNs));
      boolean up = links.worst(link, atNs, atNs + 1) <= LinkTimelines.BRIDGED && atNs < provenNs;
      if (up) {
        endNs = Math.min(endNs, provenNs);
      }
      quality.held(up ? worth : Runs.UNKNOWN, ms(atNs, endNs));
      atNs = endNs;
    }
  }

  private static long ms(long fromNs, long toNs) {
    return Math.floorDiv(toNs, MS_NS) - Math.floorDiv(fromNs, MS_NS);
  }

  /** From when on the newest value of a run is too old; long ago, if it is before the stretch. */
  private long staleNs(int signal, int run, long stretchNs) {
    long newestNs = runs.newestNs(signal, run);
    if (newestNs == Sample.NO_TIME || !periodic[signal]) {
      return newestNs;
    }
    long atNs = Math.max(newestNs, stretchNs);
    long leftNs = runs.ageNs(signal) - withoutValueNs(signal, newestNs, stretchNs, atNs);
    while (leftNs > 0) {
      atNs = exclusions.untilNs(signal, atNs);
      long scopeNs = Math.min(leftNs, exclusions.nextNs(signal, atNs) - atNs);
      leftNs -= scopeNs;
      atNs += scopeNs;
    }
    return leftNs < 0 ? Sample.NO_TIME : atNs;
  }

  /** Since when a run, or what is before its first value, is without a value. */
  private long newestNs(int signal, int run) {
    long newestNs = runs.newestNs(signal, run);
    return newestNs == Sample.NO_TIME
        ? Math.max(beginNs[signals.asset(signal)], runs.sinceNs(signal, run))
        : newestNs;
  }

  /**
   * Time in scope from a signal's newest value on, of which what is before the stretch is known.
   */
  private long withoutValueNs(int signal, long newestNs, long stretchNs, long untilNs) {
    long beforeNs = newestNs < stretchNs ? stretchNs - newestNs - bridgedNs(signal) : 0;
    long atNs = Math.max(newestNs, stretchNs);
    return beforeNs + untilNs - atNs - excludedNs(signal, atNs, untilNs);
  }

  private long excludedNs(int signal, long fromNs, long toNs) {
    long sumNs = 0;
    for (long atNs = exclusions.nextNs(signal, fromNs); atNs < toNs; ) {
      long untilNs = Math.min(toNs, exclusions.untilNs(signal, atNs));
      sumNs += untilNs - atNs;
      atNs = exclusions.nextNs(signal, untilNs);
    }
    return sumNs;
  }

  /**
   * Remembers what was out of scope since the newest value: the exclusions themselves are forgotten
   * before a long gap ends.
   */
  private void bridge(int signal, long fromNs, long toNs) {
    long newestNs = newestNs(signal, runBefore(signal, toNs));
    long beforeNs = newestNs < fromNs ? bridgedNs(signal) : 0;
    setBridged(signal, beforeNs + excludedNs(signal, Math.max(newestNs, fromNs), toNs));
  }

  private long bridgedNs(int signal) {
    return bridgedNs.length == 0 ? 0 : bridgedNs[signal];
  }

  private void setBridged(int signal, long ns) {
    if (bridgedNs.length == 0 && ns != 0) {
      bridgedNs = new long[signals.size()];
    }
    if (bridgedNs.length > 0) {
      bridgedNs[signal] = ns;
    }
  }

  private int runBefore(int signal, long ns) {
    int run = runs.last(signal);
    while (run > 0 && runs.sinceNs(signal, run) >= ns) {
      run--;
    }
    return run;
  }

  /** A value, or the end of a window, ends the time without one after a run's newest. */
  private void gapEnds(int signal, int run, long stretchNs, long atNs) {
    long gapNs = withoutValueNs(signal, newestNs(signal, run), stretchNs, atNs);
    if (gapNs > runs.ageNs(signal)) {
      frequency.gap(signals.asset(signal), atNs, gapNs);
    }
  }

  /** Gaps that are open at the end of a window count in it as long as they are by then. */
  @Override
  public void onClose(int asset, long startNs, long endNs) {
    account(asset);
    for (int signal : signals.ofAsset(asset)) {
      long lastNs = endNs - 1;
      int run = runBefore(signal, endNs);
      if (periodic[signal]
          && runs.sinceNs(signal, run) < endNs
          && newestNs(signal, run) < lastNs
          && exclusions.nextNs(signal, lastNs) > lastNs) {
        gapEnds(signal, run, Math.min(lastNs, accountedNs[asset]), lastNs);
      }
    }
  }

  @Override
  public void write(Snapshot.Writer out) {
    out.putLongs(beginNs);
    out.putLongs(accountedNs);
    out.putLongs(passedNs);
    for (int s = 0; s < signals.size(); s++) {
      out.putVarint(bridgedNs(s));
    }
    runs.write(out);
  }

  @Override
  public void read(Snapshot.Reader in) {
    in.getLongs(beginNs);
    in.getLongs(accountedNs);
    in.getLongs(passedNs);
    for (int s = 0; s < signals.size(); s++) {
      setBridged(s, in.getVarint());
    }
    runs.read(in);
  }

  @Override
  public void takeOver(Meter old, Heirs heirs) {
    HeldValues o = (HeldValues) old;
    for (int a = 0; a < beginNs.length; a++) {
      if (heirs.oldAsset()[a] >= 0) {
        beginNs[a] = o.beginNs[heirs.oldAsset()[a]];
        accountedNs[a] = o.accountedNs[heirs.oldAsset()[a]];
        passedNs[a] = o.passedNs[heirs.oldAsset()[a]];
      }
    }
    for (int s = 0; s < signals.size(); s++) {
      int from = heirs.oldSignal()[s];
      if (from >= 0) {
        runs.copyFrom(o.runs, from, s);
        setBridged(s, o.bridgedNs(from));
      }
      if (from < 0 || o.runs.isUnrequired(from)) {
        runs.beginAt(s, heirs.nowNs());
      }
    }
  }
}
