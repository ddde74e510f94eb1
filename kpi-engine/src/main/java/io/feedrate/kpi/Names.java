package io.feedrate.kpi;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Names (of nodes, models, versions) as dense ids, in the order of first sight.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 for a known name. Bounded by {@link #MAX}
 * and {@link #MAX_BYTES}.
 */
public final class Names {

  /**
   * The most names kept; further ones become {@link #OVERFLOW}, so that a flood cannot exhaust
   * memory.
   */
  public static final int MAX = 1 << 20;

  /** The most bytes of all names together; the state is written with every commit. */
  public static final int MAX_BYTES = 32 << 20;

  /** Id of the empty name. */
  public static final int EMPTY = 0;

  /** Id that all names over {@link #MAX} share. */
  public static final int OVERFLOW = 1;

  private final List<byte[]> bytes = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private int[] table = new int[256];
  private int byteCount;

  public Names() {
    clear();
  }

  private void clear() {
    bytes.clear();
    texts.clear();
    byteCount = 0;
    Arrays.fill(table, -1);
    id("");
    id("(too many names)");
  }

  /** The id of a UTF-8 text in a buffer, new if it was never seen. */
  public int id(DirectBuffer buffer, int offset, int length) {
    int slot = hash(buffer, offset, length) & (table.length - 1);
    while (table[slot] >= 0) {
      if (same(bytes.get(table[slot]), buffer, offset, length)) {
        return table[slot];
      }
      slot = (slot + 1) & (table.length - 1);
    }
    if (bytes.size() >= MAX || byteCount + length > MAX_BYTES) {
      return OVERFLOW;
    }
    byte[] copy = new byte[length];
    buffer.getBytes(offset, copy);
    return add(copy, slot);
  }

  /** The id of a text, new if it was never seen. Allocates. */
  public int id(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return id(new UnsafeBuffer(utf8), 0, utf8.length);
  }

  /** The name with this id. */
  public String name(int id) {
    return texts.get(id);
  }

  /** Number of names, including the empty one and the shared one. */
  public int size() {
    return bytes.size();
  }

  private int add(byte[] utf8, int freeSlot) {
    int id = bytes.size();
    bytes.add(utf8);
    byteCount += utf8.length;
    texts.add(new String(utf8, StandardCharsets.UTF_8));
    table[freeSlot] = id;
    if (bytes.size() * 2 > table.length) {
      grow();
    }
    return id;
  }

  private void grow() {
    int[] wider = new int[table.length * 2];
    Arrays.fill(wider, -1);
    for (int id = 0; id < bytes.size(); id++) {
      byte[] name = bytes.get(id);
      int slot = hash(new UnsafeBuffer(name), 0, name.length) & (wider.length - 1);
      while (wider[slot] >= 0) {
        slot = (slot + 1) & (wider.length - 1);
      }
      wider[slot] = id;
    }
    table = wider;
  }

  private static int hash(DirectBuffer buffer, int offset, int length) {
    int h = 0x811c9dc5; // FNV-1a
    for (int i = 0; i < length; i++) {
      h = (h ^ (buffer.getByte(offset + i) & 0xff)) * 0x01000193;
    }
    return h ^ (h >>> 15);
  }

  private static boolean same(byte[] name, DirectBuffer buffer, int offset, int length) {
    if (name.length != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (name[i] != buffer.getByte(offset + i)) {
        return false;
      }
    }
    return true;
  }

  /** Writes all names. */
  public void write(Snapshot.Writer out) {
    out.putInt(bytes.size());
    for (byte[] name : bytes) {
      out.putBytes(name);
    }
  }

  /** Replaces all names by those of a snapshot. */
  public void read(Snapshot.Reader in) {
    bytes.clear();
    texts.clear();
    byteCount = 0;
    Arrays.fill(table, -1);
    int size = in.getInt();
    for (int i = 0; i < size; i++) {
      byte[] name = in.getBytes();
      id(new UnsafeBuffer(name), 0, name.length);
    }
  }
}
