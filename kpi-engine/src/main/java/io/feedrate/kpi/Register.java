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
 * @param rules what holds for all of them
 */
public record Register(
    String hash, List<Asset> assets, List<Signal> signals, List<String> links, Rules rules) {

  public Register {
    assets = List.copyOf(assets);
    signals = List.copyOf(signals);
    links = List.copyOf(links);
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

  /** Length of the base windows of assets. */
  public long windowNs() {
    return rules.windowNs();
  }

  /** Length of the base windows of signals. */
  public long signalWindowNs() {
    return rules.signalWindowNs();
  }

  /** How long after its end a window waits for late data, where its links say nothing else. */
  public long latenessNs() {
    return rules.latenessNs();
  }

  /** How late the watermark of a link is. */
  public long latenessNs(int link) {
    return link < 0 ? rules.latenessNs() : rules.latenessNs(links.get(link));
  }

  /** How soon after its approval a model version must serve. */
  public long modelUpdateDeadlineNs() {
    return rules.modelUpdateDeadlineNs();
  }
}
