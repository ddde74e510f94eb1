package io.feedrate.kpi.collaboration;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.exclusion.Exclusions;
import io.feedrate.kpi.link.LinkTimelines;
import io.feedrate.kpi.meter.Heirs;
import io.feedrate.kpi.meter.Setting;
import java.util.Arrays;
import java.util.TreeSet;

/** The operator positions of a register: its lines; and in which seconds they are observed. */
final class Positions {
  static final int NONE = -1;
  private static final long SECOND_NS = 1_000_000_000L;
  private static final int[] NO_LINKS = {};

  private final int[] positionOf;
  private final int[][] linksOf;
  private final boolean[] reporting;
  private final LinkTimelines links;
  private final Exclusions exclusions;

  Positions(Setting setting) {
    Register register = setting.register();
    links = setting.links();
    exclusions = setting.exclusions();
    positionOf = new int[register.assets().size()];
    linksOf = new int[positionOf.length][];
    reporting = new boolean[positionOf.length];
    Arrays.fill(linksOf, NO_LINKS);
    for (Asset a : register.assets()) {
      int above = a.parent() < 0 ? NONE : positionOf[a.parent()];
      positionOf[a.id()] = a.kind() == Asset.Kind.LINE ? a.id() : above;
    }
    for (Asset a : register.assets()) {
      if (isPosition(a.id())) {
        linksOf[a.id()] = linksBelow(register, a.id());
      }
    }
  }

  private int[] linksBelow(Register register, int position) {
    TreeSet<Integer> found = new TreeSet<>();
    for (Asset a : register.assets()) {
      if (positionOf[a.id()] == position && a.link() != Asset.NO_LINK) {
        found.add(a.link());
      }
    }
    for (Signal s : register.signals()) {
      if (positionOf[s.asset()] == position && s.link() >= 0) {
        found.add(s.link());
      }
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  boolean isPosition(int asset) {
    return positionOf[asset] == asset;
  }

  /** The position that an asset belongs to, or {@link #NONE}. */
  int of(int asset) {
    return positionOf[asset];
  }

  /** A position told of an alarm. */
  void reports(int position) {
    reporting[position] = true;
  }

  boolean isReporting(int position) {
    return reporting[position];
  }

  /** Whether the second in which something happened is out of scope for an asset. */
  boolean isExcluded(int asset, long atNs) {
    long second = Math.floorDiv(atNs, SECOND_NS) * SECOND_NS;
    return exclusions.coversAsset(asset, second, second + SECOND_NS);
  }

  /** Whether alarms of a position would have been heard of in a second. */
  boolean isObserved(int position, long second) {
    if (!reporting[position]) {
      return false;
    }
    for (int link : linksOf[position]) {
      if (links.worst(link, second, second + SECOND_NS) <= LinkTimelines.GAP
          && links.provenNs(link) >= second + SECOND_NS) {
        return true;
      }
    }
    return linksOf[position].length == 0;
  }

  void write(Snapshot.Writer out) {
    for (boolean each : reporting) {
      out.putByte((byte) (each ? 1 : 0));
    }
  }

  void read(Snapshot.Reader in) {
    for (int i = 0; i < reporting.length; i++) {
      reporting[i] = in.getByte() == 1;
    }
  }

  void takeOver(Positions old, Heirs heirs) {
    for (int a = 0; a < reporting.length; a++) {
      int before = heirs.oldAsset()[a];
      reporting[a] = before >= 0 && old.reporting[before];
    }
  }
}
