package io.feedrate.collector.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Compares rows that are computed again with those stored, both in the order of computation. When
 * they part, one side is searched a little for the other's row, so that a single missing or added
 * row shows as that and not as a difference of all that follow.
 */
final class RowComparison {
  /** How many differences are described; all are counted. */
  private static final int DESCRIBED = 10;

  /** How far ahead a row is searched. */
  private static final int SEARCHED = 500;

  private final boolean compare;
  private final int keyLines;
  private final LongFunction<List<Row>> pages;
  private final Deque<String> stored = new ArrayDeque<>();
  private final List<String> differences = new ArrayList<>();
  private long lastFetchedId;
  private long computed;
  private long equal;
  private long differenceCount;

  /** A stored row with its canonical text. */
  record Row(long id, String text) {}

  /**
   * Compares from a row id on.
   *
   * @param firstId id after which the stored rows begin
   * @param keyLines how many first lines of a canonical text are its key
   * @param pages some stored rows after an id, none at the end
   */
  RowComparison(boolean compare, long firstId, int keyLines, LongFunction<List<Row>> pages) {
    this.compare = compare;
    this.keyLines = keyLines;
    this.lastFetchedId = firstId;
    this.pages = pages;
  }

  /** The next row computed. */
  void onComputed(String row) {
    computed++;
    if (!compare) {
      return;
    }
    fill();
    if (row.equals(stored.peekFirst())) {
      stored.removeFirst();
      equal++;
    } else if (find(row)) {
      equal++;
    } else if (sameKey(row, stored.peekFirst())) {
      differ("computed and stored rows differ:", changes(row, stored.removeFirst()));
    } else {
      differ("computed, but not in the store:", row);
    }
  }

  /** Drops stored rows before this one, if it is near. */
  private boolean find(String row) {
    int ahead = 0;
    for (String candidate : stored) {
      if (candidate.equals(row)) {
        for (int i = 0; i < ahead; i++) {
          differ("in the store, but not computed:", stored.removeFirst());
        }
        stored.removeFirst();
        return true;
      }
      if (++ahead > SEARCHED) {
        return false;
      }
    }
    return false;
  }

  private void fill() {
    if (stored.size() <= SEARCHED) {
      for (Row row : pages.apply(lastFetchedId)) {
        stored.addLast(row.text());
        lastFetchedId = row.id();
      }
    }
  }

  /** All is computed; stored rows up to this id must be used up. */
  void finish(long lastId) {
    if (!compare) {
      return;
    }
    do {
      while (!stored.isEmpty()) {
        differ("in the store, but not computed:", stored.removeFirst());
      }
      fill();
    } while (!stored.isEmpty());
    if (lastFetchedId != lastId) {
      differ("last row:", "%d, the checkpoint says %d".formatted(lastFetchedId, lastId));
    }
  }

  private void differ(String what, String rows) {
    differenceCount++;
    if (differences.size() < DESCRIBED) {
      differences.add(what + "\n  " + rows.strip().replace("\n", "\n  "));
    }
  }

  private boolean sameKey(String a, @Nullable String b) {
    return b != null && key(a).equals(key(b));
  }

  private List<String> key(String row) {
    return row.lines().limit(keyLines).toList();
  }

  private String changes(String computed, String stored) {
    List<String> ours = computed.lines().toList();
    List<String> theirs = stored.lines().toList();
    StringBuilder text = new StringBuilder(String.join(" ", key(computed)));
    for (int i = 0; i < Math.max(ours.size(), theirs.size()); i++) {
      String a = i < ours.size() ? ours.get(i) : "(nothing)";
      String b = i < theirs.size() ? theirs.get(i) : "(nothing)";
      if (!a.equals(b)) {
        text.append("\ncomputed ").append(a).append("\nstored   ").append(b);
      }
    }
    return text.toString();
  }

  long computed() {
    return computed;
  }

  long equal() {
    return equal;
  }

  long differenceCount() {
    return differenceCount;
  }

  List<String> differences() {
    return differences;
  }
}
