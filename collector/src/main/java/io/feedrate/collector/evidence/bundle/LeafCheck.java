package io.feedrate.collector.evidence.bundle;

import io.feedrate.collector.config.RegisterJson;
import io.feedrate.collector.evidence.KeyChain;
import io.feedrate.collector.store.GapRow;
import io.feedrate.collector.store.Handover;
import io.feedrate.collector.store.KeyRow;
import io.feedrate.collector.store.LeafKind;
import io.feedrate.collector.store.LeafValue;
import io.feedrate.collector.store.RegisterRow;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.engine.Kpis;
import io.feedrate.kpi.window.Histograms;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks at each leaf of a bundle: does the figure follow from the counts, is nothing left out
 * between the first and the last?
 */
final class LeafCheck implements LeavesReader.Each {
  private final Verdict verdict;
  private final LeafResults results;
  private final Map<String, Kpi> kpis = new HashMap<>();
  private final long first;
  private final long end;
  private final Set<String> registers = new HashSet<>();
  private final Set<String> computedUnder = new TreeSet<>();
  private final KeyChain keys = new KeyChain();
  private final SegmentCheck segment;
  private long within;
  private long leaves;
  private long figures;
  private long unknown;
  private int era;

  /**
   * A check of leaves that stand together from {@code first} to {@code end}.
   *
   * @param segment is told the hashes
   */
  LeafCheck(Verdict verdict, LeafResults results, long first, long end, SegmentCheck segment) {
    this.verdict = verdict;
    this.results = results;
    this.first = first;
    this.end = end;
    this.segment = segment;
    Kpis.ALL.forEach(kpi -> kpis.put(kpi.id(), kpi));
  }

  @Override
  public void onLeaf(long index, LeafValue value, byte[] leafHash) {
    leaves++;
    if (index >= first && index < end) {
      within++;
    }
    LeafKind kind = value.kind();
    if (kind == LeafKind.RESULT) {
      check(index, (Result) value.row());
    } else if (kind == LeafKind.REGISTER) {
      check(index, (RegisterRow) value.row());
    } else if (kind == LeafKind.KEY) {
      keys.add(index, (KeyRow) value.row());
    } else if (kind == LeafKind.HANDOVER) {
      era = Math.max(era, ((Handover) value.row()).era());
    } else if (kind == LeafKind.GAP) {
      tell((GapRow) value.row());
    }
    segment.onLeaf(index, kind, leafHash);
    results.accept(index, value);
  }

  private void tell(GapRow gap) {
    if (gap.cause() == GapRow.Cause.CLOCK_SET_BACK) {
      verdict.fact(
          "the machine's clock was set back at %s, to %s; the journal's time stood still meanwhile"
              .formatted(KpiStatements.instant(gap.fromNs()), KpiStatements.instant(gap.toNs())));
    }
  }

  private void check(long index, RegisterRow register) {
    try {
      registers.add(RegisterJson.read(register.json()).hash());
    } catch (IllegalArgumentException e) {
      verdict.invalid(
          BundleFile.LEAVES,
          "leaf %d: its register is not valid: %s".formatted(index, e.getMessage()));
    }
  }

  private void check(long index, Result r) {
    if (index >= first && results.isWithin(r)) {
      computedUnder.add(r.registerHash());
    }
    Kpi kpi = kpis.get(r.kpi());
    if (kpi == null || kpi.counts().size() != r.counts().length) {
      unknown++;
      return;
    }
    Figure figure = kpi.figure(r.counts(), Histograms.decode(r.histogram()));
    if (same(figure, r.figure())) {
      figures++;
    } else {
      verdict.invalid(
          BundleFile.LEAVES,
          "leaf %d: %s of %s from %s says %s, but its counts give %s"
              .formatted(
                  index,
                  r.kpi(),
                  r.subject(),
                  KpiStatements.instant(r.startNs()),
                  r.figure(),
                  figure));
    }
  }

  private static boolean same(Figure a, Figure b) {
    return a.state() == b.state()
        && same(a.value(), b.value())
        && same(a.lower(), b.lower())
        && same(a.upper(), b.upper());
  }

  private static boolean same(double a, double b) {
    return a == b || (Double.isNaN(a) && Double.isNaN(b));
  }

  @Override
  public void onDamaged(long line, String why) {
    verdict.invalid(BundleFile.LEAVES, "line %d is no leaf: %s".formatted(line, why));
  }

  /** All leaves were read. */
  void finish(boolean wholePlant) {
    if (wholePlant && within != end - first) {
      verdict.invalid(
          BundleFile.LEAVES,
          "%d of the leaves from %d to %d are left out, though it says that it is of the whole plant"
              .formatted(end - first - within, first, end - 1));
    }
    computedUnder.removeAll(registers);
    for (String hash : computedUnder) {
      verdict.incomplete(
          BundleFile.LEAVES,
          "the register %s that results were computed under is not in it".formatted(hash));
    }
    if (unknown > 0) {
      verdict.incomplete(
          BundleFile.LEAVES,
          "%,d results are of measures that this version of Feedrate does not know"
              .formatted(unknown));
    }
    keys.faults().forEach(fault -> verdict.invalid(BundleFile.LEAVES, fault));
    verdict.fact(
        "%,d leaves; the figures of %,d results were computed again from their counts%s"
            .formatted(
                leaves,
                figures,
                wholePlant
                    ? ""
                    : "; %,d leaves between them are of others and not disclosed"
                        .formatted(end - first - within)));
  }

  KeyChain keys() {
    return keys;
  }

  /** Which version of Feedrate computed last. */
  int era() {
    return era;
  }
}
