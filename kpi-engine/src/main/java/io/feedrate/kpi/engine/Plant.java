package io.feedrate.kpi.engine;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Names;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.ResultListener;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.SignalIndex;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.UpdateOutcome;
import io.feedrate.kpi.episode.Episodes;
import io.feedrate.kpi.exclusion.Exclusions;
import io.feedrate.kpi.exclusion.SwitchedOff;
import io.feedrate.kpi.link.LinkTimelines;
import io.feedrate.kpi.meter.Heirs;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.rollout.Rollouts;
import io.feedrate.kpi.slot.Readings;
import io.feedrate.kpi.slot.SlotTracker;
import io.feedrate.kpi.window.Histograms;
import io.feedrate.kpi.window.Subjects;
import io.feedrate.kpi.window.Windows;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.HdrHistogram.Histogram;
import org.agrona.collections.Int2IntHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All state that is laid out by one register: slots, links, windows and meters, and how time passes
 * for them.
 *
 * <p><b>Thread</b>: the engine's. A window [start, end) holds the slots that end in (start, end]
 * and the events in [start, end).
 */
final class Plant implements Rollouts.Judge, Readings {
  private static final int MARKER = 0x504c414e;
  private static final long SECOND_NS = 1_000_000_000L;
  private static final int NO_ASSET = -1;

  /** For how long meters may leave time uncounted that has passed: links are known so far back. */
  private static final long HINDSIGHT_NS = 10 * SECOND_NS;

  private final Register register;
  private final ResultListener listener;
  private final Names names;
  private final Rollouts rollouts;
  private final LinkTimelines links;
  private final Exclusions exclusions;
  private final SwitchedOff switchedOff;
  private final Windows windows;
  private final Windows signalWindows;
  private final SlotTracker slots;
  private final Meter[] meters;
  private final Meter.Timed[] timed;
  private final Map<String, Integer> assetByPath = new HashMap<>();
  private final Int2IntHashMap assetByName = new Int2IntHashMap(NO_ASSET - 1);
  private final long hindsightNs;
  private final long[] timedNs;
  private long lastAdvanceNs;

  Plant(
      Register register,
      List<Family> families,
      ResultListener listener,
      Names names,
      Rollouts rollouts,
      Episodes episodes,
      long fromNs) {
    this.register = register;
    this.listener = listener;
    this.names = names;
    this.rollouts = rollouts;
    links = new LinkTimelines(register.links().size());
    windows = windows(Subjects.assets(register), register.windowNs(), fromNs, true);
    signalWindows = windows(Subjects.signals(register), register.signalWindowNs(), fromNs, false);
    exclusions = new Exclusions(register);
    SignalIndex index = new SignalIndex(register);
    slots =
        new SlotTracker(register, index, links, exclusions, windows, signalWindows, this, fromNs);
    Setting setting =
        new Setting(register, index, windows, signalWindows, links, exclusions, episodes, names);
    meters =
        families.stream()
            .flatMap(family -> family.meter().stream())
            .map(make -> make.apply(setting))
            .toArray(Meter[]::new);
    timed =
        Arrays.stream(meters)
            .filter(Meter.Timed.class::isInstance)
            .map(Meter.Timed.class::cast)
            .toArray(Meter.Timed[]::new);
    slots.tellTo(
        Arrays.stream(meters)
            .filter(Meter.Sampled.class::isInstance)
            .map(Meter.Sampled.class::cast)
            .toList());
    timedNs = new long[register.assets().size()];
    Arrays.fill(timedNs, -Math.floorDiv(-fromNs, SECOND_NS) * SECOND_NS);
    lastAdvanceNs = fromNs;
    hindsightNs =
        register.signals().stream().mapToLong(Signal::periodNs).reduce(HINDSIGHT_NS, Math::max);
    register.assets().forEach(a -> assetByPath.put(a.path(), a.id()));
    switchedOff =
        new SwitchedOff(
            register,
            links,
            new OutOfScope(register, exclusions, slots, meters, listener, hindsightNs));
  }

