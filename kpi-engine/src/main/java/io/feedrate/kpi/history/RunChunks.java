package io.feedrate.kpi.history;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Chunks of 64 bytes with coded runs, in rings: one ring for each subject that has any, from its
 * oldest to its newest chunk and round to the oldest. Chunks are addressed by number.
 *
 * <pre>
 * chunk := end of the last run (8)  newer chunk (4)  older chunk (4)  bytes used (1)  run* (47)
 * run   := gap  count  head        of which the oldest in its chunk has no gap
 * head  := outcome &lt;&lt; 4 | count     count 0: a count above 15 stands before the head
 * </pre>
 *
 * Numbers are varints that are read from their last byte to their first, as the runs are: {@link
 * RunWalk} goes from the newest to the oldest. So the last run can be changed, and one be put after
 * it, without looking at the others. Mostly a run takes two bytes, and 24 fit into a chunk.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 16 KiB for 256 chunks when all are taken; what
 * was released is taken first. <b>Memory</b>: 64 B per chunk.
 */
final class RunChunks {
  static final int NONE = -1;

  /** Outcomes are less than this. */
  static final int OUTCOMES = 16;

  /** The most runs in a chunk: all but the oldest take two bytes or more. */
  static final int MOST_RUNS = 24;

  private static final int SHORT_COUNT = 15;
  private static final int CHUNK = 64;
  private static final int PER_BLOCK_BITS = 8;
  private static final int PER_BLOCK = 1 << PER_BLOCK_BITS;

  // Where in a chunk what is.
  private static final int END = 0;
  private static final int NEWER = 8;
  private static final int OLDER = 12;
  private static final int USED = 16;
  private static final int RUNS = 17;

  private static final int CAPACITY = CHUNK - RUNS;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[][] blocks = {};
  private int fresh;
  private int free = NONE;

  /** Bytes of all chunks, taken or not. */
  long bytes() {
    return (long) blocks.length * PER_BLOCK * CHUNK;
  }

  /** An empty chunk, newer than one of a ring, or in a ring of its own. */
  int insert(int older) {
    int chunk = take();
    block(chunk)[at(chunk) + USED] = 0;
    link(chunk, older == NONE ? chunk : newer(older));
    if (older != NONE) {
      link(older, chunk);
    }
    return chunk;
  }

  private int take() {
    if (free != NONE) {
      int chunk = free;
      free = newer(chunk);
      return chunk;
    }
    if (fresh == blocks.length * PER_BLOCK) {
      blocks = Arrays.copyOf(blocks, blocks.length + 1);
      blocks[blocks.length - 1] = new byte[PER_BLOCK * CHUNK];
    }
    return fresh++;
  }

  /** Takes a chunk out of its ring. */
  void remove(int chunk) {
    link(older(chunk), newer(chunk));
    INT.set(block(chunk), at(chunk) + NEWER, free);
    free = chunk;
  }

  private void link(int older, int newer) {
    INT.set(block(older), at(older) + NEWER, newer);
    INT.set(block(newer), at(newer) + OLDER, older);
  }

  int newer(int chunk) {
    return (int) INT.get(block(chunk), at(chunk) + NEWER);
  }

  int older(int chunk) {
    return (int) INT.get(block(chunk), at(chunk) + OLDER);
  }

  /** Where the last run of a chunk ends. */
  long end(int chunk) {
    return (long) LONG.get(block(chunk), at(chunk) + END);
  }

  /** Whether the runs of two neighbours fit into one chunk, if there is no long gap between. */
  boolean fitIntoOne(int chunk, int other) {
    return used(chunk) + used(other) < CAPACITY;
  }

  private int used(int chunk) {
    return block(chunk)[at(chunk) + USED];
  }

  /** Begins a walk at the newest run of a chunk. */
  void walk(int chunk, RunWalk walk) {
    int first = at(chunk) + RUNS;
    walk.begin(block(chunk), first, first + used(chunk), end(chunk));
  }

  /** How many runs a chunk has. */
  int runs(int chunk, RunWalk walk) {
    walk(chunk, walk);
    return walk.toOldest();
  }

