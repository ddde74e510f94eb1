package io.feedrate.collector.adapter.mqtt;

import io.feedrate.collector.journal.InferenceRecord;
import io.feedrate.collector.journal.RejectCause;
import io.feedrate.kpi.InferenceMode;

/** Decodes {@code <topic>/inference}; see config/contract/inference.schema.json. */
final class InferenceDecoder implements MessageDecoder {
  private static final int INFERENCE_ID = 0;
  private static final int MODEL = 1;
  private static final int VERSION = 2;
  private static final int DIGEST = 3;
  private static final int INPUT_TIME = 4;
  private static final int TIME = 5;
  private static final int LATENCY = 6;
  private static final int OK = 7;
  private static final int DECISION = 8;
  private static final int SCORE = 9;
  private static final int PART = 10;
  private static final int MODE = 11;
  private static final int NODE = 12;
  private static final int ACTIONABLE = 13;

  private static final InferenceMode[] MODES = InferenceMode.values();

  private final FlatMessage message;

  InferenceDecoder(Json json) {
    message =
        new FlatMessage(
            json,
            "inferenceId",
            "model",
            "version",
            "digest",
            "inputTime",
            "time",
            "latencyMs",
            "ok",
            "decision",
            "score",
            "part",
            "mode",
            "node",
            "actionable");
  }

  @Override
  public void decode(byte[] payload, MessageSink sink) {
    if (!message.open(payload, sink)) {
      return;
    }
    double latencyMs = message.number(LATENCY);
    InferenceRecord inference =
        new InferenceRecord(
            message.text(NODE),
            message.required(MODEL),
            message.required(VERSION),
            message.text(DIGEST),
            message.word(MODE, MODES, false),
            message.flag(OK, true),
            message.timeNs(INPUT_TIME),
            message.timeNs(TIME),
            Double.isNaN(latencyMs) ? -1 : Math.round(latencyMs * 1e6),
            score(),
            message.flag(ACTIONABLE, false),
            message.textOrNumber(INFERENCE_ID),
            message.textOrNumber(DECISION),
            message.textOrNumber(PART));
    if (message.isRight(sink)) {
      sink.onInference(inference);
    }
  }

  /** Any finite number: some models give logits. */
  private double score() {
    double score = message.fields().number(SCORE);
    if (message.fields().has(SCORE) && !Double.isFinite(score)) {
      message.wrong(RejectCause.WRONG_TYPE, "score is no number");
    }
    return score;
  }
}
