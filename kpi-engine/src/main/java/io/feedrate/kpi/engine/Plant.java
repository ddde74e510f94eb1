package io.feedrate.kpi.engine;

import io.feedrate.kpi.AdviceEvent;
import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Names;
import io.feedrate.kpi.Panes;
import io.feedrate.kpi.RecentIds;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.ResultListener;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.collaboration.Advices;
import io.feedrate.kpi.completeness.Completeness;
import io.feedrate.kpi.completeness.SlotTracker;
import io.feedrate.kpi.latency.Inferences;
import io.feedrate.kpi.link.LinkTimelines;
import io.feedrate.kpi.link.SourceAvailability;
import io.feedrate.kpi.rollout.Rollouts;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.HdrHistogram.Histogram;
import org.agrona.collections.Int2IntHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All state that is laid out by one register, and the closing of its windows.
 *
 * <p><b>Thread</b>: the engine's. A window [start, end) holds the slots that end in (start, end]
 * and the events in [start, end); it closes at end plus lateness.
 */
final class Plant implements Rollouts.Judge {
  private static final int MARKER = 0x504c414e;
  private static final long SECOND_NS = 1_000_000_000L;
  private static final byte[] NO_HISTOGRAM = {};
  private static final int NO_ASSET = -1;

  private final Register register;
  private final ResultListener listener;
  private final LinkTimelines links;
  private final SlotTracker slots;
  private final Inferences inferences;
  private final Panes updates;
  private final Panes advice;
  private final long[] availability;
  private final long[] inferenceTotals;
  private final RecentIds inferenceIds;
  private final RecentIds adviceIds;
  private final Map<String, Integer> assetByPath = new HashMap<>();
  private final Int2IntHashMap assetByName = new Int2IntHashMap(NO_ASSET - 1);
  private final long longestSlotNs;
  private long nextWindowEndNs;
  private long nextSecond;
  private long lastAdvanceNs;

