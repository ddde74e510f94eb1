package io.feedrate.collector.adapter.mqtt;

import io.feedrate.collector.journal.RejectCause;
import io.feedrate.kpi.AdviceEvent;

/** Decodes {@code <topic>/advice}; see config/contract/advice.schema.json. */
final class AdviceDecoder implements MessageDecoder {
  private static final int ADVICE_ID = 0;
  private static final int EVENT = 1;
  private static final int TIME = 2;
  private static final int OPERATOR = 3;
  private static final int REASON = 4;
  private static final int NODE = 5;

  private static final AdviceEvent[] EVENTS = AdviceEvent.values();

  private final FlatMessage message;

  AdviceDecoder(Json json) {
    message = new FlatMessage(json, "adviceId", "event", "time", "operator", "reason", "node");
  }

  @Override
  public void decode(byte[] payload, MessageSink sink) {
    if (!message.open(payload, sink)) {
      return;
    }
    if (!message.fields().has(EVENT)) {
      message.wrong(RejectCause.MISSING_FIELD, "event is missing");
    }
    String adviceId = message.required(ADVICE_ID);
    AdviceEvent event = message.word(EVENT, EVENTS, true);
    long timeNs = message.timeNs(TIME);
    String operator = message.text(OPERATOR);
    String reason = message.text(REASON);
    String node = message.text(NODE);
    if (message.isRight(sink)) {
      sink.onAdvice(event, timeNs, node, adviceId, operator, reason);
    }
  }
}
