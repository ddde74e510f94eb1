package io.feedrate.kpi.exclusion;

import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Role;
import io.feedrate.kpi.Sample;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.SignalMode;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.link.LinkTimelines;
import java.util.Arrays;
import java.util.List;

/**
 * Machines that say of themselves that they are switched off on purpose: a good value 0 of a signal
 * with the role {@link Role#SWITCHED_ON} takes its asset, and all below it, out of scope from the
 * time of that value on, as far as it is proven that it still holds. Any other good value ends
 * that, and so does a value that is not good or tells that others before it were lost.
 *
 * <ul>
 *   <li>An on-change signal's value is proven for as long as its link is up, alive and has lost
 *       nothing: until the link's last proof, but not for the last {@link Signal#deadlineNs}, in
 *       which a change may still be on its way. Where the link was not watched before the value
 *       came, it holds from the link's coming up on.
 *   <li>A periodic signal's value is proven by the next one: from it to that, if they are in the
 *       same slot or in neighbours.
 * </ul>
 *
 * <p>So time out of scope only ever grows with what is received: where nothing is, it ends at the
 * last proof, and what follows is judged as ever. A value that comes after a newer one changes
 * nothing. The signal itself stays in scope: that it is heard is what all rests on.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 in steady state.
 */
public final class SwitchedOff {
  private static final int MARKER = 0x4f464657;
  private static final long NEVER = Sample.NO_TIME;
  private static final long HOUR_NS = 3_600_000_000_000L;

  /** Where time that is out of scope goes. */
  public interface Listener {
    /**
     * More time of an asset is out of scope.
     *
     * @param index of the signal that says so among {@link SwitchedOff#signals}
     * @param fromNs since when it is off
     * @param beforeNs until when that was known before
     * @param toNs until when it is known now
     */
    void onMore(int index, long fromNs, long beforeNs, long toNs);

    /** An interval is told, once: when it has ended, and after each full hour of it. */
    void onTold(Signal signal, long fromNs, long toNs);
  }

  private final Signal[] signals;
  private final int[] indexOf;
  private final LinkTimelines links;
  private final Listener listener;
  private final boolean[] off;
  private final boolean[] newestOff;
  private final long[] newestNs;
  private final long[] fromNs;
  private final long[] untilNs;
  private final long[] toldNs;

  /** Those of a register's machines; nothing is off yet. */
  public SwitchedOff(Register register, LinkTimelines links, Listener listener) {
    this.links = links;
    this.listener = listener;
    signals = signals(register).toArray(Signal[]::new);
    indexOf = new int[register.signals().size()];
    Arrays.fill(indexOf, -1);
    for (int i = 0; i < signals.length; i++) {
      indexOf[signals[i].id()] = i;
    }
    off = new boolean[signals.length];
    newestOff = new boolean[signals.length];
    newestNs = new long[signals.length];
    fromNs = new long[signals.length];
    untilNs = new long[signals.length];
    toldNs = new long[signals.length];
    Arrays.fill(newestNs, NEVER);
  }

  /** The signals that say it, in order of their ids. */
  public static List<Signal> signals(Register register) {
    return register.signals().stream()
        .filter(s -> s.role() == Role.SWITCHED_ON && s.mode() != SignalMode.EVENT)
        .toList();
  }

  private static boolean isOnChange(Signal signal) {
    return signal.mode() == SignalMode.ON_CHANGE;
  }

  /** A good value of any signal with a role. */
  public void onValue(Signal signal, double value, long atNs, long receivedNs) {
    int i = indexOf[signal.id()];
    if (i < 0 || atNs < newestNs[i]) {
      return;
    }
    long beforeNs = newestNs[i];
    newestNs[i] = atNs;
    newestOff[i] = value == 0;
    if (off[i]) {
      if (isOnChange(signal) || isNextSlot(signal, beforeNs, atNs)) {
        extend(i, Math.min(atNs, receivedNs));
      } else {
        end(i);
      }
    }
    if (!newestOff[i]) {
      end(i);
    } else if (!off[i]) {
      begin(i, atNs);
    }
  }

  private static boolean isNextSlot(Signal signal, long beforeNs, long atNs) {
    return Math.floorDiv(atNs, signal.periodNs()) <= Math.floorDiv(beforeNs, signal.periodNs()) + 1;
  }

  /** The newest value of a signal with a role came again. */
  public void onAgain(Signal signal, long receivedNs) {
    int i = indexOf[signal.id()];
    if (i >= 0 && isOnChange(signal) && newestOff[i] && !off[i]) {
      begin(i, receivedNs);
    }
  }

