package io.feedrate.kpi.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The queue against a list. */
class KeyedQueueTest {
  private static final int SEEDS = 200;

  private record Entry(long key, int asset, long atNs, int mark) {}

  private final List<Entry> expected = new ArrayList<>();

  private static List<Entry> withKey(KeyedQueue queue, long key) {
    List<Entry> found = new ArrayList<>();
    for (long id = queue.find(key); id != KeyedQueue.NONE; id = queue.findOlder(id)) {
      found.add(0, new Entry(key, queue.asset(id), queue.atNs(id), queue.mark(id)));
    }
    return found;
  }

  private void isAsExpected(KeyedQueue queue, long seed) {
    for (long key = 1; key <= 8; key++) {
      long its = key;
      assertThat(withKey(queue, key))
          .as("seed %d key %d", seed, key)
          .isEqualTo(expected.stream().filter(e -> e.key == its).toList());
    }
    long oldest = queue.oldest();
    assertThat(oldest == KeyedQueue.NONE).as("seed %d", seed).isEqualTo(expected.isEmpty());
    if (oldest != KeyedQueue.NONE) {
      assertThat(queue.atNs(oldest)).as("seed %d", seed).isEqualTo(expected.get(0).atNs);
    }
  }

  private static KeyedQueue restored(KeyedQueue queue) {
    Snapshot.Writer out = new Snapshot.Writer();
    queue.write(out);
    KeyedQueue its = new KeyedQueue();
    its.read(new Snapshot.Reader(out.buffer(), 0));
    return its;
  }

  @Test
  void itHoldsWhatWasAddedAndNotRemovedInOrder() {
    for (long seed = 0; seed < SEEDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      KeyedQueue queue = new KeyedQueue();
      expected.clear();
      for (int step = 0; step < 600; step++) {
        int what = random.nextInt(10);
        if (what < 5) {
          Entry e = new Entry(1 + random.nextLong(8), random.nextInt(3), step, 0);
          queue.add(e.asset, e.key, e.atNs, 0, 0);
          expected.add(e);
        } else if (what < 9 && !expected.isEmpty()) {
          removeAny(queue, random);
        } else if (random.nextInt(20) == 0) {
          queue = restored(queue);
        }
        if (step % 20 == 0) {
          isAsExpected(queue, seed);
        }
      }
      isAsExpected(queue, seed);
    }
  }

  private void removeAny(KeyedQueue queue, SplittableRandom random) {
    Entry e = expected.get(random.nextInt(expected.size()));
    long id = queue.find(e.key);
    while (queue.atNs(id) != e.atNs) {
      id = queue.findOlder(id);
    }
    queue.remove(id);
    expected.remove(e);
  }

  @Test
  void itIsFullAtItsBoundAndSoIsItAfterARestart() {
    KeyedQueue queue = new KeyedQueue();
    for (int i = 1; i <= KeyedQueue.MAX; i++) {
      queue.mark(queue.add(0, i, i, 2L * i, 3L * i), i % 3);
    }
    queue.remove(queue.find(5));
    assertThat(queue.isFull()).isTrue();
    KeyedQueue again = restored(queue);
    assertThat(again.isFull()).isTrue();
    long id = again.find(7);
    assertThat(again.sourceNs(id)).isEqualTo(14);
    assertThat(again.receivedNs(id)).isEqualTo(21);
    assertThat(again.mark(id)).isEqualTo(1);
    again.remove(again.oldest());
    assertThat(again.isFull()).isFalse();
  }
}
