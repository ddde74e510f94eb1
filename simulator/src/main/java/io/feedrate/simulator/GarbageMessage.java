package io.feedrate.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Messages that keep to no contract. */
final class GarbageMessage {
  private static final int HUGE_BYTES = 10 * 1024 * 1024;
  private static final int DEPTH = 10_000;
  private static final String SAMPLES = "samples";

  private final String leaf;
  private final byte[] payload;

  private GarbageMessage(String leaf, byte[] payload) {
    this.leaf = leaf;
    this.payload = payload;
  }

  String leaf() {
    return leaf;
  }

  byte[] payload() {
    return payload;
  }

  static GarbageMessage of(Fault.Junk kind, long nowMs) {
    return switch (kind) {
      case TRUNCATED -> text("{\"seq\":1,\"samples\":[{\"signal\":\"camera-temp");
      case BINARY ->
          new GarbageMessage(SAMPLES, new byte[] {(byte) 0xff, (byte) 0xfe, 0, (byte) 0xc3, 0x28});
      case EMPTY -> text("");
      case WRONG_TYPES -> text("{\"samples\":{\"signal\":17,\"time\":[],\"value\":{}}}");
      case HUGE -> huge();
      case DEEP -> text("[".repeat(DEPTH) + "]".repeat(DEPTH));
      case UNKNOWN_SIGNAL ->
          new GarbageMessage(
              SAMPLES,
              Messages.samples(
                  List.of(
                      new Messages.KeyedReading(
                          "no-such-signal", new Reading(nowMs, 1.0, Reading.GOOD)))));
      case UNKNOWN_TOPIC -> new GarbageMessage("no-such-topic", bytes("{}"));
    };
  }

  private static GarbageMessage huge() {
    byte[] head = bytes("{\"samples\":[],\"padding\":\"");
    byte[] payload = new byte[HUGE_BYTES];
    Arrays.fill(payload, (byte) 'x');
    System.arraycopy(head, 0, payload, 0, head.length);
    payload[HUGE_BYTES - 2] = '"';
    payload[HUGE_BYTES - 1] = '}';
    return new GarbageMessage(SAMPLES, payload);
  }

  private static GarbageMessage text(String json) {
    return new GarbageMessage(SAMPLES, bytes(json));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
