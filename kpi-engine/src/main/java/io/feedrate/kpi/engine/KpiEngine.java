package io.feedrate.kpi.engine;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.Inference;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.ModelEvent;
import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Names;
import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.PlantEvent;
import io.feedrate.kpi.Recent;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.ResultListener;
import io.feedrate.kpi.Sample;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.episode.Episodes;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.rollout.Rollouts;
import io.feedrate.kpi.slot.SampleCounters;
import io.feedrate.kpi.slot.SlotTracker;
import java.util.List;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The one entrance: everything that the journal says, in journal order, as primitives. Results come
 * out through the {@link ResultListener} when a tick passes a window's end plus the lateness.
 *
 * <p>Before the first register everything but names and ticks is ignored: nothing was required yet.
 *
 * <p><b>Thread</b>: one, always the same. <b>Units</b>: epoch nanoseconds. <b>Allocation</b>: 0 per
 * sample, proof, inference or tick; a window's end, a model event and a register change allocate.
 */
public final class KpiEngine {
  private static final long FORCED_TICK_NS = 2_000_000_000L;
  private static final long MAX_EVENT_AHEAD_NS = 1_000_000_000L;

  private final ResultListener listener;
  private final List<Family> families;
  private final Names names = new Names();
  private final Rollouts rollouts;
  private final Episodes episodes;
  private final PlantEvent happening = new PlantEvent();
  private final Recent recent = new Recent();
  private final Snapshot.Writer out = new Snapshot.Writer();
  private @Nullable Plant plant;
  private long nowNs = Sample.NO_TIME;
  private long unknownNode;
  private long repeated;

  /** An engine without register that reports to {@code listener}. */
  public KpiEngine(ResultListener listener) {
    this(listener, Kpis.FAMILIES);
  }

  /** An engine that measures other KPIs than those of the catalogue. */
  public KpiEngine(ResultListener listener, List<Family> families) {
    this.listener = listener;
    this.families = List.copyOf(families);
    this.rollouts = new Rollouts(names, listener);
    this.episodes = new Episodes(listener);
  }

  /**
   * Whether a register can be put into force: ask before it is journaled, because a journal with
   * one that cannot stops every engine that reads it.
   *
   * @throws IllegalArgumentException if it asks for more than there can be
   */
  public static void check(Register register) {
    SlotTracker.check(register);
  }

  /** The names that events refer to by id. */
  public Names names() {
    return names;
  }

  /** Puts a register into force from {@code atNs} on. Signals of the same path keep their state. */
  public void onRegister(Register register, long atNs) {
    pass(atNs);
    Plant old = plant;
    Plant next = plant(register);
    if (old != null) {
      next.takeOver(old, nowNs);
    }
    plant = next;
  }

  private Plant plant(Register register) {
    return new Plant(register, families, listener, names, rollouts, episodes, nowNs);
  }

  /** The collector started: nothing was observed since the last thing it received. */
  public void onStart(long atNs) {
    nowNs = Math.max(nowNs, atNs);
    if (plant != null) {
      plant.switchedOff().onStart(nowNs);
      plant.links().restart(nowNs); // before time passes: nothing vouches for the time in between
    }
  }

  /**
   * One reading.
   *
   * @param signal id in the register
   * @param sourceTimeNs time at the source, ignored with {@link Sample#NO_SOURCE_TIME}
   * @param receivedNs time of receipt
   * @param status OPC UA StatusCode (OPC 10000-4, 7.39), for every protocol
   * @param value the number; not finite is invalid
   * @param flags of {@link Sample}
   */
  public void onSample(
      int signal, long sourceTimeNs, long receivedNs, int status, double value, int flags) {
    Plant p = plant;
    if (p == null) {
      return;
    }
    if (receivedNs > nowNs) {
      pass(receivedNs);
    }
    p.slots().onSample(signal, sourceTimeNs, receivedNs, status, value, flags);
  }

  /** Something became known about a link. */
  public void onLink(int link, LinkEvent event, long receivedNs) {
    Plant p = plant;
    if (p != null && link >= 0 && link < p.links().links()) {
      pass(receivedNs);
      p.switchedOff().onLink(link, event, nowNs);
      for (Meter meter : p.meters()) {
        meter.onLink(link, event, nowNs);
      }
      if (event == LinkEvent.UP) {
        p.links().on(link, LinkEvent.DOWN, nowNs);
        p.slots().endSession(link, nowNs);
      } else if (event == LinkEvent.GAP && p.links().isConnected(link)) {
        p.slots().onGap(link, nowNs);
      }
      p.links().on(link, event, nowNs);
    }
  }

