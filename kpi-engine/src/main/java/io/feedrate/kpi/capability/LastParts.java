package io.feedrate.kpi.capability;

import io.feedrate.kpi.Fingerprint;
import io.feedrate.kpi.Snapshot;
import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/**
 * What was said last of the latest parts, by whom: the oldest leave when there are too many.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 once it has grown. <b>Bounds</b>: as told.
 */
final class LastParts {
  /** Nothing was said. */
  static final int NONE = 0;

  private static final int FIRST = 64;

  private final int most;
  private final Long2LongHashMap places = new Long2LongHashMap(-1);
  private long[] part = new long[FIRST];
  private int[] by = new int[FIRST];
  private byte[] said = new byte[FIRST];
  private int size;
  private int oldest;

  LastParts(int most) {
    this.most = most;
  }

  private static long key(long itsPart, int itsBy) {
    return Fingerprint.mix(itsPart, itsBy);
  }

  /** What somebody said of a part, or {@link #NONE}. */
  int get(long itsPart, int itsBy) {
    long place = places.get(key(itsPart, itsBy));
    return place < 0 ? NONE : said[(int) place];
  }

  /** Somebody says something of a part; over 0. */
  void put(long itsPart, int itsBy, int its) {
    long key = key(itsPart, itsBy);
    int place = (int) places.get(key);
    if (place < 0) {
      place = place();
      part[place] = itsPart;
      by[place] = itsBy;
      places.put(key, place);
    }
    said[place] = (byte) its;
  }

  /** A free place, that of the oldest if there is no other. */
  private int place() {
    if (size < most) {
      if (size == part.length) {
        int room = Math.min(most, 2 * size);
        part = Arrays.copyOf(part, room);
        by = Arrays.copyOf(by, room);
        said = Arrays.copyOf(said, room);
      }
      return size++;
    }
    int place = oldest;
    places.remove(key(part[place], by[place]));
    oldest = (oldest + 1) % most;
    return place;
  }

  /** Goes on with others, in their order; {@code newBy} gives who each is now, or -1 for nobody. */
  void takeOver(LastParts old, int[] newBy) {
    for (int i = 0; i < old.size; i++) {
      int place = (old.oldest + i) % old.size;
      int its = newBy[old.by[place]];
      if (its >= 0) {
        put(old.part[place], its, old.said[place]);
      }
    }
  }

  void write(Snapshot.Writer out) {
    out.putVarint(size);
    for (int i = 0; i < size; i++) {
      int place = (oldest + i) % size;
      out.putLong(part[place]);
      out.putVarint(by[place]);
      out.putByte(said[place]);
    }
  }

  void read(Snapshot.Reader in) {
    int n = (int) in.getVarint();
    for (int i = 0; i < n; i++) {
      put(in.getLong(), (int) in.getVarint(), in.getByte());
    }
  }
}
