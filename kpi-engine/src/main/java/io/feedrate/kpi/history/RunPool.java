package io.feedrate.kpi.history;

import java.util.Arrays;

/**
 * Nodes of doubly linked lists of runs, addressed by number. All that one node has lies side by
 * side, so that looking at it costs one line of the cache and not one for each of its fields.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: grows by half when it is full. <b>Memory</b>:
 * 24 B per node.
 */
final class RunPool {
  private static final int NONE = -1;
  private static final int FIRST = 16;

  // Words of a node.
  private static final int WORDS = 3;
  private static final int START = 0;
  private static final int SLOTS = 1;
  private static final int LINKS = 2;

  private final int bound;
  private long[] words = {};
  private int fresh;
  private int free = NONE;
  private int used;

  /** A pool of at most so many nodes; whoever takes them must see to that. */
  RunPool(int bound) {
    this.bound = bound;
  }

  /** How many nodes are taken. */
  int used() {
    return used;
  }

  /** A node with anything in it. */
  int take() {
    used++;
    if (free != NONE) {
      int node = free;
      free = next(node);
      return node;
    }
    if (fresh * WORDS == words.length) {
      int nodes = Math.max(FIRST, fresh + fresh / 2);
      words = Arrays.copyOf(words, Math.min(nodes, bound) * WORDS);
    }
    return fresh++;
  }

  void release(int node) {
    setNext(node, free);
    free = node;
    used--;
  }

  long start(int node) {
    return words[node * WORDS + START];
  }

  void setStart(int node, long slot) {
    words[node * WORDS + START] = slot;
  }

  int count(int node) {
    return (int) words[node * WORDS + SLOTS];
  }

  int value(int node) {
    return (int) (words[node * WORDS + SLOTS] >>> Integer.SIZE);
  }

  void setCount(int node, int slots) {
    setSlots(node, slots, value(node));
  }

  void setSlots(int node, int slots, int outcome) {
    words[node * WORDS + SLOTS] = (long) outcome << Integer.SIZE | Integer.toUnsignedLong(slots);
  }

  int next(int node) {
    return (int) words[node * WORDS + LINKS];
  }

  int prev(int node) {
    return (int) (words[node * WORDS + LINKS] >>> Integer.SIZE);
  }

  void setNext(int node, int its) {
    link(node, its, prev(node));
  }

  void setPrev(int node, int its) {
    link(node, next(node), its);
  }

  void link(int node, int itsNext, int itsPrev) {
    words[node * WORDS + LINKS] = (long) itsPrev << Integer.SIZE | Integer.toUnsignedLong(itsNext);
  }
}