  /** The source's clock was measured: source minus collector, and how sure that is. */
  public void onClock(int link, long offsetNs, long uncertaintyNs, long receivedNs) {
    Plant p = plant;
    if (p != null && link >= 0 && link < p.links().links()) {
      pass(receivedNs);
      p.slots().onClock(link, offsetNs, uncertaintyNs);
      for (Meter meter : p.meters()) {
        meter.onClock(link, offsetNs, uncertaintyNs, nowNs);
      }
    }
  }

  /**
   * A model version reached a stage on a node; ids from {@link #names()}.
   *
   * @param eventNs when, by the clock of who reports, or {@link Sample#NO_TIME}
   * @param notBeforeNs since when it may have been, where it was polled, or {@link Sample#NO_TIME}
   */
  public void onModelEvent(
      int node,
      int model,
      int version,
      int digest,
      ModelStage stage,
      long eventNs,
      long notBeforeNs,
      long receivedNs) {
    Plant p = plant;
    if (p == null) {
      return;
    }
    pass(receivedNs);
    long atNs = eventNs == Sample.NO_TIME ? receivedNs : eventNs;
    long sinceNs = notBeforeNs == Sample.NO_TIME ? atNs : Math.min(notBeforeNs, atNs);
    ModelEvent event =
        new ModelEvent(
            p.assetOf(node), node, model, version, digest, stage, atNs, sinceNs, receivedNs);
    for (Meter meter : p.meters()) {
      meter.onModelEvent(event);
    }
    rollouts.onModelEvent(event, p);
  }

  /**
   * One inference result; {@link Inference#asset} and {@link Inference#atNs} are found here.
   *
   * @param inference used during the call only
   */
  public void onInference(Inference inference) {
    Plant p = plant;
    if (p == null) {
      return;
    }
    pass(inference.receivedNs);
    inference.asset = p.assetOf(inference.node);
    if (inference.asset < 0) {
      unknownNode++;
      return;
    }
    inference.atNs = windowTime(inference.inferenceNs, inference.receivedNs);
    for (Meter meter : p.meters()) {
      meter.onInference(inference);
    }
    rollouts.onInference(inference, p);
  }

  /**
   * Whether a message with this identity came just before, so that it must not count again; ask
   * once for each.
   *
   * @param fingerprint of what tells it from all others, or {@link Recent#NONE}
   */
  public boolean isRepeated(long fingerprint) {
    boolean seen = recent.seen(fingerprint);
    if (seen) {
      repeated++;
    }
    return seen;
  }

  /** Messages that came again and did not count. */
  public long repeated() {
    return repeated;
  }

  /**
   * Something happened at an asset.
   *
   * @param node name of the asset, id from {@link #names()}
   * @param key fingerprint of what it is about, or {@link PlantEvent#NONE}
   * @param person fingerprint of a person's pseudonym, or {@link PlantEvent#NONE}
   * @param amount how many, where the kind counts something
   * @param of of how many
   * @param eventNs when, or {@link Sample#NO_TIME}
   */
  public void onEvent(
      int node,
      EventKind kind,
      long key,
      long person,
      long amount,
      long of,
      long eventNs,
      long receivedNs) {
    Plant p = plant;
    if (p == null) {
      return;
    }
    pass(receivedNs);
    int asset = p.assetOf(node);
    if (asset < 0) {
      unknownNode++;
      return;
    }
    long atNs = windowTime(eventNs, receivedNs);
    happening.set(asset, kind, key, person, amount, of, atNs, receivedNs);
    for (Meter meter : p.meters()) {
      meter.onEvent(happening);
    }
  }

  /**
   * Which time decides the window of an event: its own, unless it is missing or ahead of receipt.
   */
  private static long windowTime(long eventNs, long receivedNs) {
    return eventNs == Sample.NO_TIME || eventNs > receivedNs + MAX_EVENT_AHEAD_NS
        ? receivedNs
        : eventNs;
  }

  /**
   * An interval of a subject (asset or signal path) is out of scope, entered at {@code enteredNs}.
   * What was settled in it before is revised where it still can be.
   */
  public void onExclusion(String subject, long fromNs, long toNs, long enteredNs) {
    Plant p = plant;
    if (p != null) {
      pass(enteredNs);
      p.exclude(subject, fromNs, toNs);
    }
  }

  /**
   * An exclusion that was entered with these bounds is withdrawn: from {@code atNs} on its subject
   * is in scope again. What of it lies before stays out of scope, because it may be settled, and
   * what a settled slot would have been without an exclusion is not kept. One that is not known, or
   * that has ended by then, changes nothing.
   */
  public void onExclusionWithdrawn(String subject, long fromNs, long toNs, long atNs) {
    Plant p = plant;
    if (p != null) {
      pass(atNs);
      p.include(subject, fromNs, toNs, nowNs);
    }
  }

