package io.feedrate.collector.adapter.mqtt;

import io.feedrate.collector.journal.EventRecord;
import io.feedrate.collector.journal.InferenceRecord;
import io.feedrate.collector.journal.RejectCause;
import io.feedrate.collector.journal.SampleBatch;
import io.feedrate.kpi.AdviceEvent;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.ModelStage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what would be journaled, and fails on demand. */
final class RecordedRecords implements MqttRecords {
  final List<String> records = new CopyOnWriteArrayList<>();
  volatile boolean full;

  private void add(String record) {
    if (full) {
      throw new JournalFailure(new IllegalStateException("no space left on device"));
    }
    records.add(record);
  }

  @Override
  public void append(SampleBatch batch) {
    add("samples " + batch.link() + " " + batch.size());
  }

  @Override
  public void text(int link, int signal, long sourceTimeNs, int status, String value, int flags) {
    add("text " + signal + " " + value);
  }

  @Override
  public void link(int link, LinkEvent event, long lost, String detail) {
    add(event == LinkEvent.GAP ? event + " " + lost : event.toString());
  }

  @Override
  public void clock(int link, long offsetNs, long uncertaintyNs) {
    add("clock " + offsetNs + " " + uncertaintyNs);
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
    add("model " + stage + " " + node);
  }

  @Override
  public void inference(int link, InferenceRecord inference) {
    add("inference " + inference.node() + " " + inference.inferenceId());
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
    add("advice " + event + " " + node);
  }

  @Override
  public void event(int link, EventRecord event) {
    add("event " + event.kind() + " " + event.node() + " " + event.key());
  }

  @Override
  public void reject(int link, RejectCause cause, String origin, String detail, byte[] payload) {
    add("reject " + cause + " " + origin);
  }
}