  private Windows windows(Subjects subjects, long windowNs, long fromNs, boolean withCalendar) {
    return new Windows(
        subjects,
        windowNs,
        register.rules().revisableNs(),
        Math.floorDiv(fromNs, windowNs) * windowNs,
        withCalendar ? Optional.of(register.rules().calendar()) : Optional.empty(),
        this::report);
  }

  Register register() {
    return register;
  }

  LinkTimelines links() {
    return links;
  }

  SlotTracker slots() {
    return slots;
  }

  /** An interval of a subject is out of scope: from now on, and where it can be revised before. */
  void exclude(String subject, long fromNs, long toNs) {
    if (exclusions.add(subject, fromNs, toNs)) {
      slots.onExclusion(subject, fromNs, toNs);
      for (Meter meter : meters) {
        meter.onExclusion(subject, fromNs, toNs);
      }
    }
  }

  /** An interval of a subject that was entered is in scope again from a time on. */
  void include(String subject, long fromNs, long toNs, long atNs) {
    exclusions.withdraw(subject, fromNs, toNs, atNs);
  }

  /** What machines say of themselves. */
  SwitchedOff switchedOff() {
    return switchedOff;
  }

  /** All meters; not to be changed. */
  Meter[] meters() {
    return meters;
  }

  /** Counts that came too late for any window. */
  long beyond() {
    return windows.beyond() + signalWindows.beyond();
  }

  long total(Kpi kpi, int asset, int kind) {
    return windows.total(kpi.id(), asset, kind);
  }

  long lastAdvanceNs() {
    return lastAdvanceNs;
  }

  /** The asset that a node's name means, looked up once per name; negative if there is none. */
  @Override
  public int assetOf(int node) {
    int asset = assetByName.get(node);
    if (asset == NO_ASSET - 1) {
      asset = assetByPath.getOrDefault(names.name(node), NO_ASSET);
      assetByName.put(node, asset);
    }
    return asset;
  }

  @Override
  public long deadlineNs() {
    return register.modelUpdateDeadlineNs();
  }

  @Override
  public long soakNs() {
    return register.rules().soakNs();
  }

  @Override
  public void onOutcome(int asset, UpdateOutcome outcome, long atNs, int change) {
    for (Meter meter : meters) {
      meter.onUpdateOutcome(asset, outcome, atNs, change);
    }
  }

  @Override
  public void onJudged(int asset, boolean onTime, long atNs) {
    for (Meter meter : meters) {
      meter.onUpdateJudged(asset, onTime, atNs);
    }
  }

  @Override
  public void onUpdate(int node, ModelUpdate update, long receivedNs) {
    int asset = assetOf(node);
    for (Meter meter : meters) {
      meter.onModelUpdate(asset, update, receivedNs);
    }
  }

  @Override
  public void onValue(Signal signal, double value, long atNs, long receivedNs) {
    switchedOff.onValue(signal, value, atNs, receivedNs);
    for (Meter meter : meters) {
      meter.onValue(signal, value, atNs, receivedNs);
    }
  }

  @Override
  public void onAgain(Signal signal, long receivedNs) {
    switchedOff.onAgain(signal, receivedNs);
    for (Meter meter : meters) {
      meter.onAgain(signal, receivedNs);
    }
  }

  @Override
  public void onUnusable(Signal signal, long atNs, long receivedNs) {
    switchedOff.onUnusable(signal, atNs);
    for (Meter meter : meters) {
      meter.onUnusable(signal, atNs, receivedNs);
    }
  }

  /** Time passes, a window at a time: a long downtime must not open all of its windows at once. */
  void advance(long nowNs) {
    advance(nowNs, Long.MAX_VALUE);
  }

  private void advance(long nowNs, long atMostNs) {
    long windowNs = register.windowNs();
    long stepNs = (Math.floorDiv(lastAdvanceNs, windowNs) + 1) * windowNs;
    for (; stepNs < nowNs; stepNs += windowNs) {
      step(stepNs, atMostNs);
    }
    step(nowNs, atMostNs);
  }