  /** Time passes; what is older than the lateness is settled, windows close. */
  public void onTick(long atNs) {
    nowNs = Math.max(nowNs, atNs);
    Plant p = plant;
    if (p != null) {
      p.advance(nowNs);
    }
  }

  /** Receive times are times as well: without a tick for long, they do its work. */
  private void pass(long atNs) {
    if (atNs > nowNs) {
      nowNs = atNs;
      Plant p = plant;
      if (p != null && atNs - p.lastAdvanceNs() > FORCED_TICK_NS) {
        p.advance(atNs);
      }
    }
  }

  /** The latest time heard of, or {@link Sample#NO_TIME}. */
  public long nowNs() {
    return nowNs;
  }

  /** The register in force, or null before the first. */
  public @Nullable Register register() {
    return plant == null ? null : plant.register();
  }

  /**
   * Slots of an asset's own signals that were settled with this outcome, whatever was found later.
   * It only grows, as a counter of a monitoring system must; {@link #total(Asset, Outcome)} follows
   * what came late.
   */
  public long settled(Asset asset, Outcome outcome) {
    return plant == null ? 0 : plant.slots().counts().settled(asset.id(), outcome);
  }

  /** Slots of an asset's own signals with this outcome since the first record. */
  public long total(Asset asset, Outcome outcome) {
    return plant == null ? 0 : plant.slots().counts().total(asset.id(), outcome);
  }

  /** What happened to samples since the first record; a live view. */
  public SampleCounters counters() {
    return plant == null ? new SampleCounters() : plant.slots().counters();
  }

  /**
   * What an asset itself counted for a KPI since the first record, of the KPIs that keep a total.
   *
   * @param kind index among the KPI's counts
   */
  public long total(Kpi kpi, Asset asset, int kind) {
    return plant == null ? 0 : plant.total(kpi, asset.id(), kind);
  }

  /** The last measured clock offset of a link, source minus collector. */
  public long clockOffsetNs(int link) {
    return plant == null ? 0 : plant.slots().clockOffsetNs(link);
  }

  /** Counts that came too late for any window to be revised. */
  public long beyondRevision() {
    return plant == null ? 0 : plant.beyond();
  }

  /** Events of nodes that the register does not have. */
  public long unknownNode() {
    return unknownNode;
  }

  /** Episodes that lapsed because too many were open. */
  public long droppedEpisodes() {
    return episodes.dropped();
  }

  /** Reports of model updates that could not be followed because there were too many. */
  public long untrackedUpdates() {
    return rollouts.untracked();
  }

  /** All approved model update targets that are followed, oldest first. */
  public List<ModelUpdate> modelUpdates() {
    return rollouts.targets();
  }

  /** Writes the whole state; the buffer is valid until the next call. */
  public DirectBuffer snapshot() {
    out.begin();
    out.putLong(nowNs);
    out.putLong(unknownNode);
    out.putLong(repeated);
    recent.write(out);
    names.write(out);
    rollouts.write(out);
    episodes.write(out);
    Plant p = plant;
    out.putText(p == null ? "" : p.register().hash());
    if (p != null) {
      p.write(out);
    }
    out.seal();
    return out.buffer();
  }

  /** Length of the last snapshot in bytes. */
  public int snapshotLength() {
    return out.length();
  }

  /**
   * Goes on from a snapshot.
   *
   * @param register the register that was in force, or null if there was none
   * @throws IllegalArgumentException if the snapshot has another format, is damaged or belongs to
   *     another register
   */
  public void restore(@Nullable Register register, DirectBuffer buffer, int offset) {
    Snapshot.Reader in = Snapshot.open(buffer, offset);
    try {
      read(register, in);
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (RuntimeException e) {
      // Whole by its checksum, and yet not this version's: somebody did not raise the format.
      IllegalArgumentException damaged = in.damaged("what is there cannot be: " + e);
      damaged.initCause(e);
      throw damaged;
    }
  }

  private void read(@Nullable Register register, Snapshot.Reader in) {
    nowNs = in.getLong();
    unknownNode = in.getLong();
    repeated = in.getLong();
    recent.read(in);
    names.read(in);
    rollouts.read(in);
    episodes.read(in);
    String hash = in.getText();
    if (!hash.equals(register == null ? "" : register.hash())) {
      throw new IllegalArgumentException("the snapshot belongs to register " + hash);
    }
    plant = register == null ? null : plant(register);
    if (plant != null) {
      plant.read(in);
    }
    in.end();
  }
}
