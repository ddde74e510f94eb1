package io.feedrate.simulator;

import java.util.HashSet;
import java.util.Set;

/**
 * A fault that was put in force, and what it has done so far: the truth to compare a KPI with.
 *
 * <p>A value is <i>touched</i> if it was kept from its client, lost, delayed, doubled or changed.
 * Counts go on for the slot in which the fault ended until that slot is over.
 *
 * <p><b>Thread</b>: any.
 */
public final class ActiveFault {
  /** Value of {@link #endMs()} while in force. */
  public static final long STILL_ACTIVE = Long.MAX_VALUE;

  private record Slot(int signal, long number) {}

  private final Fault fault;
  private final long startMs;
  private long endMs = STILL_ACTIVE;
  private long values;
  private long messages;
  private long lost;
  private final Set<Slot> slots = new HashSet<>();

  ActiveFault(Fault fault, long startMs) {
    this.fault = fault;
    this.startMs = startMs;
  }

  public Fault fault() {
    return fault;
  }

  /** When it came into force, true time in epoch milliseconds. */
  public long startMs() {
    return startMs;
  }

  /** When it ended, or {@link #STILL_ACTIVE}. */
  public synchronized long endMs() {
    return endMs;
  }

  /** Number of values touched. */
  public synchronized long values() {
    return values;
  }

  /** Number of MQTT messages touched, or sent in addition. */
  public synchronized long messages() {
    return messages;
  }

  /** Number of values that can never reach a client: lost on the way, or pushed out of a queue. */
  public synchronized long lost() {
    return lost;
  }

  /**
   * Number of slots of periodic signals, by the required period, in which every value was touched.
   */
  public synchronized long slots() {
    return slots.size();
  }

  synchronized void end(long atMs) {
    endMs = Math.min(endMs, atMs);
  }

  synchronized void touchedMessage() {
    messages++;
  }

  synchronized void lostValues(long count) {
    lost += count;
  }

  synchronized void touchedValue() {
    values++;
  }

  synchronized void claim(int signal, long slot) {
    slots.add(new Slot(signal, slot));
  }

  synchronized void release(int signal, long slot) {
    slots.remove(new Slot(signal, slot));
  }

  @Override
  public synchronized String toString() {
    return fault
        + " values="
        + values
        + " messages="
        + messages
        + " lost="
        + lost
        + " slots="
        + slots.size();
  }
}
