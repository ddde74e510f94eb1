package io.feedrate.collector.adapter.mqtt;

import io.feedrate.collector.journal.RejectCause;

/** Decodes {@code <topic>/status}; see config/contract/status.schema.json. */
final class StatusDecoder implements MessageDecoder {
  private static final int ONLINE = 0;
  private static final int TIME = 1;
  private static final int SEQ = 2;
  private static final int HEARTBEAT = 3;

  private final FlatMessage message;

  StatusDecoder(Json json) {
    message = new FlatMessage(json, "online", "time", "seq", "heartbeatMs");
  }

  @Override
  public void decode(byte[] payload, MessageSink sink) {
    if (!message.open(payload, sink)) {
      return;
    }
    if (!message.fields().has(ONLINE)) {
      message.wrong(RejectCause.MISSING_FIELD, "online is missing");
    }
    boolean online = message.flag(ONLINE, false);
    long timeNs = message.timeNs(TIME);
    long sequence = Sequence.of(message.fields(), SEQ);
    if (sequence == MessageSink.NOT_TOLD && message.fields().has(SEQ)) {
      message.wrong(RejectCause.WRONG_TYPE, Sequence.WRONG);
    }
    double heartbeatMs = message.number(HEARTBEAT);
    if (message.isRight(sink)) {
      sink.onStatus(
          online,
          sequence,
          timeNs,
          Double.isNaN(heartbeatMs) ? MessageSink.NOT_TOLD : (long) (heartbeatMs * 1e6));
    }
  }
}
