package io.feedrate.kpi.engine;

import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Register;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A journal in memory, for simulations: what happened, in order. */
record Log(Register register, long startNs, List<Entry> entries) {

  /** One record of the journal. */
  sealed interface Entry {
    long atNs();

    void apply(KpiEngine engine);
  }

  record Tick(long atNs) implements Entry {
    @Override
    public void apply(KpiEngine engine) {
      engine.onTick(atNs);
    }
  }

  record Restart(long atNs) implements Entry {
    @Override
    public void apply(KpiEngine engine) {
      engine.onStart(atNs);
    }
  }

  record Link(long atNs, int link, LinkEvent event) implements Entry {
    @Override
    public void apply(KpiEngine engine) {
      engine.onLink(link, event, atNs);
    }
  }

  record Clock(long atNs, int link, long offsetNs) implements Entry {
    @Override
    public void apply(KpiEngine engine) {
      engine.onClock(link, offsetNs, 0, atNs);
    }
  }

  record Exclusion(long atNs, String subject, long fromNs, long toNs) implements Entry {
    @Override
    public void apply(KpiEngine engine) {
      engine.onExclusion(subject, fromNs, toNs, atNs);
    }

    boolean covers(String path, long aNs, long bNs) {
      return (path + "/").startsWith(subject + "/") && fromNs <= aNs && bNs <= toNs;
    }
  }

  /** An exclusion with these bounds is withdrawn. */
  record Withdrawal(long atNs, String subject, long fromNs, long toNs) implements Entry {
    @Override
    public void apply(KpiEngine engine) {
      engine.onExclusionWithdrawn(subject, fromNs, toNs, atNs);
    }

    boolean isOf(Exclusion x) {
      return subject.equals(x.subject) && fromNs == x.fromNs && toNs == x.toNs;
    }
  }

  /** Exclusions as they came to be in the end: until they were withdrawn, at their places. */
  List<Entry> withExclusionsCut() {
    List<Entry> cut = new ArrayList<>(entries);
    for (int i = 0; i < cut.size(); i++) {
      if (cut.get(i) instanceof Exclusion x) {
        cut.set(i, new Exclusion(x.atNs, x.subject, x.fromNs, heldUntilNs(x, i)));
      }
    }
    return cut;
  }

  private long heldUntilNs(Exclusion x, int index) {
    for (Entry later : entries.subList(index, entries.size())) {
      if (later instanceof Withdrawal w && w.isOf(x)) {
        return Math.min(x.toNs, Math.max(x.fromNs, w.atNs));
      }
    }
    return x.toNs;
  }

  record Value(long atNs, int signal, long sourceNs, int status, double value, int flags)
      implements Entry {
    @Override
    public void apply(KpiEngine engine) {
      engine.onSample(signal, sourceNs, atNs, status, value, flags);
    }
  }

  /** What came of a log: the reports, and the engine as it is then. */
  record Run(Factory.Report report, KpiEngine engine) {}

  /** Runs the whole log through a new engine. */
  Run run() {
    Factory.Report report = new Factory.Report();
    KpiEngine engine = new KpiEngine(report);
    engine.onRegister(register, startNs);
    entries.forEach(e -> e.apply(engine));
    return new Run(report, engine);
  }

  /**
   * The same, but the engine is thrown away and restored from its snapshot after each n entries.
   *
   * @throws AssertionError if the snapshot of a restored engine is not the one it was restored from
   */
  Run runWithRestarts(int n) {
    Factory.Report report = new Factory.Report();
    KpiEngine engine = new KpiEngine(report);
    engine.onRegister(register, startNs);
    List<Entry> all = new ArrayList<>(entries);
    for (int i = 0; i < all.size(); i++) {
      all.get(i).apply(engine);
      if (i % n == n - 1) {
        byte[] snapshot = snapshot(engine);
        engine = new KpiEngine(report);
        engine.restore(register, new UnsafeBuffer(snapshot), 0);
        if (!Arrays.equals(snapshot(engine), snapshot)) {
          throw new AssertionError("the snapshot of a restored engine differs, after entry " + i);
        }
      }
    }
    return new Run(report, engine);
  }

  static byte[] snapshot(KpiEngine engine) {
    DirectBuffer buffer = engine.snapshot();
    byte[] bytes = new byte[engine.snapshotLength()];
    buffer.getBytes(0, bytes);
    return bytes;
  }
}
