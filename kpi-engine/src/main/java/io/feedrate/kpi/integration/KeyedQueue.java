package io.feedrate.kpi.integration;

import io.feedrate.kpi.Snapshot;
import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/**
 * What waits for another message with the same key: first in, first out, bounded. Several may have
 * one key. Each is named by a number that is never given again; {@link #NONE} names nothing.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 once grown. <b>Bounds</b>: the last {@link
 * #MAX} that were added; whoever adds one more takes the oldest away first.
 */
final class KeyedQueue {
  /** The most that wait. */
  static final int MAX = 1 << 14;

  /** Names nothing. */
  static final long NONE = -1;

  private static final long REMOVED = 0;
  private static final int FIRST_CAPACITY = 64;

  private final Long2LongHashMap newest = new Long2LongHashMap(NONE);
  private long[] key = new long[FIRST_CAPACITY];
  private long[] older = new long[FIRST_CAPACITY];
  private int[] asset = new int[FIRST_CAPACITY];
  private long[] atNs = new long[FIRST_CAPACITY];
  private long[] sourceNs = new long[FIRST_CAPACITY];
  private long[] receivedNs = new long[FIRST_CAPACITY];
  private byte[] mark = new byte[FIRST_CAPACITY];
  private long head;
  private long tail;

  /** Whether the oldest has to go before another is added. */
  boolean isFull() {
    return tail - head == MAX;
  }

  /** The one that waits longest, or {@link #NONE}. */
  long oldest() {
    return head == tail ? NONE : head;
  }

  /** Adds one. The key is not 0. */
  long add(int itsAsset, long itsKey, long itsAtNs, long itsSourceNs, long itsReceivedNs) {
    if (isFull()) {
      throw new IllegalStateException("the oldest must go first");
    }
    if (tail - head == key.length) {
      grow();
    }
    long id = tail++;
    int i = slot(id);
    key[i] = itsKey;
    older[i] = newest.put(itsKey, id);
    asset[i] = itsAsset;
    atNs[i] = itsAtNs;
    sourceNs[i] = itsSourceNs;
    receivedNs[i] = itsReceivedNs;
    mark[i] = 0;
    return id;
  }

  private int slot(long id) {
    return (int) (id & (key.length - 1));
  }

  private void grow() {
    int from = key.length;
    key = Arrays.copyOf(key, 2 * from);
    older = Arrays.copyOf(older, 2 * from);
    asset = Arrays.copyOf(asset, 2 * from);
    atNs = Arrays.copyOf(atNs, 2 * from);
    sourceNs = Arrays.copyOf(sourceNs, 2 * from);
    receivedNs = Arrays.copyOf(receivedNs, 2 * from);
    mark = Arrays.copyOf(mark, 2 * from);
    for (long id = head; id < tail; id++) {
      int was = (int) (id & (from - 1));
      int is = slot(id);
      key[is] = key[was];
      older[is] = older[was];
      asset[is] = asset[was];
      atNs[is] = atNs[was];
      sourceNs[is] = sourceNs[was];
      receivedNs[is] = receivedNs[was];
      mark[is] = mark[was];
    }
  }

  /** The newest with a key, or {@link #NONE}. */
  long find(long itsKey) {
    return newest.get(itsKey);
  }

  /** The one with the same key that was added before this one, or {@link #NONE}. */
  long findOlder(long id) {
    long its = key[slot(id)];
    long before = older[slot(id)];
    while (before >= head && key[slot(before)] != its) {
      before = older[slot(before)]; // one that was removed from the middle
    }
    return before >= head ? before : NONE;
  }

  /** Takes one away. */
  void remove(long id) {
    int i = slot(id);
    if (newest.get(key[i]) == id) {
      long before = findOlder(id);
      if (before == NONE) {
        newest.remove(key[i]);
      } else {
        newest.put(key[i], before);
      }
    }
    key[i] = REMOVED;
    while (head < tail && key[slot(head)] == REMOVED) {
      head++;
    }
  }

  /** Whether this one still waits; for who walks from {@link #oldest()} to {@link #end()}. */
  boolean has(long id) {
    return id >= head && id < tail && key[slot(id)] != REMOVED;
  }

  /** The number that the next one will have. */
  long end() {
    return tail;
  }

  int asset(long id) {
    return asset[slot(id)];
  }

  long atNs(long id) {
    return atNs[slot(id)];
  }

  long sourceNs(long id) {
    return sourceNs[slot(id)];
  }

  long receivedNs(long id) {
    return receivedNs[slot(id)];
  }

  /** A number that its owner keeps with it, at first 0. */
  int mark(long id) {
    return mark[slot(id)];
  }

  void mark(long id, int its) {
    mark[slot(id)] = (byte) its;
  }

  /**
   * Goes on with what waits under another register.
   *
   * @param heir for each old asset the one here that it counts for, or -1
   */
  void takeOver(KeyedQueue old, int[] heir) {
    for (long id = old.head; id < old.tail; id++) {
      int o = old.slot(id);
      if (old.key[o] == REMOVED || heir[old.asset[o]] < 0) {
        skip();
      } else {
        long its =
            add(heir[old.asset[o]], old.key[o], old.atNs[o], old.sourceNs[o], old.receivedNs[o]);
        mark(its, old.mark[o]);
      }
    }
  }

  /** Keeps the place of one that was removed: bounds must be the same after a restart. */
  private void skip() {
    if (head == tail) {
      return;
    }
    if (tail - head == key.length) {
      grow();
    }
    key[slot(tail)] = REMOVED;
    older[slot(tail)] = NONE;
    tail++;
  }

  void write(Snapshot.Writer out) {
    out.putVarint(tail - head);
    long lastNs = 0;
    for (long id = head; id < tail; id++) {
      int i = slot(id);
      boolean removed = key[i] == REMOVED;
      out.putByte((byte) (removed ? 1 : 0));
      if (!removed) {
        out.putLong(key[i]);
        out.putVarint(asset[i]);
        out.putZigzag(atNs[i] - lastNs);
        out.putZigzag(sourceNs[i] - atNs[i]);
        out.putZigzag(receivedNs[i] - atNs[i]);
        out.putByte(mark[i]);
        lastNs = atNs[i];
      }
    }
  }

  void read(Snapshot.Reader in) {
    newest.clear();
    head = 0;
    tail = 0;
    long lastNs = 0;
    long n = in.getVarint();
    for (long k = 0; k < n; k++) {
      if (in.getByte() == 1) {
        skip();
        continue;
      }
      long itsKey = in.getLong();
      int itsAsset = (int) in.getVarint();
      lastNs += in.getZigzag();
      long itsSourceNs = lastNs + in.getZigzag();
      long itsReceivedNs = lastNs + in.getZigzag();
      long id = add(itsAsset, itsKey, lastNs, itsSourceNs, itsReceivedNs);
      mark(id, in.getByte());
    }
  }
}
