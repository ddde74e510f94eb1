package io.feedrate.kpi.capability;

import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.meter.Heirs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Something for each model of each asset, in the order of first sight.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 for a known model. <b>Bounds</b>: {@link
 * #MAX}; further ones are not followed and their reports counted.
 */
final class PerModel<T> {
  /** The most that there are, over all assets. */
  static final int MAX = 4096;

  private record Entry<T>(int model, T value) {}

  private final IntFunction<T> make;
  private final List<List<Entry<T>>> ofAsset = new ArrayList<>();
  private final List<List<T>> values = new ArrayList<>();
  private final Long2ObjectHashMap<T> byKey = new Long2ObjectHashMap<>();
  private long untracked;

  /**
   * For so many assets.
   *
   * @param make makes the one of a model
   */
  PerModel(int assets, IntFunction<T> make) {
    this.make = make;
    for (int a = 0; a < assets; a++) {
      ofAsset.add(new ArrayList<>(0));
      values.add(new ArrayList<>(0));
    }
  }

  private static long key(int asset, int model) {
    return (long) asset << 32 | model;
  }

  /** The one of an asset's model, if there is one. */
  @Nullable T get(int asset, int model) {
    return byKey.get(key(asset, model));
  }

  /** The one of an asset's model, made if it is new; null if there are too many. */
  @Nullable T of(int asset, int model) {
    T known = byKey.get(key(asset, model));
    if (known != null) {
      return known;
    }
    if (byKey.size() >= MAX) {
      untracked++;
      return null;
    }
    T its = make.apply(model);
    put(asset, model, its);
    return its;
  }

  private void put(int asset, int model, T its) {
    byKey.put(key(asset, model), its);
    ofAsset.get(asset).add(new Entry<>(model, its));
    values.get(asset).add(its);
  }

  /** Those of an asset; not to be changed. */
  List<T> of(int asset) {
    return values.get(asset);
  }

  /** Reports that could not be followed because there were too many. */
  long untracked() {
    return untracked;
  }

  /** Goes on with those of another register, and hands over those whose asset is gone. */
  void takeOver(PerModel<T> old, Heirs heirs, BiConsumer<Integer, T> gone) {
    untracked = old.untracked;
    boolean[] has = new boolean[old.ofAsset.size()];
    for (int a = 0; a < ofAsset.size(); a++) {
      int o = heirs.oldAsset()[a];
      if (o >= 0) {
        has[o] = true;
        for (Entry<T> e : old.ofAsset.get(o)) {
          put(a, e.model, e.value);
        }
      }
    }
    for (int o = 0; o < has.length; o++) {
      for (T its : has[o] ? List.<T>of() : old.values.get(o)) {
        gone.accept(o, its);
      }
    }
  }

  void write(Snapshot.Writer out, Consumer<T> each) {
    out.putLong(untracked);
    for (List<Entry<T>> entries : ofAsset) {
      out.putVarint(entries.size());
      for (Entry<T> e : entries) {
        out.putVarint(e.model);
        each.accept(e.value);
      }
    }
  }

  void read(Snapshot.Reader in, Consumer<T> each) {
    untracked = in.getLong();
    for (int a = 0; a < ofAsset.size(); a++) {
      int n = (int) in.getVarint();
      for (int i = 0; i < n; i++) {
        int model = (int) in.getVarint();
        T its = make.apply(model);
        each.accept(its);
        put(a, model, its);
      }
    }
  }
}
