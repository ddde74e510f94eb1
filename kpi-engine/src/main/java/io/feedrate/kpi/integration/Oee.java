package io.feedrate.kpi.integration;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.State;
import java.util.List;

/**
 * The ISO 22400-2 KPIs of machines. Counts and conventions are those of {@link MachineTime} and its
 * parts; which states mean which time element is told by the register's table, whose {@link
 * io.feedrate.kpi.TimeElements#hash()} belongs to the evidence.
 *
 * <ul>
 *   <li>Availability APT / PBT. PBT is time in shifts without downtimes and exclusions; without
 *       shifts it is not known and neither is availability. Unknown time may have been production:
 *       it makes the upper bound.
 *   <li>Effectiveness PRI x PQ / APT, over machines whose PRI is known and who count parts. Over 1
 *       where the PRI is too long.
 *   <li>Quality ratio GQ / PQ, over machines whose parts are inspected. Parts neither found good
 *       nor bad make the upper bound.
 *   <li>OEE index, the product of the three, and of their bounds.
 *   <li>Set-up ratio AUST / AUPT with AUPT = APT + AUST, technical efficiency APT / (APT + ADET).
 * </ul>
 *
 * <p><b>Unit</b>: 1. <b>Source</b>: ISO 22400-2 by OPC 40501-1 Annex C.2.4; set-up ratio and
 * technical efficiency from general knowledge. The two OPC annexes name different editions.
 */
public final class Oee {
  private static final String ID = "iso22400_availability";
  private static final String OPC = "ISO 22400-2, by OPC 40501-1 Annex C.2.4";
  private static final String KNOWLEDGE = "ISO 22400-2 (general knowledge)";
  private static final double MICROSECONDS_PER_MS = 1e3;

  private static final List<String> COUNTS =
      List.of(
          "busy_ms",
          "production_ms",
          "setup_ms",
          "delay_ms",
          "down_ms",
          "unknown_ms",
          "busy_production_ms",
          "busy_unknown_ms",
          "rated_production_ms",
          "rated_unknown_ms",
          "out_of_scope_ms",
          "ideal_us",
          "produced",
          "graded",
          "good",
          "bad");

  /** APT / PBT. */
  public static final Kpi AVAILABILITY =
      of(
          ID,
          "Availability",
          "actual production time within planned busy time / planned busy time (APT / PBT)",
          OPC,
          Oee::availability);

  /** PRI x PQ / APT. */
  public static final Kpi EFFECTIVENESS =
      of(
          "iso22400_effectiveness",
          "Effectiveness",
          "planned run time per part x parts produced / actual production time (PRI x PQ / APT)",
          OPC,
          Oee::effectiveness);

  /** GQ / PQ. */
  public static final Kpi QUALITY =
      of(
          "iso22400_quality_ratio",
          "Quality ratio",
          "parts measured and good / parts produced (GQ / PQ), where parts are inspected",
          OPC,
          Oee::quality);

  /** Availability x effectiveness x quality ratio. */
  public static final Kpi INDEX =
      of(
          "iso22400_oee",
          "OEE index",
          "availability x effectiveness x quality ratio",
          OPC,
          Oee::index);

  /** AUST / AUPT. */
  public static final Kpi SETUP =
      new Kpi(
          "iso22400_setup_ratio",
          ID,
          "Set-up ratio",
          "1",
          false,
          "set-up time / (production time + set-up time) (AUST / AUPT)",
          KNOWLEDGE,
          COUNTS,
          (n, histogram) -> share(n, MachineTime.SETUP, MachineTime.PRODUCTION));

  /** APT / (APT + ADET). */
  public static final Kpi TECHNICAL =
      of(
          "iso22400_technical_efficiency",
          "Technical efficiency",
          "production time / (production time + down time) (APT / (APT + ADET))",
          KNOWLEDGE,
          n -> share(n, MachineTime.PRODUCTION, MachineTime.DOWN));

  private Oee() {}

  /** A figure from counts alone. */
  @FunctionalInterface
  private interface Measure {
    Figure figure(long[] counts);
  }

  private static Kpi of(String id, String name, String formula, String source, Measure measure) {
    return new Kpi(
        id, ID, name, "1", true, formula, source, COUNTS, (n, histogram) -> measure.figure(n));
  }

  private static Figure availability(long[] n) {
    long busy = n[MachineTime.BUSY];
    long producing = n[MachineTime.BUSY_PRODUCTION];
    long unknown = n[MachineTime.BUSY_UNKNOWN];
    if (busy == 0) {
      return Figure.NOT_APPLICABLE;
    }
    if (unknown == busy) {
      return Figure.INSUFFICIENT;
    }
    double lower = (double) producing / busy;
    return new Figure(State.MEASURED, lower, lower, (double) (producing + unknown) / busy);
  }

  private static Figure effectiveness(long[] n) {
    double idealMs = n[Parts.IDEAL] / MICROSECONDS_PER_MS;
    long producing = n[MachineTime.RATED_PRODUCTION];
    long unknown = n[MachineTime.RATED_UNKNOWN];
    if (producing == 0) {
      return unknown > 0 ? Figure.INSUFFICIENT : Figure.NOT_APPLICABLE;
    }
    double value = idealMs / producing;
    return new Figure(State.MEASURED, value, idealMs / (producing + unknown), value);
  }

  private static Figure quality(long[] n) {
    long graded = n[Parts.GRADED];
    if (graded == 0) {
      return n[Parts.PRODUCED] > 0 ? Figure.INSUFFICIENT : Figure.NOT_APPLICABLE;
    }
    double value = (double) n[Parts.GOOD] / graded;
    double upper = (double) (graded - n[Parts.BAD]) / graded;
    return new Figure(State.MEASURED, value, value, Math.max(value, upper));
  }

  private static Figure index(long[] n) {
    Figure a = availability(n);
    Figure e = effectiveness(n);
    Figure q = quality(n);
    if (is(State.NOT_APPLICABLE, a, e, q)) {
      return Figure.NOT_APPLICABLE;
    }
    if (is(State.INSUFFICIENT_EVIDENCE, a, e, q)) {
      return Figure.INSUFFICIENT;
    }
    return new Figure(
        State.MEASURED,
        a.value() * e.value() * q.value(),
        a.lower() * e.lower() * q.lower(),
        a.upper() * e.upper() * q.upper());
  }

  private static boolean is(State state, Figure a, Figure b, Figure c) {
    return a.state() == state || b.state() == state || c.state() == state;
  }

  /** The share of one element in two; unknown time may have been either, or none. */
  private static Figure share(long[] n, int of, int other) {
    double both = (double) n[of] + n[other];
    long unknown = n[MachineTime.UNKNOWN];
    if (both == 0) {
      return unknown > 0 ? Figure.INSUFFICIENT : Figure.NOT_APPLICABLE;
    }
    return new Figure(
        State.MEASURED,
        n[of] / both,
        n[of] / (both + unknown),
        (n[of] + unknown) / (both + unknown));
  }
}
