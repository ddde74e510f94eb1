package io.feedrate.collector.web;

import io.feedrate.collector.adapter.LinkStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The links of the demo plant: most are up, one is down, one waits for a person. */
final class DemoLinks {

  private DemoLinks() {}

  static List<PlantView.LinkView> links(Instant now, long received) {
    List<PlantView.LinkView> links = new ArrayList<>();
    for (int i = 0; i < DemoPlant.MACHINES.size(); i++) {
      String name = DemoPlant.MACHINES.get(i);
      boolean opcua = name.startsWith("cnc");
      LinkStatus.State state =
          switch (name) {
            case "cnc-04" -> LinkStatus.State.DOWN;
            case "cnc-05" -> LinkStatus.State.ATTENTION;
            default -> LinkStatus.State.UP;
          };
      links.add(
          new PlantView.LinkView(
              status(i, name, opcua, state, now, received),
              i == 5 ? Double.NaN : 0.0021 * i - 0.004,
              i == 5 ? Double.NaN : 0.0008));
    }
    return links;
  }

  private static LinkStatus status(
      int i, String name, boolean opcua, LinkStatus.State state, Instant now, long received) {
    String detail =
        switch (state) {
          case DOWN -> "connection refused; next attempt in 16 s";
          case ATTENTION ->
              "the server does not trust this gateway's certificate: accept it there, it is named"
                  + " Feedrate gw-line-1";
          default -> "";
        };
    long rejected = opcua ? 0 : 9;
    return new LinkStatus(
        i,
        name,
        opcua ? "opcua" : "mqtt",
        opcua ? "opc.tcp://192.0.2.1" + i + ":4840" : "tcp://192.0.2.20:1883 " + name,
        state,
        detail,
        Times.ns(now.minusSeconds(state == LinkStatus.State.UP ? 98_000 + i * 777L : 212)),
        received / (i + 1),
        received / (i + 1) - rejected,
        rejected,
        i == 3 ? 14 : 1);
  }
}
