package io.feedrate.collector.adapter.mqtt;

/** Understands one kind of message: bytes in, calls out, no state between messages. */
interface MessageDecoder {

  /**
   * Decodes a payload. Never throws for whatever bytes: each part of it becomes exactly one call.
   */
  void decode(byte[] payload, MessageSink sink);
}