  private void step(long nowNs, long atMostNs) {
    exclusions.pass(hindsightNs(), nowNs);
    switchedOff.advance(nowNs);
    lastAdvanceNs = nowNs;
    slots.advance(nowNs, atMostNs);
    rollouts.judgeOverdue(nowNs - Math.min(windows.subjects().latenessNs(0), atMostNs), this);
    boolean closed = false;
    for (int level = 0; level < signalWindows.subjects().levels(); level++) {
      long untilNs = nowNs - Math.min(signalWindows.subjects().latenessNs(level), atMostNs);
      while (signalWindows.nextEndNs(level) <= untilNs) {
        closeSignals(level, signalWindows.nextEndNs(level));
        signalWindows.close(level);
        closed = true;
      }
    }
    for (int level = 0; level < windows.subjects().levels(); level++) {
      long untilNs = nowNs - Math.min(windows.subjects().latenessNs(level), atMostNs);
      while (windows.nextEndNs(level) <= untilNs) {
        close(level, windows.nextEndNs(level));
        closed = true;
      }
      passTime(level, untilNs);
    }
    if (closed) {
      windows.revise();
      signalWindows.revise();
      slots.forget();
      exclusions.forget(windows.revisableSinceNs());
    }
    links.forget(hindsightNs());
  }

  /** Nothing before this time is settled any more. */
  private long hindsightNs() {
    long latestNs = windows.subjects().latenessNs(windows.subjects().levels() - 1);
    return lastAdvanceNs - latestNs - hindsightNs;
  }

  /** The window that is open for signals of a level is about to end. */
  private void closeSignals(int level, long endNs) {
    long startNs = signalWindows.startNs(signalWindows.nextEndNs(level));
    for (int s = 0; s < register.signals().size(); s++) {
      if (signalWindows.subjects().level(s) == level) {
        for (Meter meter : meters) {
          meter.onSignalClose(s, startNs, endNs);
        }
      }
    }
  }

  private void close(int level, long endNs) {
    passTime(level, endNs);
    closeAssets(level, endNs);
    windows.close(level);
  }

  private void closeAssets(int level, long endNs) {
    long startNs = windows.startNs(windows.nextEndNs(level));
    for (int a = 0; a < register.assets().size(); a++) {
      if (windows.subjects().level(a) == level) {
        slots.counts().close(a, startNs);
        for (Meter meter : meters) {
          meter.onClose(a, startNs, endNs);
        }
      }
    }
  }

  /** Whole seconds pass for the assets of a level. */
  private void passTime(int level, long untilNs) {
    long toNs = Math.floorDiv(untilNs, SECOND_NS) * SECOND_NS;
    for (int a = 0; a < timedNs.length; a++) {
      if (windows.subjects().level(a) == level && timedNs[a] < toNs) {
        for (Meter.Timed meter : timed) {
          meter.onTime(a, timedNs[a], toNs);
        }
        timedNs[a] = toNs;
      }
    }
  }

  private void report(
      Kpi kpi,
      String subject,
      Span span,
      long startNs,
      long endNs,
      int revision,
      long[] counts,
      @Nullable Histogram histogram) {
    listener.onResult(
        new Result(
            kpi.id(),
            subject,
            span,
            startNs,
            endNs,
            revision,
            register.hash(),
            counts,
            Histograms.encode(histogram),
            kpi.figure(counts, histogram)));
  }

