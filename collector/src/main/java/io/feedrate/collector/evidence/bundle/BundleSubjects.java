package io.feedrate.collector.evidence.bundle;

import io.feedrate.collector.assess.Assessor;
import io.feedrate.collector.config.RegisterJson;
import io.feedrate.collector.store.LogReader;
import io.feedrate.collector.store.RegisterRow;
import io.feedrate.kpi.Asset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a bundle is about: the assets that were asked for, or the site. */
final class BundleSubjects {
  private BundleSubjects() {}

  static List<String> of(BundleOrder order, LogReader log) {
    Set<String> known = new LinkedHashSet<>();
    String site = "";
    for (RegisterRow row : log.registers()) {
      List<Asset> assets = RegisterJson.read(row.json()).assets();
      assets.forEach(asset -> known.add(asset.path()));
      site = assets.get(0).path(); // parents come first
    }
    if (known.isEmpty()) {
      throw new BundleException("the log has no register yet: nothing was measured");
    }
    if (order.assets().isEmpty()) {
      return List.of(site);
    }
    for (String asset : order.assets()) {
      if (!known.contains(asset)) {
        throw new BundleException(
            "%s is no site, line, machine or node of this gateway; there are %s"
                .formatted(asset, String.join(", ", new TreeSet<>(known))));
      }
      for (String other : order.assets()) {
        if (!other.equals(asset) && Assessor.isAtOrBelow(List.of(other), asset)) {
          throw new BundleException("%s is a part of %s: name one of them".formatted(asset, other));
        }
      }
    }
    return order.assets();
  }
}
