package io.feedrate.kpi.integration;

import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.PlantEvent;
import io.feedrate.kpi.Role;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.TimeElements;
import io.feedrate.kpi.link.LinkTimelines;
import io.feedrate.kpi.meter.Heirs;
import io.feedrate.kpi.meter.KnownStates;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.meter.StateTimeline;
import io.feedrate.kpi.window.Tally;
import java.util.Arrays;

/**
 * Counts what the KPIs of {@link Oee} are computed from: the ISO 22400-2 time elements of machines
 * by their states, and parts.
 *
 * <p>A machine is an asset with a signal of role ITEM_STATE (the first, where it has more). Its
 * state and mode give the element by the register's {@link TimeElements}. A state holds until the
 * next is told; where a machine is not available, so does the mode that it was last told to have
 * (OPC 40001-1 Annex C.2). Nothing is known while the link is not proven alive, after messages were
 * lost, after a new session or a bad reading until the state is told again: that is unknown time.
 * It is counted when the watermark passes; what comes later does not change it.
 *
 * <p><b>Thread</b>: the engine's. <b>Units</b>: ms in counts. <b>Allocation</b>: 0 in steady state.
 */
public final class MachineTime implements Meter.Timed {
  static final int BUSY = 0;
  static final int PRODUCTION = 1;
  static final int SETUP = 2;
  static final int DELAY = 3;
  static final int DOWN = 4;
  static final int UNKNOWN = 5;
  static final int BUSY_PRODUCTION = 6;
  static final int BUSY_UNKNOWN = 7;
  static final int RATED_PRODUCTION = 8;
  static final int RATED_UNKNOWN = 9;
  static final int OUT_OF_SCOPE = 10;

  private static final int NO_SIGNAL = -1;
  private static final int NOT_PLANNED = 0;
  private static final int PLANNED = 1;
  private static final int OUT = 2;
  private static final int ALIVE = 4;
  private static final long SECOND_NS = 1_000_000_000L;
  private static final long MS = 1_000_000L;

  private final LinkTimelines links;
  private final TimeElements table;
  private final PlannedTime plan;
  private final Parts parts;
  private final KnownStates states;
  private final KnownStates modes;
  private final int[] stateSignal;
  private final int[] modeSignal;
  private final int[] linkOf;
  private final Tally tally;
  private final StateTimeline.Visitor visitingStates = this::visitState;
  private final StateTimeline.Visitor visitingModes = this::visitMode;

  // Of the stretch that is being counted.
  private int kind;
  private int stateNow;

  public MachineTime(Setting setting) {
    links = setting.links();
    table = setting.register().rules().timeElements();
    plan = new PlannedTime(setting.register(), setting.exclusions());
    tally = setting.tally(Oee.AVAILABILITY);
    parts = new Parts(setting.register(), tally);
    int assets = setting.register().assets().size();
    states = new KnownStates(assets);
    modes = new KnownStates(assets);
    stateSignal = new int[assets];
    modeSignal = new int[assets];
    linkOf = new int[assets];
    Arrays.fill(stateSignal, NO_SIGNAL);
    Arrays.fill(modeSignal, NO_SIGNAL);
    for (Signal s : setting.register().signals()) {
      if (s.role() == Role.ITEM_STATE && stateSignal[s.asset()] == NO_SIGNAL) {
        stateSignal[s.asset()] = s.id();
        linkOf[s.asset()] = s.link();
      } else if (s.role() == Role.OPERATION_MODE && modeSignal[s.asset()] == NO_SIGNAL) {
        modeSignal[s.asset()] = s.id();
      }
    }
  }

  @Override
  public void onValue(Signal signal, double value, long atNs, long receivedNs) {
    if (signal.id() == stateSignal[signal.asset()]) {
      states.tell(signal.asset(), atNs, code(value));
    } else if (signal.id() == modeSignal[signal.asset()]) {
      modes.tell(signal.asset(), atNs, code(value));
    } else {
      parts.onValue(signal, value, atNs);
    }
  }

  private static int code(double value) {
    int code = (int) value;
    return code == value && code >= 0 ? code : KnownStates.UNKNOWN;
  }

  @Override
  public void onAgain(Signal signal, long receivedNs) {
    if (signal.id() == stateSignal[signal.asset()]) {
      states.again(signal.asset());
    } else if (signal.id() == modeSignal[signal.asset()]) {
      modes.again(signal.asset());
    }
  }

