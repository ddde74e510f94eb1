package io.feedrate.collector.adapter.mqtt;

import io.feedrate.collector.journal.EventRecord;
import io.feedrate.collector.journal.InferenceRecord;
import io.feedrate.collector.journal.RejectCause;
import io.feedrate.kpi.AdviceEvent;
import io.feedrate.kpi.ModelStage;

/** Takes what decoders understood of the messages of one source, in the order of the message. */
interface MessageSink {

  /** Sequence number or time that was not told. */
  long NOT_TOLD = -1;

  /**
   * A samples message begins; its samples and rejects follow.
   *
   * @param sequence its number, or {@link #NOT_TOLD}
   */
  void onSamples(long sequence);

  /** A sample; parameters as for {@link io.feedrate.kpi.engine.KpiEngine#onSample}. */
  void onSample(int signal, long sourceTimeNs, int status, double value, int flags);

  /** A sample whose value is a text. */
  void onText(int signal, long sourceTimeNs, int status, String value, int flags);

  /** Why the next sample has {@link io.feedrate.kpi.Sample#INVALID}. */
  void onInvalid(String path, String why);

  /**
   * A heartbeat, or that the source went away.
   *
   * @param sequence of the last samples message that was sent, or {@link #NOT_TOLD}
   * @param timeNs by the source's clock, or {@link io.feedrate.kpi.Sample#NO_TIME}
   * @param heartbeatNs how often it will come, or {@link #NOT_TOLD}
   */
  void onStatus(boolean online, long sequence, long timeNs, long heartbeatNs);

  /** An inference result; its node as the payload names it, "" where it does not. */
  void onInference(InferenceRecord inference);

  /**
   * A model version reached a stage.
   *
   * @param notBeforeNs since when it may have been, or {@link io.feedrate.kpi.Sample#NO_TIME} where
   *     nobody polled
   */
  void onModel(
      ModelStage stage,
      long eventNs,
      long notBeforeNs,
      String node,
      String model,
      String version,
      String digest,
      String detail);

  void onAdvice(
      AdviceEvent event,
      long eventNs,
      String node,
      String adviceId,
      String operator,
      String reason);

  /** Something else that happened; its node as the payload names it, "" where it does not. */
  void onEvent(EventRecord event);

  /** Bytes {@code [from, to)} of the payload could not be understood. */
  void onReject(RejectCause cause, String detail, int from, int to);
}
