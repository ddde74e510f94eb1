package io.feedrate.kpi.exclusion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Intervals in order, beside a list of all of them. */
class TrackTest {
  @Test
  void aTimeIsCoveredIfOneIntervalCoversItWholly() {
    for (long seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Track track = new Track("any");
      List<long[]> all = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        long from = random.nextLong(100);
        long to = from + 1 + random.nextLong(30);
        track.add(from, to);
        all.add(new long[] {from, to});
        for (long a = 0; a < 130; a++) {
          for (long b = a + 1; b < a + 20; b++) {
            boolean covered = false;
            for (long[] each : all) {
              covered |= each[0] <= a && b <= each[1];
            }
            if (track.covers(a, b) != covered) {
              assertThat(track.covers(a, b))
                  .as("[%d, %d) after %d intervals, seed %d", a, b, i + 1, seed)
                  .isEqualTo(covered);
            }
          }
          assertThat(track.nextNs(a)).isEqualTo(next(all, a));
        }
      }
    }
  }

  private static long next(List<long[]> all, long ns) {
    long next = Long.MAX_VALUE;
    for (long[] each : all) {
      if (each[1] > ns) {
        next = Math.min(next, Math.max(each[0], ns));
      }
    }
    return next;
  }

  @Test
  void twoThatTouchDoNotCoverWhatLiesAcross() {
    Track track = new Track("any");
    track.add(0, 10);
    track.add(10, 20);
    assertThat(track.covers(5, 10)).isTrue();
    assertThat(track.covers(5, 15)).isFalse();
  }
}
