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
public final class Snapshot {

  /** Changes whenever what is written changes. */
  public static final int FORMAT = 9;

  private Snapshot() {}

  /** Appends to a growing buffer that is used again for each snapshot. */
  public static final class Writer {
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private int position;

    public void reset() {
      position = 0;
    }

    public void section(int marker) {
      putInt(marker);
    }

    public void putByte(byte v) {
      buffer.putByte(position, v);
      position += Byte.BYTES;
    }

    public void putInt(int v) {
      buffer.putInt(position, v);
      position += Integer.BYTES;
    }

    public void putLong(long v) {
      buffer.putLong(position, v);
      position += Long.BYTES;
    }

    /** A number of 0 or more in as many bytes as it needs, seven bits each. */
    public void putVarint(long v) {
      long rest = v;
      while ((rest & ~0x7FL) != 0) {
        putByte((byte) (rest | 0x80));
        rest >>>= 7;
      }
      putByte((byte) rest);
    }

    /** A number of either sign; short where it is near 0. */
    public void putZigzag(long v) {
      putVarint(v << 1 ^ v >> 63);
    }

    public void putBytes(byte[] v) {
      putInt(v.length);
      buffer.putBytes(position, v);
      position += v.length;
    }

    public void putText(String v) {
      putBytes(v.getBytes(StandardCharsets.UTF_8));
    }

    /** Each as the difference to the one before: neighbours mostly have about the same times. */
    public void putLongs(long[] v) {
      putColumn(v, 0, 1);
    }

    /** The same for every {@code stride}th number from one on. */
    public void putColumn(long[] v, int from, int stride) {
      putInt(v.length / stride);
      long last = 0;
      for (int i = from; i < v.length; i += stride) {
        putZigzag(v[i] - last);
        last = v[i];
      }
    }

    public void putInts(int[] v) {
      putInt(v.length);
      for (int each : v) {
        putInt(each);
      }
    }

    public DirectBuffer buffer() {
      return buffer;
    }

    public int length() {
      return position;
    }
  }

  /** Reads what {@link Writer} wrote, in the same order. */
  public static final class Reader {
    private final DirectBuffer buffer;
    private int position;

    public Reader(DirectBuffer buffer, int offset) {
      this.buffer = buffer;
      this.position = offset;
    }

    public void section(int marker) {
      int found = getInt();
      if (found != marker) {
        throw new IllegalArgumentException(
            "snapshot is damaged at byte %d: section %x where %x belongs"
                .formatted(position - Integer.BYTES, found, marker));
      }
    }

    public byte getByte() {
      byte v = buffer.getByte(position);
      position += Byte.BYTES;
      return v;
    }

    public int getInt() {
      int v = buffer.getInt(position);
      position += Integer.BYTES;
      return v;
    }

    public long getLong() {
      long v = buffer.getLong(position);
      position += Long.BYTES;
      return v;
    }

    public long getVarint() {
      long v = 0;
      for (int shift = 0; ; shift += 7) {
        byte b = getByte();
        v |= (b & 0x7FL) << shift;
        if (b >= 0) {
          return v;
        }
      }
    }

    public long getZigzag() {
      long v = getVarint();
      return v >>> 1 ^ -(v & 1);
    }

    public byte[] getBytes() {
      byte[] v = new byte[getInt()];
      buffer.getBytes(position, v);
      position += v.length;
      return v;
    }

    public String getText() {
      return new String(getBytes(), StandardCharsets.UTF_8);
    }

    public void getLongs(long[] into) {
      getColumn(into, 0, 1);
    }

    /** Every {@code stride}th number from one on. */
    public void getColumn(long[] into, int from, int stride) {
      expectLength(into.length / stride);
      long last = 0;
      for (int i = from; i < into.length; i += stride) {
        last += getZigzag();
        into[i] = last;
      }
    }

    public void getInts(int[] into) {
      expectLength(into.length);
      for (int i = 0; i < into.length; i++) {
        into[i] = getInt();
      }
    }

    public void getBytes(byte[] into) {
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
