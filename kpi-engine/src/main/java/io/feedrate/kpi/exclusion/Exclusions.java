package io.feedrate.kpi.exclusion;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Intervals out of scope, by an independent source. An exclusion of an asset holds for everything
 * below it. A slot is excluded if one exclusion covers it wholly: a slot at the edge of a planned
 * stop stays in scope, so an exclusion never hides more than it says.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 for {@link #covers}.
 */
public final class Exclusions {
  private static final int MARKER = 0x4558434c;

  private record Interval(String subject, long fromNs, long toNs) {}

  private final List<Interval> intervals = new ArrayList<>();
  private long[][] bySignal = {};
  private long[][] byAsset = {};

  /** Takes an interval of a subject, an asset or signal path, out of scope. */
  public void add(Register register, String subject, long fromNs, long toNs) {
    Interval interval = new Interval(subject, fromNs, toNs);
    if (toNs > fromNs && !intervals.contains(interval)) {
      intervals.add(interval);
      index(register);
    }
  }

  /** Sorts the intervals to the signals and assets of a register. */
  public void index(Register register) {
    bySignal = new long[register.signals().size()][];
    for (Signal s : register.signals()) {
      bySignal[s.id()] = of(s.path());
    }
    byAsset = new long[register.assets().size()][];
    for (Asset a : register.assets()) {
      byAsset[a.id()] = of(a.path());
    }
  }

  private long[] of(String path) {
    return intervals.stream()
        .filter(i -> path.equals(i.subject) || path.startsWith(i.subject + "/"))
        .flatMapToLong(i -> LongStream.of(i.fromNs, i.toNs))
        .toArray();
  }

  /** Whether anything of a signal is out of scope at any time. */
  public boolean hasAny(int signal) {
    return bySignal[signal].length > 0;
  }

  /** Whether one exclusion of a signal covers an interval wholly. */
  public boolean covers(int signal, long fromNs, long toNs) {
    return covers(bySignal[signal], fromNs, toNs);
  }

  /** Whether one exclusion of an asset covers an interval wholly. */
  public boolean coversAsset(int asset, long fromNs, long toNs) {
    return covers(byAsset[asset], fromNs, toNs);
  }

  private static boolean covers(long[] fromTo, long fromNs, long toNs) {
    for (int i = 0; i < fromTo.length; i += 2) {
      if (fromTo[i] <= fromNs && toNs <= fromTo[i + 1]) {
        return true;
      }
    }
    return false;
  }

  /** Takes over what was out of scope under another register. */
  public void copyFrom(Exclusions old, Register register) {
    intervals.addAll(old.intervals);
    index(register);
  }

  public void write(Snapshot.Writer out) {
    out.section(MARKER);
    out.putInt(intervals.size());
    for (Interval i : intervals) {
      out.putText(i.subject);
      out.putLong(i.fromNs);
      out.putLong(i.toNs);
    }
  }

  public void read(Snapshot.Reader in, Register register) {
    in.section(MARKER);
    intervals.clear();
    int n = in.getInt();
    for (int i = 0; i < n; i++) {
      intervals.add(new Interval(in.getText(), in.getLong(), in.getLong()));
    }
    index(register);
  }
}
