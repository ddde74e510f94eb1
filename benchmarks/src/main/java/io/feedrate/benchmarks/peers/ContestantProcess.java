package io.feedrate.benchmarks.peers;

import com.sun.management.OperatingSystemMXBean;
import io.feedrate.benchmarks.Answers;
import io.feedrate.benchmarks.Trace;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/**
 * A process with one contestant. Reads a number of rounds a line from standard input, plays them,
 * and says in a line what they cost and what came out: CPU nanoseconds of the whole process (all
 * threads, the compiler's and the collector's as well), bytes allocated, the answers.
 */
public final class ContestantProcess {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private ContestantProcess() {}

  /** Plays for a contestant, its number of signals, the seconds of a round and a seed. */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    System.setOut(System.err); // libraries print where they like
    Trace trace =
        Trace.of(
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]),
            Trace.SIGNALS_PER_MACHINE,
            Long.parseLong(arguments[3]));
    try (Contestant contestant = Peer.valueOf(arguments[0]).contestant();
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      HeapMeter meter = new HeapMeter();
      out.println("ready");
      String line;
      while ((line = in.readLine()) != null) {
        play(contestant, trace, Integer.parseInt(line), meter, out);
      }
    }
    System.exit(0); // whatever threads are left
  }

  private static void play(
      Contestant contestant, Trace trace, int rounds, HeapMeter meter, PrintStream out)
      throws Exception {
    Answers answers = new Answers();
    meter.start();
    long cpuNs = SYSTEM.getProcessCpuTime();
    contestant.run(trace, rounds, answers);
    cpuNs = SYSTEM.getProcessCpuTime() - cpuNs;
    out.println(cpuNs + " " + meter.stop() + " " + answers);
  }
}
