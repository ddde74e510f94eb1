package io.feedrate.collector.store;

import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Result;
import java.util.HexFormat;
import java.util.Map;

/**
 * The one text of a row: two rows are equal exactly if their texts are. Numbers are written with
 * all their digits; negative zero counts as zero, and there is one NaN.
 */
public final class Canonical {
  private Canonical() {}

  /** The text of a result. */
  public static String text(Result r) {
    StringBuilder text = new StringBuilder(256);
    field(text, "kpi", r.kpi());
    field(text, "subject", r.subject());
    field(text, "start_ns", r.startNs());
    field(text, "end_ns", r.endNs());
    field(text, "revision", r.revision());
    field(text, "span", r.span());
    field(text, "register", r.registerHash());
    field(text, "state", r.figure().state());
    field(text, "value", number(r.figure().value()));
    field(text, "lower", number(r.figure().lower()));
    field(text, "upper", number(r.figure().upper()));
    field(text, "counts", Json.array(r.counts()));
    field(text, "histogram", HexFormat.of().formatHex(r.histogram()));
    return text.toString();
  }

  /** The text of a model update's state. */
  public static String text(ModelUpdate u) {
    StringBuilder text = new StringBuilder(256);
    field(text, "node", u.node());
    field(text, "model", u.model());
    field(text, "version", u.version());
    field(text, "digest", u.digest());
    field(text, "attempt", u.attempt());
    field(text, "revision", u.revision());
    field(text, "approved_ns", u.approvedNs());
    field(text, "approved_received_ns", u.approvedReceivedNs());
    field(text, "end_ns", u.endNs());
    field(text, "end_received_ns", u.endReceivedNs());
    field(text, "end", u.end());
    field(text, "rolled_back_ns", u.rolledBackNs());
    for (Map.Entry<ModelStage, Long> stage : u.stagesNs().entrySet()) {
      field(text, stage.getKey().name(), stage.getValue());
    }
    return text.toString();
  }

  private static void field(StringBuilder text, String name, Object value) {
    text.append(name).append('=').append(value).append('\n');
  }

  private static String number(double value) {
    return Double.toString(value + 0.0); // which turns -0.0 into 0.0
  }
}
