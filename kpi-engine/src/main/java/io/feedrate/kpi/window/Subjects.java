package io.feedrate.kpi.window;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Signal;
import java.util.Arrays;
import java.util.List;

/**
 * What windows are about: paths, what each belongs to, and how late its watermark is. The watermark
 * of an asset is that of the latest link below it, so its result waits for all that belongs to it;
 * watermarks follow the collector's clock, so an idle source holds nothing open.
 */
public final class Subjects {
  private static final int NO_PARENT = -1;
  private static final int[] NO_PARENTS = {};
  private static final int[] ALL_IN_ONE = {};

  private final List<String> paths;
  private final int[] parent;
  private final long[] latenessNs;
  private final int[] level;

  private Subjects(List<String> paths, int[] parent, long[] subjectLatenessNs) {
    this.paths = paths;
    this.parent = parent;
    latenessNs =
        paths.isEmpty()
            ? new long[1]
            : Arrays.stream(subjectLatenessNs).sorted().distinct().toArray();
    level =
        latenessNs.length == 1
            ? ALL_IN_ONE
            : Arrays.stream(subjectLatenessNs)
                .mapToInt(ns -> Arrays.binarySearch(latenessNs, ns))
                .toArray();
  }

  /** The assets of a register. */
  public static Subjects assets(Register register) {
    List<Asset> assets = register.assets();
    long[] lateness = new long[assets.size()];
    for (Asset a : assets) {
      lateness[a.id()] = register.latenessNs(a.link());
    }
    for (Signal s : register.signals()) {
      lateness[s.asset()] = Math.max(lateness[s.asset()], register.latenessNs(s.link()));
    }
    for (int a = lateness.length - 1; a >= 0; a--) {
      int above = assets.get(a).parent();
      if (above >= 0) {
        lateness[above] = Math.max(lateness[above], lateness[a]);
      }
    }
    return new Subjects(
        assets.stream().map(Asset::path).toList(),
        assets.stream().mapToInt(Asset::parent).toArray(),
        lateness);
  }

  /** The signals of a register; none belongs to another. */
  public static Subjects signals(Register register) {
    return new Subjects(
        register.signals().stream().map(Signal::path).toList(),
        NO_PARENTS,
        register.signals().stream().mapToLong(s -> register.latenessNs(s.link())).toArray());
  }

  /** How many there are. */
  public int size() {
    return paths.size();
  }

  /** The path of a subject. */
  public String path(int subject) {
    return paths.get(subject);
  }

  /** What it belongs to, or a negative number. */
  public int parent(int subject) {
    return parent == NO_PARENTS ? NO_PARENT : parent[subject];
  }

  /** Number of levels: groups of subjects with the same watermark, the earliest first; over 0. */
  public int levels() {
    return latenessNs.length;
  }

  /** The level of a subject; that of its parent is the same or higher. */
  public int level(int subject) {
    return level == ALL_IN_ONE ? 0 : level[subject];
  }

  /** How late the watermark of a level is. */
  public long latenessNs(int itsLevel) {
    return latenessNs[itsLevel];
  }
}
