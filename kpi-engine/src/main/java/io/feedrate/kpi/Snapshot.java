package io.feedrate.kpi;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Binary form of the engine's whole state, described in {@code docs/snapshot.md}: a header with
 * format version, length and checksum, then little-endian primitives one after the other. Each
 * section is led by a marker, so that a mix-up is found at once and not as a wrong figure. Arrays
 * and texts are led by their length.
 *
 * <p><b>Thread</b>: the engine's. <b>Errors</b>: whatever cannot be read is an {@link
 * IllegalArgumentException} that says where; nothing is made as large as damaged bytes say.
 */
public final class Snapshot {

  /**
   * Changes whenever what is written changes, and whenever other results are computed from the same
   * calls (ADR 13).
   */
  public static final int FORMAT = 11;

  /** What a snapshot begins with. */
  public static final int MARKER = 0x46454544;

  /** Bytes before the body: marker, format, length of the body, its CRC-32C. */
  public static final int HEADER = 4 * Integer.BYTES;

  private static final int FORMAT_AT = Integer.BYTES;
  private static final int LENGTH_AT = 2 * Integer.BYTES;
  private static final int CHECKSUM_AT = 3 * Integer.BYTES;
  private static final int LAST_SHIFT = 63;
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  private Snapshot() {}

  /**
   * Checks the header and the checksum.
   *
   * @return a reader of the body, and of nothing behind it
   * @throws IllegalArgumentException if it has another format or is damaged
   */
  public static Reader open(DirectBuffer buffer, int offset) {
    int there = buffer.capacity() - offset;
    if (there < HEADER || buffer.getInt(offset, ORDER) != MARKER) {
      throw new IllegalArgumentException("this is no snapshot, or a damaged one");
    }
    int format = buffer.getInt(offset + FORMAT_AT, ORDER);
    if (format != FORMAT) {
      throw new IllegalArgumentException(
          "the snapshot has format %d, this version reads %d: replay the journal instead"
              .formatted(format, FORMAT));
    }
    int length = buffer.getInt(offset + LENGTH_AT, ORDER);
    if (length < 0 || length > there - HEADER) {
      throw new IllegalArgumentException(
          "the snapshot is damaged: %d bytes belong behind its header, %d are there"
              .formatted(length, there - HEADER));
    }
    if (checksum(buffer, offset + HEADER, length) != buffer.getInt(offset + CHECKSUM_AT, ORDER)) {
      throw new IllegalArgumentException("the snapshot is damaged: its checksum is wrong");
    }
    return new Reader(buffer, offset + HEADER, length);
  }

  private static int checksum(DirectBuffer buffer, int offset, int length) {
    CRC32C crc = new CRC32C();
    byte[] chunk = new byte[Math.min(length, 1 << 13)];
    for (int at = 0; at < length; at += chunk.length) {
      int n = Math.min(chunk.length, length - at);
      buffer.getBytes(offset + at, chunk, 0, n);
      crc.update(chunk, 0, n);
    }
    return (int) crc.getValue();
  }

  /** Appends to a growing buffer that is used again for each snapshot. */
  public static final class Writer {
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private int position;

    public void reset() {
      position = 0;
    }

    /** Leaves room for the header of a whole snapshot. */
    public void begin() {
      position = HEADER;
    }

    /** Writes the header, once the body is complete. */
    public void seal() {
      int length = position - HEADER;
      buffer.putInt(0, MARKER, ORDER);
      buffer.putInt(FORMAT_AT, FORMAT, ORDER);
      buffer.putInt(LENGTH_AT, length, ORDER);
      buffer.putInt(CHECKSUM_AT, checksum(buffer, HEADER, length), ORDER);
    }

    public void section(int marker) {
      putInt(marker);
    }

    /** Of a meter, whose name leads it. */
    public void section(String name) {
      putText(name);
    }

    public void putByte(byte v) {
      buffer.putByte(position, v);
      position += Byte.BYTES;
    }

    public void putInt(int v) {
      buffer.putInt(position, v, ORDER);
      position += Integer.BYTES;
    }

    public void putLong(long v) {
      buffer.putLong(position, v, ORDER);
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
    private final int end;
    private int position;

    /** A reader of a part without header, which ends with its buffer. */
    public Reader(DirectBuffer buffer, int offset) {
      this(buffer, offset, buffer.capacity() - offset);
    }

    private Reader(DirectBuffer buffer, int offset, int length) {
      this.buffer = buffer;
      this.position = offset;
      this.end = offset + length;
    }

    /** Says that what was read cannot be, and where. */
    public IllegalArgumentException damaged(String what) {
      return new IllegalArgumentException(
          "the snapshot is damaged before byte %d: %s".formatted(position, what));
    }

    /** Where the next of so many bytes begin. */
    private int take(int bytes) {
      int from = position;
      if (bytes < 0 || bytes > end - from) {
        throw damaged("%d bytes where %d are left".formatted(bytes, end - from));
      }
      position = from + bytes;
      return from;
    }

    public void section(int marker) {
      int found = getInt();
      if (found != marker) {
        throw damaged("section %x where %x belongs".formatted(found, marker));
      }
    }

    /** Of a meter. */
    public void section(String name) {
      String found = getText();
      if (!found.equals(name)) {
        throw damaged("section of %s where that of %s belongs".formatted(found, name));
      }
    }

    /**
     * Everything has been read.
     *
     * @throws IllegalArgumentException if something is left
     */
    public void end() {
      if (position != end) {
        throw damaged("%d bytes are left".formatted(end - position));
      }
    }

    public byte getByte() {
      return buffer.getByte(take(Byte.BYTES));
    }

    public int getInt() {
      return buffer.getInt(take(Integer.BYTES), ORDER);
    }

    public long getLong() {
      return buffer.getLong(take(Long.BYTES), ORDER);
    }

    public long getVarint() {
      long v = 0;
      for (int shift = 0; shift <= LAST_SHIFT; shift += 7) {
        byte b = getByte();
        v |= (b & 0x7FL) << shift;
        if (b >= 0) {
          return v;
        }
      }
      throw damaged("a number of more than 64 bits");
    }

    /** A varint that tells how many follow, each of a byte or more. */
    public int getCount() {
      long n = getVarint();
      if (n < 0 || n > end - position) {
        throw damaged("%d entries in %d bytes".formatted(n, end - position));
      }
      return (int) n;
    }

    public long getZigzag() {
      long v = getVarint();
      return v >>> 1 ^ -(v & 1);
    }

    public byte[] getBytes() {
      int length = getInt();
      int from = take(length);
      byte[] v = new byte[length];
      buffer.getBytes(from, v);
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
      buffer.getBytes(take(into.length), into);
    }

    private void expectLength(int length) {
      int found = getInt();
      if (found != length) {
        throw damaged("%d entries where the register has %d".formatted(found, length));
      }
    }
  }
}
