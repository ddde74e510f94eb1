package io.feedrate.collector.store;

import io.feedrate.kpi.Episode;
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

  /** How many of its first lines tell which result a text is of. */
  public static final int RESULT_KEY_LINES = 6;

  /** The same for a model update, without its revision. */
  public static final int MODEL_UPDATE_KEY_LINES = 5;

  /** The same for an episode's state. */
  public static final int EPISODE_KEY_LINES = 6;

  private Canonical() {}

  /** The text of a result. */
  public static String text(Result r) {
    StringBuilder text = new StringBuilder(256);
    field(text, "kpi", r.kpi());
    field(text, "subject", r.subject());
    field(text, "span", r.span());
    field(text, "start_ns", r.startNs());
    field(text, "end_ns", r.endNs());
    field(text, "revision", r.revision());
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
    field(text, "end_not_before_ns", u.endNotBeforeNs());
    field(text, "end_ns", u.endNs());
    field(text, "end_received_ns", u.endReceivedNs());
    field(text, "end", u.end());
    field(text, "rolled_back_ns", u.rolledBackNs());
    field(text, "other_digest", u.otherDigest());
    for (Map.Entry<ModelStage, Long> stage : u.stagesNs().entrySet()) {
      field(text, stage.getKey().name(), stage.getValue());
    }
    return text.toString();
  }

  /** The text of an episode's state. */
  public static String text(Episode e) {
    StringBuilder text = new StringBuilder(256);
    field(text, "kind", e.kind());
    field(text, "subject", e.subject());
    field(text, "key", e.key());
    field(text, "start_ns", e.startNs());
    field(text, "start_received_ns", e.startReceivedNs());
    field(text, "revision", e.revision());
    field(text, "end_ns", e.endNs());
    field(text, "end_received_ns", e.endReceivedNs());
    field(text, "end", e.end());
    return text.toString();
  }

  private static void field(StringBuilder text, String name, Object value) {
    text.append(name).append('=').append(value).append('\n');
  }

  private static String number(double value) {
    return Double.toString(value + 0.0); // which turns -0.0 into 0.0
  }
}
