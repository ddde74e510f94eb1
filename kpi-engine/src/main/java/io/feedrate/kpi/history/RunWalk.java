package io.feedrate.kpi.history;

/**
 * Goes through the runs of a chunk from the newest to the oldest.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 after construction.
 */
final class RunWalk {
  private byte[] bytes = {};
  private int bottom;
  private int at;
  private long olderUntil;

  private long from;
  private long until;
  private int outcome;

  /** Bytes from one position up to another have the runs; the newest of them ends by a slot. */
  void begin(byte[] block, int first, int end, long endSlot) {
    bytes = block;
    bottom = first;
    at = end;
    olderUntil = endSlot;
  }

  /** Goes to the next older run, if there is one. */
  boolean older() {
    if (!hasOlder()) {
      return false;
    }
    int head = bytes[--at] & 0xFF;
    outcome = head >>> 4;
    int few = head & 0xF;
    until = olderUntil;
    from = until - (few != 0 ? few : number());
    olderUntil = at == bottom ? from : from - number();
    return true;
  }

  boolean hasOlder() {
    return at != bottom;
  }

  /** Goes to the oldest run of the chunk: how many steps that were. */
  int toOldest() {
    int steps = 0;
    while (older()) {
      steps++;
    }
    return steps;
  }

  /** There are no older runs. */
  void toNone() {
    at = bottom;
  }

  private long number() {
    byte b = bytes[--at];
    long v = b & 0x7F;
    for (int shift = 7; b < 0; shift += 7) {
      b = bytes[--at];
      v |= (b & 0x7FL) << shift;
    }
    return v;
  }

  /** The first slot of the run. */
  long from() {
    return from;
  }

  /** The first slot after the run. */
  long until() {
    return until;
  }

  int outcome() {
    return outcome;
  }

  /** Where its bytes begin. */
  int at() {
    return at;
  }

  /** Where the next older run of the chunk ends, if there is one. */
  long olderUntil() {
    return olderUntil;
  }
}
