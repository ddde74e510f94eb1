package io.feedrate.kpi;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.agrona.collections.IntArrayList;

/**
 * A register's signals by what they belong to, as arrays that all who need them share.
 *
 * <p><b>Thread</b>: any. <b>Allocation</b>: 0 after construction. <b>Memory</b>: 16 B a signal.
 */
public final class SignalIndex {
  private final int[] asset;
  private final int[] link;
  private final int[][] ofAsset;
  private final int[][] ofLink;

  /** Of the signals of a register. */
  public SignalIndex(Register register) {
    List<Signal> signals = register.signals();
    asset = signals.stream().mapToInt(Signal::asset).toArray();
    link = signals.stream().mapToInt(Signal::link).toArray();
    ofAsset = group(signals, Signal::asset, register.assets().size());
    ofLink = group(signals, Signal::link, register.links().size());
  }

  private static int[][] group(List<Signal> signals, ToIntFunction<Signal> by, int groups) {
    List<IntArrayList> lists = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      lists.add(new IntArrayList());
    }
    signals.forEach(s -> lists.get(by.applyAsInt(s)).addInt(s.id()));
    return lists.stream().map(IntArrayList::toIntArray).toArray(int[][]::new);
  }

  /** How many signals there are. */
  public int size() {
    return asset.length;
  }

  /** The asset that a signal belongs to. */
  public int asset(int signal) {
    return asset[signal];
  }

  /** The link that a signal comes over. */
  public int link(int signal) {
    return link[signal];
  }

  /** The signals of an asset itself, in order; not to be changed. */
  public int[] ofAsset(int itsAsset) {
    return ofAsset[itsAsset];
  }

  /** The signals that come over a link, in order; not to be changed. */
  public int[] ofLink(int itsLink) {
    return ofLink[itsLink];
  }
}