  /**
   * Goes on with the state of an older register's signals, assets and links of the same names. What
   * a removed asset did in the open windows counts for the nearest one that is left above it.
   */
  void takeOver(Plant old, long nowNs) {
    // What the shortest lateness does not wait for is settled under the register it belongs to.
    boolean isCut =
        old.register.windowNs() != register.windowNs()
            || old.register.signalWindowNs() != register.signalWindowNs();
    long shortestNs =
        Math.min(old.windows.subjects().latenessNs(0), windows.subjects().latenessNs(0));
    old.advance(nowNs, isCut ? 0 : shortestNs);
    Heirs heirs =
        new Heirs(
            heirs(old.register),
            indices(register.assets(), old.register.assets(), Asset::path, Asset::id),
            indices(register.signals(), old.register.signals(), Signal::path, Signal::id),
            register.links().stream().mapToInt(l -> old.register.links().indexOf(l)).toArray(),
            nowNs);
    lastAdvanceNs = old.lastAdvanceNs;
    for (int a = 0; a < timedNs.length; a++) {
      if (heirs.oldAsset()[a] >= 0) {
        timedNs[a] = old.timedNs[heirs.oldAsset()[a]];
      }
    }
    old.slots.retire(register, heirs.oldSignal(), nowNs);
    for (Meter meter : old.meters) {
      meter.onRegisterEnd();
    }
    old.endCutWindows(this, nowNs);
    windows.takeOver(old.windows, heirs.asset(), nowNs);
    signalWindows.takeOver(old.signalWindows, signalHeirs(old, heirs), nowNs);
    exclusions.copyFrom(old.exclusions);
    exclusions.pass(hindsightNs(), nowNs); // late values may ask for downtimes before time passes
    for (int l = 0; l < heirs.oldLink().length; l++) {
      if (heirs.oldLink()[l] >= 0) {
        links.copyFrom(old.links, heirs.oldLink()[l], l);
      }
    }
    switchedOff.takeOver(old.switchedOff, heirs.oldSignal(), heirs.oldLink());
    slots.copyFrom(old.slots, heirs.oldSignal(), heirs.oldAsset(), heirs.oldLink());
    for (Meter meter : meters) {
      for (Meter other : old.meters) {
        if (meter.getClass() == other.getClass()) {
          meter.takeOver(other, heirs);
        }
      }
    }
  }

  /** Open windows that end now, because the next register has others, end as any other does. */
  private void endCutWindows(Plant next, long nowNs) {
    if (signalWindows.windowNs() != next.signalWindows.windowNs()) {
      for (int level = 0; level < signalWindows.subjects().levels(); level++) {
        if (signalWindows.startNs(signalWindows.nextEndNs(level)) < nowNs) {
          closeSignals(level, nowNs);
        }
      }
    }
    if (windows.windowNs() != next.windows.windowNs()) {
      for (int level = 0; level < windows.subjects().levels(); level++) {
        if (windows.startNs(windows.nextEndNs(level)) < nowNs) {
          closeAssets(level, nowNs);
        }
      }
    }
  }

  private static int[] signalHeirs(Plant old, Heirs heirs) {
    int[] heir = new int[old.register.signals().size()];
    Arrays.fill(heir, -1);
    for (int s = 0; s < heirs.oldSignal().length; s++) {
      if (heirs.oldSignal()[s] >= 0) {
        heir[heirs.oldSignal()[s]] = s;
      }
    }
    return heir;
  }

  /** For each asset of an older register the same one, or the nearest that is left above it. */
  private int[] heirs(Register older) {
    int[] heir = new int[older.assets().size()];
    for (Asset a : older.assets()) {
      int above = a.parent() >= 0 ? heir[a.parent()] : NO_ASSET;
      heir[a.id()] = assetByPath.getOrDefault(a.path(), above);
    }
    return heir;
  }

  private static <T> int[] indices(
      List<T> of, List<T> in, Function<T, String> path, ToIntFunction<T> id) {
    Map<String, Integer> byPath = new HashMap<>();
    in.forEach(t -> byPath.put(path.apply(t), id.applyAsInt(t)));
    return of.stream().mapToInt(t -> byPath.getOrDefault(path.apply(t), -1)).toArray();
  }

  void write(Snapshot.Writer out) {
    out.section(MARKER);
    out.putLong(lastAdvanceNs);
    out.putLongs(timedNs);
    exclusions.write(out);
    links.write(out);
    switchedOff.write(out);
    slots.write(out);
    windows.write(out);
    signalWindows.write(out);
    for (Meter meter : meters) {
      out.section(meter.getClass().getSimpleName());
      meter.write(out);
    }
  }

  void read(Snapshot.Reader in) {
    in.section(MARKER);
    lastAdvanceNs = in.getLong();
    in.getLongs(timedNs);
    exclusions.read(in);
    links.read(in);
    switchedOff.read(in);
    slots.read(in);
    windows.read(in);
    signalWindows.read(in);
    for (Meter meter : meters) {
      in.section(meter.getClass().getSimpleName());
      meter.read(in);
    }
  }
}
