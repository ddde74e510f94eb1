package io.feedrate.collector.adapter.mqtt;

import io.feedrate.collector.journal.EventRecord;
import io.feedrate.collector.journal.InferenceRecord;
import io.feedrate.collector.journal.RejectCause;
import io.feedrate.kpi.AdviceEvent;
import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.Sample;
import java.util.ArrayList;
import java.util.List;

/** Writes down what decoders say. */
final class RecordedSink implements MessageSink {
  final List<String> calls = new ArrayList<>();
  int understood;
  int rejected;

  @Override
  public void onSamples(long sequence) {
    calls.add("samples " + sequence);
  }

  @Override
  public void onSample(int signal, long sourceTimeNs, int status, double value, int flags) {
    understood++;
    calls.add("sample %d %d %x %s %d".formatted(signal, sourceTimeNs, status, value, flags));
  }

  @Override
  public void onText(int signal, long sourceTimeNs, int status, String value, int flags) {
    understood++;
    calls.add("text %d %d %x %s %d".formatted(signal, sourceTimeNs, status, value, flags));
  }

  @Override
  public void onInvalid(String path, String why) {
    calls.add("invalid " + path + ": " + why);
  }

  @Override
  public void onStatus(boolean online, long sequence, long timeNs, long heartbeatNs) {
    understood++;
    calls.add("status %s %d %d %d".formatted(online, sequence, timeNs, heartbeatNs));
  }

  @Override
  public void onInference(InferenceRecord inference) {
    understood++;
    calls.add(inference.toString());
  }

  @Override
  public void onModel(
      ModelStage stage,
      long eventNs,
      long notBeforeNs,
      String node,
      String model,
      String version,
      String digest,
      String detail) {
    understood++;
    calls.add(
        String.join(" ", "model", stage.name(), "" + eventNs, node, model, version, digest, detail)
            + (notBeforeNs == Sample.NO_TIME ? "" : " not before " + notBeforeNs));
  }

  @Override
  public void onAdvice(
      AdviceEvent event,
      long eventNs,
      String node,
      String adviceId,
      String operator,
      String reason) {
    understood++;
    calls.add(
        String.join(" ", "advice", event.name(), "" + eventNs, node, adviceId, operator, reason));
  }

  @Override
  public void onEvent(EventRecord event) {
    understood++;
    calls.add(event.toString());
  }

  @Override
  public void onReject(RejectCause cause, String detail, int from, int to) {
    rejected++;
    calls.add("reject " + cause + " " + detail);
  }
}
