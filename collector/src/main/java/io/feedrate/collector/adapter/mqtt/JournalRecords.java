package io.feedrate.collector.adapter.mqtt;

import io.feedrate.collector.journal.EventRecord;
import io.feedrate.collector.journal.InferenceRecord;
import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.journal.RejectCause;
import io.feedrate.collector.journal.SampleBatch;
import io.feedrate.kpi.AdviceEvent;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.ModelStage;

/** Appends to the real journal. */
final class JournalRecords implements MqttRecords {
  private final Journal journal;

  JournalRecords(Journal journal) {
    this.journal = journal;
  }

  @Override
  public void append(SampleBatch batch) {
    try {
      journal.append(batch);
    } catch (RuntimeException | InternalError e) {
      throw new JournalFailure(e);
    }
  }

  @Override
  public void text(int link, int signal, long sourceTimeNs, int status, String value, int flags) {
    guard(() -> journal.appendTextSample(link, signal, sourceTimeNs, status, value, flags));
  }

  @Override
  public void link(int link, LinkEvent event, long lost, String detail) {
    guard(() -> journal.appendLink(link, event, lost, detail));
  }

  @Override
  public void clock(int link, long offsetNs, long uncertaintyNs) {
    guard(() -> journal.appendClock(link, offsetNs, uncertaintyNs));
  }

  @Override
  public void model(
      int link,
      ModelStage stage,
      long eventNs,
      long notBeforeNs,
      String node,
      String model,
      String version,
      String digest,
      String detail) {
    guard(
        () ->
            journal.appendModelChange(
                link, stage, eventNs, notBeforeNs, node, model, version, digest, detail));
  }

  @Override
  public void inference(int link, InferenceRecord inference) {
    guard(() -> journal.appendInference(link, inference));
  }

  @Override
  public void advice(
      int link,
      AdviceEvent event,
      long eventNs,
      String node,
      String adviceId,
      String operator,
      String reason) {
    guard(() -> journal.appendAdvice(link, event, eventNs, node, adviceId, operator, reason));
  }

  @Override
  public void event(int link, EventRecord event) {
    guard(() -> journal.appendEvent(link, event));
  }

  @Override
  public void reject(int link, RejectCause cause, String origin, String detail, byte[] payload) {
    guard(() -> journal.appendReject(link, cause, origin, detail, payload));
  }

  private static void guard(Runnable append) {
    try {
      append.run();
    } catch (RuntimeException | InternalError e) { // a mapped file on a full disk is an Error
      throw new JournalFailure(e);
    }
  }
}
