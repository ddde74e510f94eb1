package io.feedrate.kpi;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Binary form of the engine's whole state: little-endian primitives one after the other, a format
 * version first, each section led by a marker so that a mix-up is found at once and not as a wrong
 * figure. Arrays and texts are led by their length.
 *
 * <p><b>Thread</b>: the engine's.
 */
final class Snapshot {

  /** Changes whenever what is written changes. */
  static final int FORMAT = 1;

  private Snapshot() {}

  /** Appends to a growing buffer that is used again for each snapshot. */
  static final class Writer {
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1 << 16);
    private int position;

    void reset() {
      position = 0;
    }

    void section(int marker) {
      putInt(marker);
    }

    void putByte(byte v) {
      buffer.putByte(position, v);
      position += Byte.BYTES;
    }

    void putInt(int v) {
      buffer.putInt(position, v);
      position += Integer.BYTES;
    }

    void putLong(long v) {
      buffer.putLong(position, v);
      position += Long.BYTES;
    }

    void putBytes(byte[] v) {
      putInt(v.length);
      buffer.putBytes(position, v);
      position += v.length;
    }

    void putText(String v) {
      putBytes(v.getBytes(StandardCharsets.UTF_8));
    }

    void putLongs(long[] v) {
      putInt(v.length);
      for (long each : v) {
        putLong(each);
      }
    }

    void putInts(int[] v) {
      putInt(v.length);
      for (int each : v) {
        putInt(each);
      }
    }

    DirectBuffer buffer() {
      return buffer;
    }

    int length() {
      return position;
    }
  }

  /** Reads what {@link Writer} wrote, in the same order. */
  static final class Reader {
    private final DirectBuffer buffer;
    private int position;

    Reader(DirectBuffer buffer, int offset) {
      this.buffer = buffer;
      this.position = offset;
    }

    void section(int marker) {
      int found = getInt();
      if (found != marker) {
        throw new IllegalArgumentException(
            "snapshot is damaged at byte %d: section %x where %x belongs"
                .formatted(position - Integer.BYTES, found, marker));
      }
    }

    byte getByte() {
      byte v = buffer.getByte(position);
      position += Byte.BYTES;
      return v;
    }

    int getInt() {
      int v = buffer.getInt(position);
      position += Integer.BYTES;
      return v;
    }

    long getLong() {
      long v = buffer.getLong(position);
      position += Long.BYTES;
      return v;
    }

    byte[] getBytes() {
      byte[] v = new byte[getInt()];
      buffer.getBytes(position, v);
      position += v.length;
      return v;
    }

    String getText() {
      return new String(getBytes(), StandardCharsets.UTF_8);
    }

    void getLongs(long[] into) {
      expectLength(into.length);
      for (int i = 0; i < into.length; i++) {
        into[i] = getLong();
      }
    }

    void getInts(int[] into) {
      expectLength(into.length);
      for (int i = 0; i < into.length; i++) {
        into[i] = getInt();
      }
    }

    void getBytes(byte[] into) {
      expectLength(into.length);
      buffer.getBytes(position, into);
      position += into.length;
    }

    private void expectLength(int length) {
      int found = getInt();
      if (found != length) {
        throw new IllegalArgumentException(
            "snapshot does not fit its register at byte %d: %d entries where %d belong"
                .formatted(position - Integer.BYTES, found, length));
      }
    }
  }
}
