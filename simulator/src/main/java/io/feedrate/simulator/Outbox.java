package io.feedrate.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The way of a node's messages to its {@link Publisher}: numbers the samples messages, and lets the
 * faults of messages have their effect.
 *
 * <p><b>Thread</b>: under the node's lock.
 */
final class Outbox {
  /** In place of a number in messages that have none. */
  private static final long UNNUMBERED = 0;

  /** A value that a message carries, for the books. */
  record Carried(int signal, boolean sound) {}

  private record Held(long dueMs, Runnable delivery) {}

  private final Publisher publisher;
  private final AssetFaults faults;
  private final Deque<Held> held = new ArrayDeque<>();

  /** Number of the last samples message that was made. */
  private long seq;

  /** Number of the last one that left, if only to get lost: what is held back has not. */
  private long left;

  private long offered;
  private long values;

  Outbox(Publisher publisher, AssetFaults faults) {
    this.publisher = publisher;
    this.faults = faults;
  }

  /** Number of values that went out, or wait to. */
  long values() {
    return values;
  }

  /** A heartbeat: neither delayed nor doubled. */
  void heartbeat(LongFunction<byte[]> payloadBySeq) {
    if (cut() == null) {
      publisher.publish(Publisher.STATUS, payloadBySeq.apply(left));
    }
  }

  /** One samples message; its number is used up even if it gets lost. */
  void samples(long trueMs, List<Carried> carried, LongFunction<byte[]> payloadBySeq) {
    long number = ++seq;
    byte[] payload = payloadBySeq.apply(number);
    offered++;
    ActiveFault lossy = faults.active(Fault.LoseMessages.class);
    if (lossy != null && offered % ((Fault.LoseMessages) lossy.fault()).every() == 0) {
      left = number;
      touch(lossy, trueMs, carried);
      lossy.lostValues(carried.size());
      return;
    }
    send(trueMs, "samples", payload, carried, number);
  }

  /**
   * Any other message.
   *
   * @return false if it is lost
   */
  boolean send(long trueMs, String leaf, byte[] payload) {
    return send(trueMs, leaf, payload, List.of(), UNNUMBERED);
  }

  private boolean send(
      long trueMs, String leaf, byte[] payload, List<Carried> carried, long number) {
    ActiveFault delay = faults.active(Fault.Delay.class);
    if (delay != null) {
      long dueMs = trueMs + ((Fault.Delay) delay.fault()).by().toMillis();
      held.add(new Held(dueMs, () -> deliver(dueMs, leaf, payload, List.of(), number)));
      touch(delay, trueMs, carried);
      values += carried.size();
      return true;
    }
    return deliver(trueMs, leaf, payload, carried, number);
  }

  private boolean deliver(
      long trueMs, String leaf, byte[] payload, List<Carried> carried, long number) {
    left = Math.max(left, number);
    ActiveFault cut = cut();
    boolean silent = cut != null && ((Fault.CutCable) cut.fault()).silent();
    // Not even tried with the cable pulled: the client may need a moment to notice.
    boolean accepted = (cut == null || silent) && publisher.publish(leaf, payload);
    ActiveFault blamed = cut == null && !accepted ? faults.fading(Fault.CutCable.class) : cut;
    if (blamed != null) {
      touch(blamed, trueMs, carried);
    }
    if (!accepted) {
      if (blamed != null) {
        blamed.lostValues(carried.size());
      }
      return false;
    }
    values += carried.size();
    if (blamed == null) {
      repeat(leaf, payload, carried);
      for (Carried value : carried) {
        if (value.sound()) {
          faults.sound(value.signal(), trueMs);
        }
      }
    }
    return true;
  }

  private void repeat(String leaf, byte[] payload, List<Carried> carried) {
    ActiveFault twice = faults.active(Fault.Duplicate.class);
    if (twice != null && publisher.publish(leaf, payload)) {
      twice.touchedMessage();
      carried.forEach(value -> twice.touchedValue());
    }
  }

  private void touch(ActiveFault fault, long trueMs, List<Carried> carried) {
    fault.touchedMessage();
    for (Carried value : carried) {
      faults.touched(fault, value.signal(), trueMs);
    }
  }

  private @Nullable ActiveFault cut() {
    return faults.active(Fault.CutCable.class);
  }

  /** Releases what was held back long enough. */
  void release(long nowMs) {
    Held next = held.peek();
    while (next != null && next.dueMs() <= nowMs) {
      held.remove();
      next.delivery().run();
      next = held.peek();
    }
  }
}
