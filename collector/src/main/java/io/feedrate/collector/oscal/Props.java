package io.feedrate.collector.oscal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.feedrate.kpi.maturity.Interval;
import java.time.Instant;

/** Properties in the namespace of Feedrate; what is not known has none. */
final class Props {
  static final String NS = "https://feedrate.io/ns/oscal";

  private final ObjectNode owner;
  private final String group;

  private Props(ObjectNode owner, String group) {
    this.owner = owner;
    this.group = group;
  }

  static Props of(ObjectNode owner) {
    return new Props(owner, "");
  }

  /** Properties that belong together, such as those of a dimension. */
  Props group(String token) {
    return new Props(owner, token);
  }

  Props text(String name, String value) {
    String line = OscalText.line(value, "");
    if (line.isEmpty()) {
      return this;
    }
    // OSCAL wants no empty list, so it is made with its first.
    ArrayNode all = owner.has("props") ? (ArrayNode) owner.get("props") : owner.putArray("props");
    ObjectNode one = all.addObject().put("name", name).put("ns", NS).put("value", line);
    if (!group.isEmpty()) {
      one.put("group", group);
    }
    return this;
  }

  Props number(String name, double value) {
    return Double.isFinite(value) ? text(name, OscalText.number(value)) : this;
  }

  Props interval(String name, Interval interval) {
    return number(name + "-lower", interval.lower()).number(name + "-upper", interval.upper());
  }

  Props time(String name, long epochNs) {
    boolean isOpen = epochNs == Long.MIN_VALUE || epochNs == Long.MAX_VALUE;
    return isOpen ? this : time(name, OscalText.instant(epochNs));
  }

  Props time(String name, Instant at) {
    return text(name, at.toString());
  }
}
