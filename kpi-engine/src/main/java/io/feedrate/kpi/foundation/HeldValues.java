package io.feedrate.kpi.foundation;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Sample;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.SignalMode;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.exclusion.Exclusions;
import io.feedrate.kpi.link.LinkTimelines;
import io.feedrate.kpi.meter.Heirs;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.collections.IntArrayList;

/**
 * Accounts each signal's time once, as the watermark of its asset passes, to {@link
 * UpdateFrequency} and {@link GoodQuality}: how old its newest value was, and what the value that
 * it held was worth. Values come in through {@link Runs}; what is late for the watermark changes
 * nothing of the time before it. Of a signal that a register removes, the time within the lateness
 * is not accounted.
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
  private final int[] assetOf;
  private final int[] linkOf;
  private final boolean[] periodic;
  private final boolean[] onChange;
  private final int[][] signalsOfAsset;
  private final int[][] signalsOfLink;
  private final long[] beginNs;
  private final long[] accountedNs;
  private final long[] passedNs;

  public HeldValues(Setting setting) {
    register = setting.register();
    links = setting.links();
    exclusions = setting.exclusions();
    frequency = new UpdateFrequency(setting);
    quality = new GoodQuality(setting);
    List<Signal> signals = register.signals();
    runs = new Runs(signals);
    assetOf = signals.stream().mapToInt(Signal::asset).toArray();
    linkOf = signals.stream().mapToInt(Signal::link).toArray();
    periodic = new boolean[assetOf.length];
    onChange = new boolean[assetOf.length];
    for (Signal s : signals) {
      periodic[s.id()] = s.mode() == SignalMode.PERIODIC;
      onChange[s.id()] = s.mode() == SignalMode.ON_CHANGE;
    }
    signalsOfAsset = required(signals, assetOf, register.assets().size());
    signalsOfLink = required(signals, linkOf, register.links().size());
    beginNs = new long[register.assets().size()];
    accountedNs = new long[register.assets().size()];
    Arrays.fill(beginNs, Sample.NO_TIME);
    passedNs = new long[register.assets().size()];
    Arrays.fill(accountedNs, Sample.NO_TIME);
    Arrays.fill(passedNs, Sample.NO_TIME);
  }

  private static int[][] required(List<Signal> signals, int[] of, int groups) {
    List<IntArrayList> lists = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      lists.add(new IntArrayList());
    }
    for (Signal s : signals) {
      if (s.mode() != SignalMode.EVENT) {
        lists.get(of[s.id()]).addInt(s.id());
      }
    }
    return lists.stream().map(IntArrayList::toIntArray).toArray(int[][]::new);
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
    long untilNs = accountedNs[assetOf[signal]];
    if (periodic[signal] && runs.newestNs(signal) < timeNs && timeNs < untilNs) {
      gapEnds(signal, runs.last(signal), timeNs); // its time is over, so nothing else will tell
    }
    runs.change(signal, timeNs, worth, untilNs, (flags & Sample.HISTORICAL) == 0);
  }

  /** A new session vouches for nothing of the old one; lost messages may have told of a change. */
  @Override
  public void onLink(int link, LinkEvent event, long nowNs) {
    boolean lost = event == LinkEvent.GAP && links.isConnected(link);
    if (event == LinkEvent.UP || lost) {
      for (int signal : signalsOfLink[link]) {
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
    for (int signal : signalsOfAsset[asset]) {
      if (linkOf[signal] != link) {
        link = linkOf[signal];
        alive = links.worst(link, fromNs, toNs) == LinkTimelines.UP && links.provenNs(link) >= toNs;
      }
      if (alive && runs.isSteady(signal, fromNs, toNs) && !isEverExcluded(signal)) {
        if (runs.worth(signal) == Runs.GOOD) {
          good++;
        } else {
          quality.held(runs.worth(signal), ms);
        }
        current += periodic[signal] ? 1 : 0;
      } else {
        account(signal, fromNs, toNs);
      }
    }
    quality.held(Runs.GOOD, good * ms);
    frequency.current(current * ms);
    frequency.count(asset, fromNs);
    quality.count(asset, fromNs);
  }

  private boolean isEverExcluded(int signal) {
    return exclusions.hasAny() && exclusions.hasAny(signal);
  }

  private void account(int signal, long fromNs, long toNs) {
    int last = runs.last(signal);
    for (int run = 0; run <= last; run++) {
      long nextNs = run == last ? Long.MAX_VALUE : runs.sinceNs(signal, run + 1);
      long startNs = Math.max(fromNs, runs.sinceNs(signal, run));
      long endNs = Math.min(toNs, nextNs);
      if (startNs < endNs) {
        hold(signal, run, startNs, endNs);
      }
      if (periodic[signal]
          && fromNs <= nextNs
          && nextNs < toNs
          && runs.worth(signal, run + 1) != Runs.UNKNOWN) {
        gapEnds(signal, run, nextNs);
      }
    }
    runs.forget(signal, toNs);
  }

  /** One run holds for a stretch of time. */
  private void hold(int signal, int run, long fromNs, long toNs) {
    boolean excludable = isEverExcluded(signal);
    long staleNs = staleNs(signal, run);
    long atNs = fromNs;
    while (atNs < toNs) {
      long scopeNs = excludable ? exclusions.excludedUntilNs(signal, atNs) : atNs;
      if (scopeNs > atNs) {
        long endNs = Math.min(scopeNs, toNs);
        quality.excluded(ms(atNs, endNs));
        if (periodic[signal]) {
          frequency.excluded(ms(atNs, endNs));
        }
        atNs = endNs;
      } else {
        long endNs = Math.min(toNs, excludable ? exclusions.nextExclusionNs(signal, atNs) : toNs);
        if (periodic[signal]) {
          long freshNs = Math.max(atNs, Math.min(endNs, staleNs));
          frequency.current(ms(atNs, freshNs));
          frequency.stale(ms(freshNs, endNs));
        }
        know(linkOf[signal], runs.worth(signal, run), atNs, endNs);
        atNs = endNs;
      }
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

  /** From when on the newest value of a run is too old. */
  private long staleNs(int signal, int run) {
    long newestNs = runs.newestNs(signal, run);
    if (newestNs == Sample.NO_TIME || !isEverExcluded(signal)) {
      return newestNs + runs.ageNs(signal); // without a value long ago
    }
    long leftNs = runs.ageNs(signal);
    long atNs = newestNs;
    while (true) {
      atNs = exclusions.excludedUntilNs(signal, atNs);
      long nextNs = exclusions.nextExclusionNs(signal, atNs);
      if (nextNs - atNs >= leftNs) {
        return atNs + leftNs;
      }
      leftNs -= nextNs - atNs;
      atNs = nextNs;
    }
  }

  /** A value ends the time without one that began with the newest of a run. */
  private void gapEnds(int signal, int run, long atNs) {
    long gapNs = gapNs(signal, run, atNs);
    if (gapNs > runs.ageNs(signal)) {
      frequency.gap(assetOf[signal], atNs, gapNs);
    }
  }

  /** For how long in scope there was no value after a run's newest. */
  private long gapNs(int signal, int run, long untilNs) {
    long newestNs = runs.newestNs(signal, run);
    long atNs =
        newestNs == Sample.NO_TIME
            ? Math.max(beginNs[assetOf[signal]], runs.sinceNs(signal, run))
            : newestNs;
    if (!isEverExcluded(signal)) {
      return untilNs - atNs;
    }
    long gapNs = 0;
    while (atNs < untilNs) {
      atNs = exclusions.excludedUntilNs(signal, atNs);
      long endNs = Math.min(untilNs, exclusions.nextExclusionNs(signal, atNs));
      gapNs += Math.max(0, endNs - atNs);
      atNs = Math.max(atNs, endNs);
    }
    return gapNs;
  }

  /** Gaps that are open at the end of a window count in it as long as they are by then. */
  @Override
  public void onClose(int asset, long startNs, long endNs) {
    account(asset);
    for (int signal : signalsOfAsset[asset]) {
      int run = runs.last(signal);
      while (run > 0 && runs.sinceNs(signal, run) >= endNs) {
        run--;
      }
      if (periodic[signal]
          && runs.sinceNs(signal, run) < endNs
          && staleNs(signal, run) < endNs
          && (!isEverExcluded(signal) || !isExcluded(signal, endNs - 1))) {
        gapEnds(signal, run, endNs - 1);
      }
    }
  }

  private boolean isExcluded(int signal, long atNs) {
    return exclusions.excludedUntilNs(signal, atNs) > atNs;
  }

  @Override
  public void write(Snapshot.Writer out) {
    out.putLongs(beginNs);
    out.putLongs(accountedNs);
    out.putLongs(passedNs);
    runs.write(out);
  }

  @Override
  public void read(Snapshot.Reader in) {
    in.getLongs(beginNs);
    in.getLongs(accountedNs);
    in.getLongs(passedNs);
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
    for (int s = 0; s < assetOf.length; s++) {
      int from = heirs.oldSignal()[s];
      if (from >= 0) {
        runs.copyFrom(o.runs, from, s);
      }
      if (from < 0 || o.runs.isUnrequired(from)) {
        runs.beginAt(s, heirs.nowNs());
      }
    }
  }
}