  @Override
  public void onUnusable(Signal signal, long atNs, long receivedNs) {
    if (signal.id() == stateSignal[signal.asset()]) {
      states.lose(signal.asset(), atNs);
    } else if (signal.id() == modeSignal[signal.asset()]) {
      modes.lose(signal.asset(), atNs);
    }
  }

  @Override
  public void onLink(int link, LinkEvent event, long nowNs) {
    boolean forgets = event == LinkEvent.UP || (event == LinkEvent.GAP && links.isConnected(link));
    for (int a = 0; a < stateSignal.length && forgets; a++) {
      if (stateSignal[a] != NO_SIGNAL && linkOf[a] == link) {
        states.lose(a, links.provenNs(link));
        modes.lose(a, links.provenNs(link));
      }
    }
  }

  @Override
  public void onEvent(PlantEvent event) {
    parts.onEvent(event);
  }

  @Override
  public void onTime(int asset, long fromNs, long toNs) {
    if (stateSignal[asset] == NO_SIGNAL) {
      return;
    }
    long startNs = fromNs;
    int its = kindOf(asset, fromNs);
    for (long ns = fromNs + SECOND_NS; ns < toNs; ns += SECOND_NS) {
      int next = kindOf(asset, ns);
      if (next != its) {
        count(asset, its, startNs, ns);
        startNs = ns;
        its = next;
      }
    }
    count(asset, its, startNs, toNs);
    states.forget(asset, toNs);
    modes.forget(asset, toNs);
  }

  /** How a second counts: whether it is planned, and whether the link vouches for the state. */
  private int kindOf(int asset, long ns) {
    int planned = NOT_PLANNED;
    if (plan.isInShift(ns)) {
      planned = plan.isOut(asset, ns) ? OUT : PLANNED;
    }
    int link = linkOf[asset];
    int state = links.worst(link, ns, ns + SECOND_NS);
    boolean alive =
        (state == LinkTimelines.UP || state == LinkTimelines.BRIDGED)
            && links.provenNs(link) >= ns + SECOND_NS;
    return alive ? planned | ALIVE : planned;
  }

  private void count(int asset, int itsKind, long fromNs, long toNs) {
    kind = itsKind & ~ALIVE;
    if ((itsKind & ALIVE) == 0) {
      add(asset, TimeElements.Element.UNKNOWN, fromNs, toNs);
    } else {
      states.visit(asset, fromNs, toNs, visitingStates);
    }
  }

  private void visitState(int asset, int state, long fromNs, long toNs) {
    stateNow = state;
    if (state == KnownStates.UNKNOWN) {
      add(asset, TimeElements.Element.UNKNOWN, fromNs, toNs);
    } else {
      modes.visit(asset, fromNs, toNs, visitingModes);
    }
  }

  private void visitMode(int asset, int mode, long fromNs, long toNs) {
    int known = mode == KnownStates.UNKNOWN ? TimeElements.ANY : mode;
    add(asset, table.of(stateNow, known), fromNs, toNs);
  }

  private void add(int asset, TimeElements.Element element, long fromNs, long toNs) {
    long ms = Math.floorDiv(toNs, MS) - Math.floorDiv(fromNs, MS); // parts add up to the whole
    boolean producing = element == TimeElements.Element.PRODUCTION;
    boolean unknown = element == TimeElements.Element.UNKNOWN;
    tally.add(asset, PRODUCTION + element.ordinal(), fromNs, ms);
    if (kind == PLANNED) {
      tally.add(asset, BUSY, fromNs, ms);
    } else if (kind == OUT) {
      tally.add(asset, OUT_OF_SCOPE, fromNs, ms);
    }
    if (kind == PLANNED && (producing || unknown)) {
      tally.add(asset, producing ? BUSY_PRODUCTION : BUSY_UNKNOWN, fromNs, ms);
    }
    if (parts.areRated(asset) && (producing || unknown)) {
      tally.add(asset, producing ? RATED_PRODUCTION : RATED_UNKNOWN, fromNs, ms);
    }
  }

  @Override
  public void write(Snapshot.Writer out) {
    states.write(out);
    modes.write(out);
    parts.write(out);
  }

  @Override
  public void read(Snapshot.Reader in) {
    states.read(in);
    modes.read(in);
    parts.read(in);
  }

  @Override
  public void takeOver(Meter old, Heirs heirs) {
    MachineTime its = (MachineTime) old;
    states.takeOver(its.states, heirs.oldAsset());
    modes.takeOver(its.modes, heirs.oldAsset());
    parts.takeOver(its.parts, heirs);
  }
}
