package io.feedrate.kpi;

import java.util.List;

/**
 * All assets and signals with their requirements: the denominator of every ratio comes from here,
 * never from what arrived.
 *
 * @param hash SHA-256 of the register's canonical text, hex: what results name as their register
 * @param assets indexed by {@link Asset#id()}, parents first
 * @param signals indexed by {@link Signal#id()}
 * @param links names of the links, indexed by link id
 * @param windowNs length of the persisted windows of assets, aligned to the UTC epoch
 * @param signalWindowNs length of the persisted windows of signals, a multiple of windowNs
 * @param latenessNs how long after its end a window waits for late data (L)
 * @param modelUpdateDeadlineNs how soon after its approval a model version must serve
 */
public record Register(
    String hash,
    List<Asset> assets,
    List<Signal> signals,
    List<String> links,
    long windowNs,
    long signalWindowNs,
    long latenessNs,
    long modelUpdateDeadlineNs) {

  public Register {
    assets = List.copyOf(assets);
    signals = List.copyOf(signals);
    links = List.copyOf(links);
    if (windowNs <= 0 || latenessNs < 0) {
      throw new IllegalArgumentException("window must be over 0 and lateness 0 or more");
    }
    if (signalWindowNs <= 0 || signalWindowNs % windowNs != 0) {
      throw new IllegalArgumentException("the window of signals must be a multiple of the assets'");
    }
    for (int i = 0; i < assets.size(); i++) {
      if (assets.get(i).id() != i || assets.get(i).parent() >= i) {
        throw new IllegalArgumentException("asset ids must be dense, parents first: " + i);
      }
    }
    for (int i = 0; i < signals.size(); i++) {
      if (signals.get(i).id() != i || signals.get(i).periodNs() <= 0) {
        throw new IllegalArgumentException("signal ids must be dense, periods over 0: " + i);
      }
    }
  }
}