  Plant(Register register, ResultListener listener, long fromNs) {
    this.register = register;
    this.listener = listener;
    int assets = register.assets().size();
    long windowNs = register.windowNs();
    long latenessNs = register.latenessNs();
    links = new LinkTimelines(register.links().size());
    slots = new SlotTracker(register, links, fromNs);
    inferences = new Inferences(assets, windowNs, latenessNs, fromNs);
    updates = new Panes(assets, Rollouts.ON_TIME.counts().size(), windowNs, latenessNs, fromNs);
    advice = new Panes(assets, Advices.DECIDED.counts().size(), windowNs, latenessNs, fromNs);
    availability = new long[assets * SourceAvailability.KPI.counts().size()];
    inferenceTotals = new long[assets * 2];
    inferenceIds = new RecentIds(assets);
    adviceIds = new RecentIds(assets);
    nextWindowEndNs = (Math.floorDiv(fromNs, windowNs) + 1) * windowNs;
    nextSecond = -Math.floorDiv(-fromNs, SECOND_NS);
    lastAdvanceNs = fromNs;
    longestSlotNs = register.signals().stream().mapToLong(Signal::periodNs).max().orElse(SECOND_NS);
    register.assets().forEach(a -> assetByPath.put(a.path(), a.id()));
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

  void onAdvice(int asset, AdviceEvent event, long id, long timeNs) {
    // One advice is shown and decided under one id.
    long eventId = id == RecentIds.NONE ? id : id * AdviceEvent.values().length + event.ordinal();
    if (adviceIds.isNew(asset, eventId)) {
      advice.add(asset, event.ordinal(), timeNs, 1);
    }
  }

  long lastAdvanceNs() {
    return lastAdvanceNs;
  }

  long inferenceTotal(int asset, boolean ok) {
    return inferenceTotals[asset * 2 + (ok ? Inferences.OK : Inferences.FAILED)];
  }

  @Override
  public int assetOf(int node) {
    return assetByName.get(node);
  }

  @Override
  public Panes panes() {
    return updates;
  }

  @Override
  public long deadlineNs() {
    return register.modelUpdateDeadlineNs();
  }

  /** The asset that a node's name means, looked up once per name; negative if there is none. */
  int countNode(Names names, int node) {
    int asset = assetByName.get(node);
    if (asset == NO_ASSET - 1) {
      asset = assetByPath.getOrDefault(names.name(node), NO_ASSET);
      assetByName.put(node, asset);
    }
    return asset;
  }

  void onInference(int asset, boolean ok, long id, long timeNs, long latencyNs) {
    if (!inferenceIds.isNew(asset, id)) {
      return;
    }
    inferences.on(asset, ok, timeNs, latencyNs);
    inferenceTotals[asset * 2 + (ok ? Inferences.OK : Inferences.FAILED)]++;
  }

  /** Settles what is older than the lateness and closes the windows that are. */
  void advance(long nowNs, Rollouts rollouts) {
    lastAdvanceNs = nowNs;
    long settledNs = nowNs - register.latenessNs();
    while (nextWindowEndNs <= settledNs) {
      settle(nextWindowEndNs);
      rollouts.judgeOverdue(nextWindowEndNs, this);
      closeWindow(nextWindowEndNs);
      nextWindowEndNs += register.windowNs();
    }
    settle(settledNs);
    links.forget(settledNs - longestSlotNs);
  }

  private void settle(long untilNs) {
    slots.settle(untilNs);
    long end = Math.floorDiv(untilNs, SECOND_NS);
    for (; nextSecond < end; nextSecond++) {
      countSecond(nextSecond * SECOND_NS);
    }
  }

  private void countSecond(long fromNs) {
    List<Asset> assets = register.assets();
    for (int a = 0; a < assets.size(); a++) {
      int link = assets.get(a).link();
      if (link == Asset.NO_LINK) {
        continue;
      }
      int at = a * 3;
      if (slots.isExcluded(a, fromNs, fromNs + SECOND_NS)) {
        availability[at + SourceAvailability.EXCLUDED]++;
      } else {
        availability[at + SourceAvailability.REQUIRED]++;
        if (SourceAvailability.isAlive(links, link, fromNs)) {
          availability[at + SourceAvailability.ALIVE]++;
        }
      }
    }
  }

  private void closeWindow(long endNs) {
    long startNs = endNs - register.windowNs();
    if (endNs % register.signalWindowNs() == 0) {
      closeSignals(endNs);
    }
    emit(Completeness.EVENTUAL, slots.counts().byAsset(), startNs, endNs);
    emit(Completeness.RANGE_VALIDITY, slots.counts().rangeByAsset(), startNs, endNs);
    emit(SourceAvailability.KPI, availability.clone(), startNs, endNs);
    emit(SourceAvailability.CONNECTED_ASSETS, slots.counts().connectedByAsset(), startNs, endNs);
    emitInferences(startNs, endNs);
    emit(Rollouts.ON_TIME, updates.first().clone(), startNs, endNs);
    emit(Advices.DECIDED, advice.first().clone(), startNs, endNs);
    slots.counts().closeAssetWindow();
    Arrays.fill(availability, 0);
    inferences.closeFirst(startNs);
    updates.closeFirst();
    advice.closeFirst();
  }

  private void closeSignals(long endNs) {
    long startNs = endNs - register.signalWindowNs();
    for (Signal s : register.signals()) {
      emit(Completeness.EVENTUAL, s.path(), slots.counts().ofSignal(s.id()), null, startNs, endNs);
    }
    slots.counts().closeSignalWindow();
  }

  private void emitInferences(long startNs, long endNs) {
    long[] counts = inferences.firstCounts().clone();
    rollUp(counts, 2);
    List<Asset> assets = register.assets();
    @Nullable Histogram[] latencies = new Histogram[assets.size()];
    for (int a = assets.size() - 1; a >= 0; a--) {
      Histogram own = inferences.firstHistogram(a, startNs);
      latencies[a] = merge(latencies[a], own);
      int parent = assets.get(a).parent();
      if (parent >= 0) {
        latencies[parent] = merge(latencies[parent], latencies[a]);
      }
    }
    for (int a = 0; a < assets.size(); a++) {
      long[] its = Arrays.copyOfRange(counts, a * 2, a * 2 + 2);
      emit(Inferences.AVAILABILITY, assets.get(a).path(), its, latencies[a], startNs, endNs);
    }
  }

  private static @Nullable Histogram merge(@Nullable Histogram into, @Nullable Histogram from) {
    if (from == null || from.getTotalCount() == 0) {
      return into;
    }
    Histogram sum = into == null ? Inferences.histogram() : into;
    sum.add(from);
    return sum;
  }

  /**
   * Reports each asset with what is below it; {@code byAsset} holds only their own and is changed.
   */
  private void emit(Kpi kpi, long[] byAsset, long startNs, long endNs) {
    int kinds = kpi.counts().size();
    rollUp(byAsset, kinds);
    for (Asset a : register.assets()) {
      long[] counts = Arrays.copyOfRange(byAsset, a.id() * kinds, (a.id() + 1) * kinds);
      emit(kpi, a.path(), counts, null, startNs, endNs);
    }
  }

  private void rollUp(long[] byAsset, int kinds) {
    List<Asset> assets = register.assets();
    for (int a = assets.size() - 1; a >= 0; a--) {
      int parent = assets.get(a).parent();
      if (parent >= 0) {
        for (int k = 0; k < kinds; k++) {
          byAsset[parent * kinds + k] += byAsset[a * kinds + k];
        }
      }
    }
  }

  private void emit(
      Kpi kpi,
      String subject,
      long[] counts,
      @Nullable Histogram histogram,
      long startNs,
      long endNs) {
    if (Arrays.stream(counts).allMatch(n -> n == 0)) {
      return; // nothing was due here
    }
    listener.onResult(
        new Result(
            kpi.id(),
            subject,
            startNs,
            endNs,
            0,
            register.hash(),
            counts,
            histogram == null ? NO_HISTOGRAM : Inferences.encode(histogram),
            kpi.figure(counts, histogram)));
  }

  /** Goes on with the state of an older register's signals, assets and links of the same names. */
  void takeOver(Plant old, long nowNs) {
    boolean sameWindows =
        old.register.windowNs() == register.windowNs()
            && old.register.latenessNs() == register.latenessNs();
    int[] oldAsset = indices(register.assets(), old.register.assets(), Asset::path, Asset::id);
    int[] oldSignal = indices(register.signals(), old.register.signals(), Signal::path, Signal::id);
    int[] oldLink = new int[register.links().size()];
    for (int l = 0; l < oldLink.length; l++) {
      oldLink[l] = old.register.links().indexOf(register.links().get(l));
      if (oldLink[l] >= 0) {
        links.copyFrom(old.links, oldLink[l], l);
      }
    }
    if (!sameWindows) {
      // Windows of another length cannot go on: what is open is reported as far as it came.
      while (old.nextWindowEndNs - old.register.windowNs() < nowNs) {
        old.settle(Math.min(nowNs, old.nextWindowEndNs));
        old.closeWindow(old.nextWindowEndNs);
        old.nextWindowEndNs += old.register.windowNs();
      }
    } else {
      nextWindowEndNs = old.nextWindowEndNs;
      nextSecond = old.nextSecond;
      old.slots.retire(oldSignal, nowNs);
      inferences.copyFrom(old.inferences, oldAsset);
      updates.copyFrom(old.updates, oldAsset);
      advice.copyFrom(old.advice, oldAsset);
    }
    inferenceIds.copyFrom(old.inferenceIds, oldAsset);
    adviceIds.copyFrom(old.adviceIds, oldAsset);
    slots.copyFrom(old.slots, oldSignal, heirs(old.register), oldAsset, oldLink);
    for (int a = 0; a < oldAsset.length; a++) {
      if (oldAsset[a] >= 0) {
        System.arraycopy(old.inferenceTotals, oldAsset[a] * 2, inferenceTotals, a * 2, 2);
        if (sameWindows) {
          System.arraycopy(old.availability, oldAsset[a] * 3, availability, a * 3, 3);
        }
      }
    }
    lastAdvanceNs = old.lastAdvanceNs;
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
    out.putLong(nextWindowEndNs);
    out.putLong(nextSecond);
    out.putLong(lastAdvanceNs);
    out.putLongs(availability);
    out.putLongs(inferenceTotals);
    inferenceIds.write(out);
    adviceIds.write(out);
    links.write(out);
    slots.write(out);
    inferences.write(out);
    updates.write(out);
    advice.write(out);
  }

  void read(Snapshot.Reader in) {
    in.section(MARKER);
    nextWindowEndNs = in.getLong();
    nextSecond = in.getLong();
    lastAdvanceNs = in.getLong();
    in.getLongs(availability);
    in.getLongs(inferenceTotals);
    inferenceIds.read(in);
    adviceIds.read(in);
    links.read(in);
    slots.read(in);
    inferences.read(in);
    updates.read(in);
    advice.read(in);
  }
}
