package io.feedrate.collector.adapter.mqtt;

import io.feedrate.collector.journal.EventRecord;
import io.feedrate.collector.journal.InferenceRecord;
import io.feedrate.collector.journal.RejectCause;
import io.feedrate.collector.journal.SampleBatch;
import io.feedrate.kpi.AdviceEvent;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.ModelStage;

/**
 * What this adapter appends to the journal. Every append throws {@link JournalFailure} and nothing
 * else; then nothing was appended.
 */
interface MqttRecords {
  void append(SampleBatch batch);

  void text(int link, int signal, long sourceTimeNs, int status, String value, int flags);

  void link(int link, LinkEvent event, long lost, String detail);

  void clock(int link, long offsetNs, long uncertaintyNs);

  void model(
      int link,
      ModelStage stage,
      long eventNs,
      long notBeforeNs,
      String node,
      String model,
      String version,
      String digest,
      String detail);

  void inference(int link, InferenceRecord inference);

  void advice(
      int link,
      AdviceEvent event,
      long eventNs,
      String node,
      String adviceId,
      String operator,
      String reason);

  void event(int link, EventRecord event);

  void reject(int link, RejectCause cause, String origin, String detail, byte[] payload);

  /** The journal could not take a record: the disk is full, or worse. */
  final class JournalFailure extends RuntimeException {
    JournalFailure(Throwable cause) {
      super(cause);
    }
  }
}
