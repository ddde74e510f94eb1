package io.feedrate.collector.adapter.opcua;

import io.feedrate.collector.config.SignalAddress;
import io.feedrate.collector.journal.EventRecord;
import io.feedrate.collector.journal.Journal;
import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Sample;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares what a server offers with what the register asks of it, for each asset: a node conforms
 * if the server made a monitored item of it. That its values are of the right type is not looked at
 * here: those that are not become invalid samples.
 *
 * <p><b>Thread</b>: the adapter's control thread.
 */
final class InterfaceCheck {
  private final Journal journal;
  private final int link;
  private final Map<Integer, Integer> assetOfSignal = new TreeMap<>();
  private final Map<Integer, String> paths = new TreeMap<>();
  private final Map<Integer, Integer> required = new TreeMap<>();

  /** What was journaled last, by asset. */
  private final Map<Integer, Integer> told = new TreeMap<>();

  InterfaceCheck(Journal journal, int link, List<SignalAddress> signals, Register register) {
    this.journal = journal;
    this.link = link;
    for (SignalAddress signal : signals) {
      int asset = register.signals().get(signal.signal()).asset();
      assetOfSignal.put(signal.signal(), asset);
      paths.put(asset, register.assets().get(asset).path());
      required.merge(asset, 1, Integer::sum);
    }
  }

  /** A new subscription: what was known before may not hold any more. */
  void begin() {
    told.clear();
  }

  /**
   * Journals for each asset how many of its nodes the server offers, where that is news.
   *
   * @param refused signals that the server gave no monitored item for
   * @throws RuntimeException if the journal cannot be written
   */
  void record(Set<Integer> refused) {
    Map<Integer, Integer> offered = new TreeMap<>(required);
    for (int signal : refused) {
      offered.computeIfPresent(assetOfSignal.getOrDefault(signal, -1), (asset, count) -> count - 1);
    }
    offered.forEach(
        (asset, count) -> {
          if (count.equals(told.get(asset))) {
            return;
          }
          journal.appendEvent(
              link,
              new EventRecord(
                  paths.getOrDefault(asset, ""),
                  EventKind.INTERFACE_CHECKED,
                  Sample.NO_TIME,
                  count,
                  required.getOrDefault(asset, 0),
                  "",
                  "",
                  ""));
          told.put(asset, count);
        });
  }
}