  /** A value of a signal with a role that is not good, or after others that were lost. */
  public void onUnusable(Signal signal, long atNs) {
    int i = indexOf[signal.id()];
    if (i < 0 || atNs < newestNs[i]) {
      return;
    }
    newestNs[i] = atNs;
    newestOff[i] = false;
    end(i);
  }

  /** Something became known about a link, before its timeline knows it. */
  public void onLink(int link, LinkEvent event, long nowNs) {
    if (event == LinkEvent.PROOF || event == LinkEvent.RESUMED || !links.isConnected(link)) {
      return; // what was not connected vouched for nothing
    }
    for (int i = 0; i < signals.length; i++) {
      if (signals[i].link() == link && isOnChange(signals[i])) {
        prove(i, nowNs);
        end(i);
      }
    }
  }

  /** The collector starts, before the links' timelines know it: nothing was watched meanwhile. */
  public void onStart(long nowNs) {
    for (int i = 0; i < signals.length; i++) {
      if (isOnChange(signals[i])) {
        prove(i, nowNs);
        end(i);
      }
    }
  }

  /** Time passes, and what is before now is about to be settled. */
  public void advance(long nowNs) {
    for (int i = 0; i < signals.length; i++) {
      if (off[i] && isOnChange(signals[i])) {
        prove(i, nowNs);
      }
    }
  }

  private void begin(int i, long atNs) {
    int link = signals[i].link();
    if (isOnChange(signals[i]) && !links.isConnected(link)) {
      return; // nothing will vouch for it
    }
    off[i] = true;
    fromNs[i] = isOnChange(signals[i]) ? Math.max(atNs, links.cleanSinceNs(link)) : atNs;
    untilNs[i] = fromNs[i];
    toldNs[i] = fromNs[i];
  }

  private void prove(int i, long nowNs) {
    if (off[i]) {
      extend(i, Math.min(links.provenNs(signals[i].link()), nowNs - signals[i].deadlineNs()));
    }
  }

  private void extend(int i, long toNs) {
    long beforeNs = untilNs[i];
    if (toNs > beforeNs) {
      untilNs[i] = toNs;
      listener.onMore(i, fromNs[i], beforeNs, toNs);
      tell(i, Math.floorDiv(toNs, HOUR_NS) * HOUR_NS);
    }
  }

  private void end(int i) {
    if (off[i]) {
      tell(i, untilNs[i]);
      off[i] = false;
    }
  }

  private void tell(int i, long toNs) {
    if (toNs > toldNs[i]) {
      listener.onTold(signals[i], toldNs[i], toNs);
      toldNs[i] = toNs;
    }
  }

  /**
   * Goes on with what was known under the register before, where signal and link are the same.
   *
   * @param oldSignalOf for each signal its id before, or -1
   * @param oldLinkOf for each link its index before, or -1
   */
  public void takeOver(SwitchedOff old, int[] oldSignalOf, int[] oldLinkOf) {
    boolean[] kept = new boolean[old.signals.length];
    for (int i = 0; i < signals.length; i++) {
      int oldSignal = oldSignalOf[signals[i].id()];
      int o = oldSignal < 0 ? -1 : old.indexOf[oldSignal];
      if (o >= 0
          && signals[i].mode() == old.signals[o].mode()
          && signals[i].periodNs() == old.signals[o].periodNs()
          && oldLinkOf[signals[i].link()] == old.signals[o].link()) {
        kept[o] = true;
        off[i] = old.off[o];
        newestOff[i] = old.newestOff[o];
        newestNs[i] = old.newestNs[o];
        fromNs[i] = old.fromNs[o];
        untilNs[i] = old.untilNs[o];
        toldNs[i] = old.toldNs[o];
      }
    }
    for (int o = 0; o < kept.length; o++) {
      if (!kept[o]) {
        old.end(o);
      }
    }
  }

  public void write(Snapshot.Writer out) {
    out.section(MARKER);
    for (int i = 0; i < signals.length; i++) {
      out.putByte((byte) ((off[i] ? 1 : 0) | (newestOff[i] ? 2 : 0)));
    }
    out.putLongs(newestNs);
    out.putLongs(fromNs);
    out.putLongs(untilNs);
    out.putLongs(toldNs);
  }

  public void read(Snapshot.Reader in) {
    in.section(MARKER);
    for (int i = 0; i < signals.length; i++) {
      byte flags = in.getByte();
      off[i] = (flags & 1) != 0;
      newestOff[i] = (flags & 2) != 0;
    }
    in.getLongs(newestNs);
    in.getLongs(fromNs);
    in.getLongs(untilNs);
    in.getLongs(toldNs);
  }
}
