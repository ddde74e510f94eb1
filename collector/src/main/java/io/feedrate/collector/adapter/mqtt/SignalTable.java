package io.feedrate.collector.adapter.mqtt;

import io.feedrate.collector.config.SignalAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The signals of one source by the bytes of their key in the payload.
 *
 * <p><b>Thread</b>: any, it never changes. <b>Allocation</b>: 0 per look-up.
 */
final class SignalTable {
  private final byte[][] keys;
  private final SignalAddress[] signals;
  private final int[] slots;

  SignalTable(List<SignalAddress> addresses) {
    signals = addresses.toArray(SignalAddress[]::new);
    keys = new byte[signals.length][];
    slots = new int[Math.max(2, Integer.highestOneBit(Math.max(1, signals.length)) * 4)];
    Arrays.fill(slots, -1);
    for (int i = 0; i < signals.length; i++) {
      keys[i] = signals[i].address().getBytes(StandardCharsets.UTF_8);
      int slot = hash(keys[i], 0, keys[i].length) & (slots.length - 1);
      while (slots[slot] >= 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = i;
    }
  }

  /** Index of the signal whose key is {@code [from, to)}, or -1. */
  int find(byte[] bytes, int from, int to) {
    int slot = hash(bytes, from, to) & (slots.length - 1);
    while (slots[slot] >= 0) {
      byte[] key = keys[slots[slot]];
      if (Arrays.equals(key, 0, key.length, bytes, from, to)) {
        return slots[slot];
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return -1;
  }

  /** The signal at an index that {@link #find} gave. */
  SignalAddress signal(int index) {
    return signals[index];
  }

  private static int hash(byte[] bytes, int from, int to) {
    int h = 0x811c9dc5; // FNV-1a
    for (int i = from; i < to; i++) {
      h = (h ^ (bytes[i] & 0xff)) * 0x01000193;
    }
    return h ^ (h >>> 15);
  }
}
