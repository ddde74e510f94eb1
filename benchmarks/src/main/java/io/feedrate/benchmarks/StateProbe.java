package io.feedrate.benchmarks;

import io.feedrate.kpi.Register;
import io.feedrate.kpi.engine.KpiEngine;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jol.info.GraphLayout;

/**
 * What the engine's state takes: bytes a signal in memory, counted object by object, and the size
 * and time of its snapshot. Prints {@link Figures} for {@link EngineBenchmark}.
 */
final class StateProbe {
  private static final int SECONDS = 60;
  private static final int ROUNDS = 3;
  private static final int WARM_UP = 30;
  private static final long SEED = 42;

  private final PrintStream out;

  private StateProbe(PrintStream out) {
    this.out = out;
  }

  /** Measures; the argument is how many snapshots are timed. */
  public static void main(String[] arguments) {
    int snapshots = Integer.parseInt(arguments[0]);
    PrintStream out = System.out;
    System.setOut(System.err); // the layout library prints where it likes
    StateProbe probe = new StateProbe(out);
    int signals = 10_000;
    Trace usual = Trace.of(signals, SECONDS, Trace.SIGNALS_PER_MACHINE, SEED);
    probe.memory(usual);
    probe.memory(Trace.faultless(signals, SECONDS, Trace.SIGNALS_PER_MACHINE, SEED));
    probe.snapshot(usual, snapshots);
  }

  private void memory(Trace trace) {
    int signals = trace.signals();
    Register register = Fixture.register(signals, 60, 3600);
    KpiEngine engine = played(trace, register);
    long empty = GraphLayout.parseInstance(Fixture.engine(result -> {})).totalSize();
    long state = GraphLayout.parseInstance(engine).totalSize() - empty;
    long itsRegister = GraphLayout.parseInstance(register).totalSize();
    engine.snapshot();
    long withSnapshot = GraphLayout.parseInstance(engine).totalSize() - empty;
    print(
        (double) (state - itsRegister) / signals,
        (double) itsRegister / signals,
        (double) (withSnapshot - state) / signals);
  }

  private static KpiEngine played(Trace trace, Register register) {
    KpiEngine engine = Fixture.engine(register, result -> {});
    for (int round = 0; round < ROUNDS; round++) {
      Fixture.replay(engine, trace, round);
    }
    return engine;
  }

  private void snapshot(Trace trace, int times) {
    Register register = Fixture.register(trace.signals(), 60, 3600);
    KpiEngine engine = played(trace, register);
    KpiEngine other = Fixture.engine(result -> {});
    List<Double> write = new ArrayList<>();
    List<Double> restore = new ArrayList<>();
    for (int i = 0; i < WARM_UP + times; i++) {
      long beginNs = cpuNs();
      DirectBuffer buffer = engine.snapshot();
      long writtenNs = cpuNs();
      other.restore(register, buffer, 0);
      long restoredNs = cpuNs();
      if (i >= WARM_UP) {
        write.add((writtenNs - beginNs) / 1e6);
        restore.add((restoredNs - writtenNs) / 1e6);
      }
    }
    DirectBuffer copy = other.snapshot();
    if (!new UnsafeBuffer(copy, 0, other.snapshotLength())
        .equals(new UnsafeBuffer(engine.snapshot(), 0, engine.snapshotLength()))) {
      throw new IllegalStateException("a restored engine writes another snapshot");
    }
    print(engine.snapshotLength());
    print(write.stream().mapToDouble(d -> d).toArray());
    print(restore.stream().mapToDouble(d -> d).toArray());
  }

  private static long cpuNs() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private void print(double... figures) {
    out.println(
        Arrays.stream(figures)
            .mapToObj(figure -> String.format(Locale.ROOT, "%.4f", figure))
            .collect(Collectors.joining(" ")));
  }

  /**
   * Bytes a signal.
   *
   * @param state in the engine, all but the next two
   * @param register in the register that it holds
   * @param snapshot in the buffer that the last snapshot left
   */
  record Memory(double state, double register, double snapshot) {

    private static Memory of(double[] figures) {
      return new Memory(figures[0], figures[1], figures[2]);
    }

    double all() {
      return state + register + snapshot;
    }
  }

  /**
   * What was printed, a line each.
   *
   * @param usual with the trace's faults
   * @param faultless without any
   * @param snapshotBytes size of a snapshot
   * @param write milliseconds
   * @param restore milliseconds
   */
  record Figures(
      Memory usual, Memory faultless, double snapshotBytes, Spread write, Spread restore) {

    static Figures of(List<String> lines) {
      List<double[]> figures =
          lines.stream()
              .map(line -> Child.words(line).stream().mapToDouble(Double::parseDouble).toArray())
              .toList();
      return new Figures(
          Memory.of(figures.get(0)),
          Memory.of(figures.get(1)),
          figures.get(2)[0],
          Spread.of(figures.get(3)),
          Spread.of(figures.get(4)));
    }
  }
}