  /**
   * Puts a run after the others of a chunk.
   *
   * @return whether it fits; always in an empty chunk
   */
  boolean push(int chunk, long from, long slots, int outcome) {
    byte[] block = block(chunk);
    int at = at(chunk);
    int used = block[at + USED];
    long gap = from - (long) LONG.get(block, at + END);
    int now = used + size(slots) + (used == 0 ? 0 : length(gap));
    if (now > CAPACITY) {
      return false;
    }
    int top = putRun(block, at + RUNS + now, slots, outcome);
    if (used != 0) {
      putDown(block, top, gap);
    }
    block[at + USED] = (byte) now;
    LONG.set(block, at + END, from + slots);
    return true;
  }

  /**
   * Makes the last run of a chunk longer by slots right after it, in its place.
   *
   * @return whether its count takes no more bytes
   */
  boolean stretch(int chunk, long slots) {
    byte[] block = block(chunk);
    int at = at(chunk);
    int head = at + RUNS + block[at + USED] - 1;
    boolean isShort = (block[head] & SHORT_COUNT) != 0;
    int lowest = isShort ? head : head - 1;
    int most = isShort ? SHORT_COUNT : 0x7F;
    if (slots > most - (block[lowest] & most)) {
      return false;
    }
    block[lowest] += (byte) slots;
    LONG.set(block, at + END, (long) LONG.get(block, at + END) + slots);
    return true;
  }

  /** The outcome of the last run of a chunk. */
  int lastOutcome(int chunk) {
    return (block(chunk)[at(chunk) + RUNS + used(chunk) - 1] & 0xFF) >>> 4;
  }

  /**
   * Takes away what begins before a slot, of a chunk that ends after it.
   *
   * @return how many runs that were
   */
  int trim(int chunk, long slot, RunWalk walk) {
    walk(chunk, walk);
    int above = walk.at();
    walk.older();
    while (walk.hasOlder() && walk.olderUntil() > slot) {
      above = walk.at();
      walk.older();
    }
    if (!walk.hasOlder() && walk.from() >= slot) {
      return 0;
    }
    int outcome = walk.outcome();
    long slots = walk.until() - Math.max(slot, walk.from());
    byte[] block = block(chunk);
    int bottom = at(chunk) + RUNS;
    int rest = bottom + used(chunk) - above;
    int dropped = walk.toOldest();
    int size = size(slots);
    System.arraycopy(block, above, block, bottom + size, rest);
    putRun(block, bottom + size, slots, outcome);
    block[at(chunk) + USED] = (byte) (size + rest);
    return dropped;
  }

  /** Takes away the run that a walk is at and those after it; the chunk may be left empty. */
  void cut(int chunk, RunWalk walk) {
    byte[] block = block(chunk);
    int at = at(chunk);
    block[at + USED] = (byte) (walk.at() - at - RUNS);
    LONG.set(block, at + END, walk.olderUntil());
  }

  /** Bytes of a run without its gap. */
  private static int size(long slots) {
    return slots <= SHORT_COUNT ? 1 : 1 + length(slots);
  }

  /** Puts a run without its gap below a position; the position below that. */
  private static int putRun(byte[] block, int top, long slots, int outcome) {
    if (slots <= SHORT_COUNT) {
      block[top - 1] = (byte) (outcome << 4 | (int) slots);
      return top - 1;
    }
    block[top - 1] = (byte) (outcome << 4);
    return putDown(block, top - 1, slots);
  }

  /** Bytes of a varint. */
  private static int length(long v) {
    return 1 + (Long.SIZE - 1 - Long.numberOfLeadingZeros(v | 1)) / 7;
  }

  private static int putDown(byte[] block, int top, long v) {
    int at = top;
    long rest = v;
    while ((rest & ~0x7FL) != 0) {
      block[--at] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    block[--at] = (byte) rest;
    return at;
  }

  private byte[] block(int chunk) {
    return blocks[chunk >>> PER_BLOCK_BITS];
  }

  private static int at(int chunk) {
    return (chunk & PER_BLOCK - 1) * CHUNK;
  }
}
