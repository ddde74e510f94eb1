package io.feedrate.kpi;

import org.agrona.DirectBuffer;

/**
 * The one entrance: everything that the journal says, in journal order, as primitives. Results come
 * out through the {@link ResultListener} when a tick passes a window's end plus the lateness.
 *
 * <p><b>Thread</b>: one, always the same. <b>Units</b>: epoch nanoseconds. <b>Allocation</b>: 0 per
 * sample, proof, inference or tick; per window and per register change it allocates.
 */
public final class KpiEngine {

  /** Sample flag: the source gave no time; it is assigned by receive time and counted. */
  public static final int FLAG_NO_SOURCE_TIME = 1;

  /**
   * Sample flag: the value had the wrong type or broke the schema; the slot can at best be INVALID.
   */
  public static final int FLAG_INVALID = 2;

  /** Sample flag: stored by the source and sent later; it is never in time. */
  public static final int FLAG_HISTORICAL = 4;

  /** Sample flag: the value is a text; its number means nothing. */
  public static final int FLAG_TEXT = 8;

  /** An event time that was not told. */
  public static final long NO_TIME = Long.MIN_VALUE;

  public KpiEngine(ResultListener listener) {}

  /** The names that events refer to by id. */
  public Names names() {
    return new Names();
  }

  /**
   * Puts a register into force from {@code nowNs} on. Signals of the same path keep their state.
   */
  public void onRegister(Register register, long nowNs) {}

  /** The collector started: nothing was observed since the last thing it received. */
  public void onStart(long nowNs) {}

  /**
   * One reading.
   *
   * @param signal id in the register
   * @param sourceTimeNs time at the source, ignored with {@link #FLAG_NO_SOURCE_TIME}
   * @param receivedNs time of receipt, never running backwards by more than adapters' races
   * @param status OPC UA StatusCode (OPC 10000-4, 7.39), for every protocol
   * @param value the number; not finite is invalid
   * @param flags {@code FLAG_…}
   */
  public void onSample(
      int signal, long sourceTimeNs, long receivedNs, int status, double value, int flags) {}

  /** Something became known about a link at {@code receivedNs}. */
  public void onLink(int link, LinkEvent event, long receivedNs) {}

  /** The source's clock was measured: source minus collector, and how sure that is. */
  public void onClock(int link, long offsetNs, long uncertaintyNs, long receivedNs) {}

  /** A model version reached a stage on a node; ids from {@link #names()}. */
  public void onModelEvent(
      int node,
      int model,
      int version,
      int digest,
      ModelStage stage,
      long eventNs,
      long receivedNs) {}

  /**
   * One inference result; ids from {@link #names()}.
   *
   * @param ok whether it succeeded
   * @param inferenceNs when it was made, by the node's clock, or {@link #NO_TIME}
   * @param latencyNs how long it took, or negative if not told
   */
  public void onInference(
      int node,
      int model,
      int version,
      int digest,
      InferenceMode mode,
      boolean ok,
      long inferenceNs,
      long latencyNs,
      long receivedNs) {}

  /** An advice was shown or decided; {@code advice} identifies it on its node. */
  public void onAdvice(int node, int advice, AdviceEvent event, long eventNs, long receivedNs) {}

  /** An interval of a subject (asset or signal path) is out of scope. */
  public void onExclusion(String subject, long fromNs, long toNs, long enteredNs) {}

  /** Time passes; what is older than the lateness is settled, windows close. */
  public void onTick(long nowNs) {}

  /** The whole state; valid until the next call. */
  public DirectBuffer snapshot() {
    return new org.agrona.concurrent.UnsafeBuffer(0, 0);
  }

  /** Length of the last snapshot in bytes. */
  public int snapshotLength() {
    return 0;
  }

  /** Goes on from a snapshot that was taken under the same register. */
  public void restore(Register register, DirectBuffer buffer, int offset) {}
}
