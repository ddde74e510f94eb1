package io.feedrate.collector;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Rules;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.SignalMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Registers for tests: one machine per link with the same signals, and one inference node. A
 * register's text says how it is built, so that any process can read it.
 *
 * @param machines number of machines, each with its own link
 * @param signals signals of each machine
 * @param periodNs required period of all signals
 * @param windowNs length of all windows
 * @param latenessNs how long windows wait
 */
public record TestPlant(int machines, int signals, long periodNs, long windowNs, long latenessNs) {
  public static final String NODE = "site/line/node";

  /** The text that {@link #read} understands. */
  public String json() {
    return machines + " " + signals + " " + periodNs + " " + windowNs + " " + latenessNs;
  }

  /** The register of a text. */
  public static Register read(String json) {
    String[] n = json.split(" ", -1);
    return new TestPlant(
            Integer.parseInt(n[0]),
            Integer.parseInt(n[1]),
            Long.parseLong(n[2]),
            Long.parseLong(n[3]),
            Long.parseLong(n[4]))
        .register();
  }

  /** The register; links are the machines' ids, and one more for the node. */
  public Register register() {
    List<Asset> assets = new ArrayList<>();
    List<Signal> all = new ArrayList<>();
    List<String> links = new ArrayList<>();
    assets.add(new Asset(0, "site", Asset.Kind.SITE, Asset.NO_PARENT, Asset.NO_LINK, ""));
    assets.add(new Asset(1, "site/line", Asset.Kind.LINE, 0, Asset.NO_LINK, ""));
    for (int m = 0; m < machines; m++) {
      String path = "site/line/m" + m;
      links.add("m" + m);
      assets.add(new Asset(2 + m, path, Asset.Kind.MACHINE, 1, m, "maker"));
      for (int s = 0; s < signals; s++) {
        all.add(
            new Signal(
                all.size(),
                path + "/s" + s,
                2 + m,
                m,
                s % 4 == 3 ? SignalMode.ON_CHANGE : SignalMode.PERIODIC,
                periodNs,
                periodNs,
                -1e9,
                1e9,
                "1",
                false));
      }
    }
    links.add("node");
    assets.add(new Asset(2 + machines, NODE, Asset.Kind.NODE, 1, machines, ""));
    return new Register(
        "test-" + json().replace(' ', '-'),
        assets,
        all,
        links,
        Rules.STANDARD
            .windows(windowNs, windowNs)
            .lateness(latenessNs, Map.of())
            .modelUpdates(60_000_000_000L, 60_000_000_000L));
  }
}
