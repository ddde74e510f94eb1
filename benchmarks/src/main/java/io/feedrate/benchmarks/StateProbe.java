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
    probe.memory(10_000);
    probe.snapshot(10_000, snapshots);
  }

  private void memory(int signals) {
    Register register = Fixture.register(signals, 60, 3600);
    KpiEngine engine = played(signals, register);
    long empty = GraphLayout.parseInstance(Fixture.engine(result -> {})).totalSize();
    long state = GraphLayout.parseInstance(engine).totalSize() - empty;
    long itsRegister = GraphLayout.parseInstance(register).totalSize();
    engine.snapshot();
    long withSnapshot = GraphLayout.parseInstance(engine).totalSize() - empty;
    print((double) (state - itsRegister) / signals);
    print((double) itsRegister / signals);
    print((double) (withSnapshot - state) / signals);
  }

  private static KpiEngine played(int signals, Register register) {
    Trace trace = Trace.of(signals, SECONDS, Trace.SIGNALS_PER_MACHINE, SEED);
    KpiEngine engine = Fixture.engine(register, result -> {});
    for (int round = 0; round < ROUNDS; round++) {
      Fixture.replay(engine, trace, round);
    }
    return engine;
  }

  private void snapshot(int signals, int times) {
    Register register = Fixture.register(signals, 60, 3600);
    KpiEngine engine = played(signals, register);
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
   * What was printed, a line each.
   *
   * @param state bytes a signal in the engine, all but the next two
   * @param register bytes a signal in the register that it holds
   * @param snapshot bytes a signal in the buffer that the last snapshot left
   * @param snapshotBytes size of a snapshot
   * @param write milliseconds
   * @param restore milliseconds
   */
  record Figures(
      double state,
      double register,
      double snapshot,
      double snapshotBytes,
      Spread write,
      Spread restore) {

    static Figures of(List<String> lines) {
      List<Spread> figures =
          lines.stream()
              .map(line -> Child.words(line).stream().mapToDouble(Double::parseDouble).toArray())
              .map(Spread::of)
              .toList();
      return new Figures(
          figures.get(0).median(),
          figures.get(1).median(),
          figures.get(2).median(),
          figures.get(3).median(),
          figures.get(4),
          figures.get(5));
    }

    double all() {
      return state + register + snapshot;
    }
  }
}
