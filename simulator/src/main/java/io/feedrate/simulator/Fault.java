package io.feedrate.simulator;

import java.time.Duration;

/**
 * Something that goes wrong on a line, on demand. {@link SimulatedLine#inject} puts it in force and
 * {@link SimulatedLine#clear} ends it; start, end and counted effect are in its {@link
 * ActiveFault}. Each says what a correct collector must show.
 */
public sealed interface Fault {
  /** Name of the machine or node it strikes, such as {@code cnc-01}. */
  String asset();

  /**
   * The cable of a machine or a node is cut; of {@link SimulatedLine#BROKER}, the one between the
   * broker and its clients other than the line's own.
   *
   * <p>Pulled ({@code silent} false): connections are reset, new ones are too. Silent: nothing
   * passes in either direction, but no connection is closed, as with a failed switch.
   *
   * <p><b>Outcome</b>: DISCONNECTED from the last proof of life on; with {@code silent}, the time
   * up to the missed proof may be AMBIGUOUS. Values that the server kept and hands over afterwards
   * are GOOD_LATE. A node publishes nothing for later: a gap in {@code seq} at reconnection. What
   * the collector counts as on-change signals is DISCONNECTED too, since nothing proves them.
   */
  record CutCable(String asset, boolean silent) implements Fault {}

  /**
   * A sensor of a machine or node gives no new values; everything else lives.
   *
   * <p><b>Outcome</b>: SILENT in {@link ActiveFault#slots()} slots of a periodic signal. An
   * on-change signal stays GOOD: that it is frozen cannot be seen.
   */
  record FreezeSensor(String asset, String signal) implements Fault {}

  /**
   * A machine's server hangs: connections stay open, nothing is answered, no values are made.
   *
   * <p><b>Outcome</b>: DISCONNECTED (up to the missed proof of life AMBIGUOUS) for all signals of
   * the machine; the other machines are untouched.
   */
  record FreezeServer(String asset) implements Fault {}

  /**
   * A machine holds the values of a periodic signal back; at the end it hands over {@code values}
   * of them, spread evenly over the time of the fault, in one burst, and the queues of its
   * subscribers overflow. Nothing goes wrong as long as the fault is in force: clear it.
   *
   * <p><b>Outcome</b>: LOST_OVERFLOW in {@link ActiveFault#slots()} slots: those of which every
   * value was pushed out of the queue. The values that stayed are GOOD or GOOD_LATE by their time.
   * {@link ActiveFault#lost()} is the exact number of values lost, over all subscribers.
   */
  record OverflowQueue(String asset, String signal, int values) implements Fault {}

  /**
   * Values of a signal carry this OPC UA status code.
   *
   * <p><b>Outcome</b>: BAD or UNCERTAIN by the code's severity, in {@link ActiveFault#slots()}
   * slots.
   */
  record BadQuality(String asset, String signal, long statusCode) implements Fault {}

  /**
   * A node publishes each message twice, heartbeats apart.
   *
   * <p><b>Outcome</b>: no KPI changes; {@link ActiveFault#messages()} duplicates are recognised.
   */
  record Duplicate(String asset) implements Fault {}

  /**
   * A node's messages, heartbeats apart, are held back by this long. At the end of the fault what
   * is held goes out at once, in order.
   *
   * <p><b>Outcome</b>: GOOD_LATE where {@code by} is longer than the deadline and shorter than the
   * lateness, in {@link ActiveFault#slots()} slots; no gap.
   */
  record Delay(String asset, Duration by) implements Fault {}

  /**
   * The clock of a machine or node goes wrong by this much: source times, and the machine's
   * CurrentTime or the node's heartbeat time, which is how it can be known.
   *
   * <p><b>Outcome</b>: the link's clock offset is {@code by}; slots stay GOOD, assigned by receive
   * time and flagged, if that is how the collector handles a wrong clock.
   */
  record StepClock(String asset, Duration by) implements Fault {}

  /**
   * A node's model download does not end; one that has not begun will not end either.
   *
   * <p><b>Outcome</b>: the update is pending, its age grows; it does not enter the latency
   * distribution, and is late once older than the deadline.
   */
  record StallDownload(String asset) implements Fault {}

  /**
   * Of a node's samples messages every n-th is lost on the way; 1 loses all.
   *
   * <p><b>Outcome</b>: {@code seq} jumps, {@link ActiveFault#messages()} messages missing;
   * LOST_TRANSPORT in {@link ActiveFault#slots()} slots.
   */
  record LoseMessages(String asset, int every) implements Fault {
    public LoseMessages {
      if (every < 1) {
        throw new IllegalArgumentException("every n-th message is lost, from 1: " + every);
      }
    }
  }

  /**
   * Values of a signal are nonsense of this kind.
   *
   * <p><b>Outcome</b>: each is rejected and counted by cause, INVALID in {@link
   * ActiveFault#slots()} slots; the other signals of the same message are untouched.
   */
  record WrongValues(String asset, String signal, Nonsense kind) implements Fault {}

  /** What a wrong value is. */
  enum Nonsense {
    /** IEEE NaN; in JSON the string "NaN". */
    NAN,
    /** Infinity; in JSON 1e999. */
    INFINITE,
    /** A word in place of a number. */
    TEXT,
    /** Ten times the range above its end. */
    OUT_OF_RANGE,
    /** A source time in 1970. */
    TIME_PAST,
    /** A source time eighty years ahead. */
    TIME_FUTURE,
    /** No source time at all: not rejected over MQTT, where the time of receipt is taken. */
    TIME_MISSING
  }

  /**
   * A node sends one message of this kind in addition to its own, at once.
   *
   * <p><b>Outcome</b>: rejected and counted ({@link ActiveFault#messages()} payloads); nothing else
   * changes.
   */
  record Garbage(String asset, Junk kind) implements Fault {}

  /** What a garbage message is. */
  enum Junk {
    /** JSON that ends in the middle. */
    TRUNCATED,
    /** Bytes that are no text. */
    BINARY,
    /** Nothing. */
    EMPTY,
    /** An array where an object should be, numbers where strings should be. */
    WRONG_TYPES,
    /** Well formed, 10 MB long. */
    HUGE,
    /** Ten thousand brackets deep. */
    DEEP,
    /** A sample of a signal that nobody knows. */
    UNKNOWN_SIGNAL,
    /** A topic below the source's that the contract does not know. */
    UNKNOWN_TOPIC
  }
}
