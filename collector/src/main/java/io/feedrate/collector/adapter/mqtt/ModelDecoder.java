package io.feedrate.collector.adapter.mqtt;

import io.feedrate.collector.journal.RejectCause;
import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.Sample;

/** Decodes {@code <topic>/model}; see config/contract/model.schema.json. */
final class ModelDecoder implements MessageDecoder {
  private static final int MODEL = 0;
  private static final int VERSION = 1;
  private static final int DIGEST = 2;
  private static final int STAGE = 3;
  private static final int TIME = 4;
  private static final int NODE = 5;
  private static final int DETAIL = 6;
  private static final int NOT_BEFORE = 7;

  private static final ModelStage[] STAGES = ModelStage.values();

  private final FlatMessage message;

  ModelDecoder(Json json) {
    message =
        new FlatMessage(
            json, "model", "version", "digest", "stage", "time", "node", "detail", "notBefore");
  }

  @Override
  public void decode(byte[] payload, MessageSink sink) {
    if (!message.open(payload, sink)) {
      return;
    }
    if (!message.fields().has(STAGE)) {
      message.wrong(RejectCause.MISSING_FIELD, "stage is missing");
    }
    String model = message.required(MODEL);
    String version = message.required(VERSION);
    String digest = message.text(DIGEST);
    ModelStage stage = message.word(STAGE, STAGES, true);
    long timeNs = message.timeNs(TIME);
    long notBeforeNs = message.timeNs(NOT_BEFORE);
    if (notBeforeNs != Sample.NO_TIME && timeNs != Sample.NO_TIME && notBeforeNs > timeNs) {
      message.wrong(RejectCause.BAD_TIME, "notBefore is after time");
    }
    String node = message.text(NODE);
    String detail = message.text(DETAIL);
    if (message.isRight(sink)) {
      sink.onModel(stage, timeNs, notBeforeNs, node, model, version, digest, detail);
    }
  }
}
