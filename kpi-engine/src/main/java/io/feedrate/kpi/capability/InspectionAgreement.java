package io.feedrate.kpi.capability;

import io.feedrate.kpi.Decision;
import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Inference;
import io.feedrate.kpi.InferenceMode;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.PlantEvent;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.State;
import io.feedrate.kpi.meter.Heirs;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.window.Tally;
import java.util.Arrays;
import java.util.List;

/**
 * Agreement of production inferences with a later inspection of the same part, as a confusion
 * matrix of each node: said good and was good, said good and was bad (escape), said bad and was
 * good (overkill), said bad and was bad.
 *
 * <ul>
 *   <li>A part counts once for each node that decided on it. Until the inspection the node's last
 *       decision stands; after it nothing changes: the first inspection of a part decides.
 *   <li>It counts in the window of what came second, decision or inspection: whichever comes first
 *       is remembered for the other. Part keys must be unique in the plant.
 *   <li>Inspected parts are a sample, so a ratio has the limits of its 95 % Wilson interval as
 *       bounds. If parts are picked for inspection by what the model said, escape and overkill
 *       rates are distorted, and no interval tells that. {@code decided} parts show how many were
 *       not inspected.
 * </ul>
 *
 * <p><b>Formulas</b>: agreement = (true_good + true_bad) / all four; escape rate = escape / (escape
 * + true_bad), of the bad parts; overkill rate = overkill / (overkill + true_good), of the good
 * ones. <b>Unit</b>: 1. <b>Source</b>: ISO/IEC TS 4213:2022 (general knowledge); miss and false
 * alarm rate of attribute agreement, AIAG MSA (general knowledge); interval: Wilson 1927.
 * <b>Thread</b>: the engine's. <b>Allocation</b>: 0 once its memory has grown. <b>Bounds</b>:
 * {@link #MAX_DECISIONS} and {@link #MAX_INSPECTIONS}; the oldest are forgotten.
 */
public final class InspectionAgreement implements Meter {
  /** The most decisions that wait for an inspection. */
  static final int MAX_DECISIONS = 20_000;

  /** The most inspections that wait for a decision. */
  static final int MAX_INSPECTIONS = 10_000;

  private static final int TRUE_GOOD = 0;
  private static final int ESCAPE_COUNT = 1;
  private static final int OVERKILL_COUNT = 2;
  private static final int TRUE_BAD = 3;
  private static final int DECIDED = 4;

  private static final String ID = "inspection_agreement";
  private static final List<String> COUNTS =
      List.of("true_good", "escape", "overkill", "true_bad", "decided");

  /** The normal quantile for 95 %, both sides. */
  private static final double Z = 1.959963984540054;

  /** Parts on which both agree, of the inspected ones. */
  public static final Kpi AGREEMENT =
      of(
          ID,
          "Agreement with later inspection",
          true,
          "(true_good + true_bad) / (true_good + escape + overkill + true_bad)",
          n ->
              wilson(
                  n[TRUE_GOOD] + n[TRUE_BAD],
                  n[TRUE_GOOD] + n[ESCAPE_COUNT] + n[OVERKILL_COUNT] + n[TRUE_BAD]));

  /** Bad parts that the model called good, of the bad ones. */
  public static final Kpi ESCAPE_RATE =
      of(
          "inspection_escape_rate",
          "Escape rate",
          false,
          "escape / (escape + true_bad)",
          n -> wilson(n[ESCAPE_COUNT], n[ESCAPE_COUNT] + n[TRUE_BAD]));

  /** Good parts that the model called bad, of the good ones. */
  public static final Kpi OVERKILL_RATE =
      of(
          "inspection_overkill_rate",
          "Overkill rate",
          false,
          "overkill / (overkill + true_good)",
          n -> wilson(n[OVERKILL_COUNT], n[OVERKILL_COUNT] + n[TRUE_GOOD]));

  private interface FromCounts {
    Figure figure(long[] counts);
  }

  private static Kpi of(
      String id, String name, boolean higherIsBetter, String formula, FromCounts figure) {
    return new Kpi(
        id,
        ID,
        name,
        "1",
        higherIsBetter,
        formula,
        "ISO/IEC TS 4213:2022, AIAG MSA attribute agreement (both general knowledge); Wilson"
            + " interval",
        COUNTS,
        (n, histogram) -> figure.figure(n));
  }

