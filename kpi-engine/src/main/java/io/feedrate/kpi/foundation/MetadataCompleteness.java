package io.feedrate.kpi.foundation;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.window.Tally;
import java.util.List;

/**
 * Metadata completeness: signals of which the register tells all of unit, range, owner, meaning and
 * required period, of the registered signals. Texts need neither unit nor range. The period is not
 * counted: a register without one cannot be.
 *
 * <p>It is the state at the end of each window, counted once: over longer spans the counts are
 * signal-windows, so a gap in the register weighs as long as it lasts.
 *
 * <p><b>Unit</b>: 1, of signals. <b>Source</b>: ISO/IEC 25024:2015 Com-I-8 (per secondary source);
 * which attributes must be there is ours. <b>Thread</b>: the engine's. <b>Allocation</b>: 0.
 */
public final class MetadataCompleteness implements Meter {
  private static final int SIGNALS = 0;
  private static final int COMPLETE = 1;
  private static final int WITH_UNIT = 2;
  private static final int RANGE_APPLICABLE = 3;
  private static final int WITH_RANGE = 4;
  private static final int WITH_OWNER = 5;
  private static final int WITH_SEMANTIC_ID = 6;

  /** Signals that are wholly described, of all. */
  public static final Kpi KPI =
      new Kpi(
          "metadata_completeness",
          "metadata_completeness",
          "Metadata completeness",
          "1",
          true,
          "signals with unit, range, owner, semantic id and required period / registered signals",
          "ISO/IEC 25024:2015 Com-I-8 (per secondary source)",
          List.of(
              "signals",
              "complete",
              "with_unit",
              "range_applicable",
              "with_range",
              "with_owner",
              "with_semantic_id"),
          (n, histogram) -> Figure.ratio(n[COMPLETE], n[SIGNALS]));

  private static final int KINDS = KPI.counts().size();

  private final long[] counts;
  private final Tally tally;

  public MetadataCompleteness(Setting setting) {
    counts = new long[setting.register().assets().size() * KINDS];
    setting.register().signals().forEach(this::count);
    tally = setting.tally(KPI);
  }

  private void count(Signal s) {
    boolean unit = s.text() || !s.unit().isBlank();
    boolean range = s.text() || s.hasRange();
    boolean owner = !s.owner().isBlank();
    boolean meaning = !s.semanticId().isBlank();
    count(s, SIGNALS, true);
    count(s, COMPLETE, unit && range && owner && meaning);
    count(s, WITH_UNIT, unit);
    count(s, RANGE_APPLICABLE, !s.text());
    count(s, WITH_RANGE, s.hasRange() && !s.text());
    count(s, WITH_OWNER, owner);
    count(s, WITH_SEMANTIC_ID, meaning);
  }

  private void count(Signal s, int kind, boolean has) {
    counts[s.asset() * KINDS + kind] += has ? 1 : 0;
  }

  @Override
  public void onClose(int asset, long startNs, long endNs) {
    for (int kind = 0; kind < KINDS; kind++) {
      long n = counts[asset * KINDS + kind];
      if (n > 0) {
        tally.add(asset, kind, startNs, n);
      }
    }
  }
}