  /** A share of a sample with its 95 % interval (Wilson, without correction for continuity). */
  static Figure wilson(long hits, long n) {
    if (n == 0) {
      return Figure.NOT_APPLICABLE;
    }
    double p = (double) hits / n;
    double square = Z * Z / n;
    double middle = (p + square / 2) / (1 + square);
    double half = Z * StrictMath.sqrt(p * (1 - p) / n + square / (4 * n)) / (1 + square);
    // At the ends the interval ends there too, but for rounding.
    double lower = hits == 0 ? 0 : Math.min(p, middle - half);
    double upper = hits == n ? 1 : Math.max(p, middle + half);
    return new Figure(State.MEASURED, p, lower, upper);
  }

  // What is remembered of a part.
  private static final int GOOD = 1;
  private static final int BAD = 2;
  private static final int COMPARED = 3;

  private static final int INSPECTION = 0;

  private final Tally tally;
  private final LastParts decisions = new LastParts(MAX_DECISIONS);
  private final LastParts inspections = new LastParts(MAX_INSPECTIONS);
  private final boolean[] decides;

  public InspectionAgreement(Setting setting) {
    tally = setting.tally(AGREEMENT);
    decides = new boolean[setting.register().assets().size()];
  }

  @Override
  public void onInference(Inference i) {
    if (i.mode != InferenceMode.PRODUCTION
        || !i.ok
        || i.decision == Decision.NONE
        || i.part == PlantEvent.NONE) {
      return;
    }
    int its = decisions.get(i.part, i.asset);
    if (its == LastParts.NONE) {
      tally.add(i.asset, DECIDED, i.atNs, 1);
    }
    if (its == COMPARED) {
      return;
    }
    int said = i.decision == Decision.GOOD ? GOOD : BAD;
    int was = inspections.get(i.part, INSPECTION);
    decides[i.asset] = true;
    decisions.put(i.part, i.asset, was == LastParts.NONE ? said : COMPARED);
    if (was != LastParts.NONE) {
      tally.add(i.asset, kind(said, was), i.atNs, 1);
    }
  }

  @Override
  public void onEvent(PlantEvent e) {
    boolean isInspection = e.kind() == EventKind.PART_GOOD || e.kind() == EventKind.PART_BAD;
    if (!isInspection
        || e.key() == PlantEvent.NONE
        || inspections.get(e.key(), INSPECTION) != LastParts.NONE) {
      return;
    }
    int was = e.kind() == EventKind.PART_GOOD ? GOOD : BAD;
    inspections.put(e.key(), INSPECTION, was);
    for (int a = 0; a < decides.length; a++) {
      int said = decides[a] ? decisions.get(e.key(), a) : LastParts.NONE;
      if (said == GOOD || said == BAD) {
        decisions.put(e.key(), a, COMPARED);
        tally.add(a, kind(said, was), e.atNs(), 1);
      }
    }
  }

  private static int kind(int said, int was) {
    if (said == GOOD) {
      return was == GOOD ? TRUE_GOOD : ESCAPE_COUNT;
    }
    return was == GOOD ? OVERKILL_COUNT : TRUE_BAD;
  }

  @Override
  public void write(Snapshot.Writer out) {
    decisions.write(out);
    inspections.write(out);
    for (boolean does : decides) {
      out.putByte((byte) (does ? 1 : 0));
    }
  }

  @Override
  public void read(Snapshot.Reader in) {
    decisions.read(in);
    inspections.read(in);
    for (int a = 0; a < decides.length; a++) {
      decides[a] = in.getByte() == 1;
    }
  }

  @Override
  public void takeOver(Meter old, Heirs heirs) {
    InspectionAgreement other = (InspectionAgreement) old;
    int[] newAsset = new int[other.decides.length];
    Arrays.fill(newAsset, -1);
    for (int a = 0; a < decides.length; a++) {
      int o = heirs.oldAsset()[a];
      if (o >= 0) {
        newAsset[o] = a;
        decides[a] = other.decides[o];
      }
    }
    decisions.takeOver(other.decisions, newAsset);
    inspections.takeOver(other.inspections, new int[] {INSPECTION});
  }
}
