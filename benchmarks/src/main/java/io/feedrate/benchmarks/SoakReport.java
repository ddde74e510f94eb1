package io.feedrate.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/** What a flight recording says of allocation and of collections. */
final class SoakReport {
  private static final int SITES = 8;

  /** What bytes were allocated for, by the calls that led there. */
  private enum Purpose {
    SAMPLES("for samples: all of our code but what is below"),
    RESULTS("for results: windows that ended"),
    COMMIT("for the store: commits and checkpoints"),
    PUBLISH("for readers: the state published each second"),
    OTHERS("not our code: the JVM, the recording, this benchmark");

    private final String title;

    Purpose(String title) {
      this.title = title;
    }

    static Purpose of(List<RecordedFrame> frames) {
      boolean ours = false;
      for (RecordedFrame frame : frames) {
        String type = frame.getMethod().getType().getName();
        String method = frame.getMethod().getName();
        if (type.endsWith(".EngineThread") && method.startsWith("commit")) {
          return COMMIT;
        }
        if (type.endsWith(".EngineThread") && method.startsWith("publish")) {
          return PUBLISH;
        }
        if (type.endsWith(".RollUp") || method.equals("onResult")) {
          return RESULTS;
        }
        ours |= type.startsWith("io.feedrate.kpi.") || type.startsWith("io.feedrate.collector.");
      }
      return ours ? SAMPLES : OTHERS;
    }
  }

  private final Map<Purpose, Long> bytes = new EnumMap<>(Purpose.class);
  private final Map<String, Long> sites = new HashMap<>();
  private final Set<Long> seen = new HashSet<>();
  private Duration longestPause = Duration.ZERO;
  private Duration pauses = Duration.ZERO;
  private int collections;
  private long heapBytes;

  /** Reads a recording. */
  SoakReport(Path file) throws IOException {
    try (RecordingFile recording = new RecordingFile(file)) {
      while (recording.hasMoreEvents()) {
        on(recording.readEvent());
      }
    }
    if (heapBytes == 0) {
      heapBytes = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
  }

  private void on(RecordedEvent event) {
    switch (event.getEventType().getName()) {
      case "jdk.ObjectAllocationSample" -> allocated(event);
      case "jdk.GarbageCollection" -> {
        collections++;
        pauses = pauses.plus(event.getDuration("sumOfPauses"));
        Duration pause = event.getDuration("longestPause");
        longestPause = pause.compareTo(longestPause) > 0 ? pause : longestPause;
      }
      case "jdk.GCHeapSummary" -> {
        if (event.getString("when").equals("After GC")) {
          heapBytes = Math.max(heapBytes, event.getLong("heapUsed"));
        }
      }
      default -> {}
    }
  }

  private void allocated(RecordedEvent event) {
    RecordedThread thread = event.getThread();
    if (thread == null || seen.add(thread.getId())) {
      return; // a thread's first event weighs all since the thread began, not since the recording
    }
    RecordedStackTrace stack = event.getStackTrace();
    List<RecordedFrame> frames = stack == null ? List.of() : stack.getFrames();
    long weight = event.getLong("weight");
    Purpose purpose = Purpose.of(frames);
    bytes.merge(purpose, weight, Long::sum);
    if (purpose == Purpose.SAMPLES) {
      String site =
          frames.stream()
              .map(f -> f.getMethod().getType().getName() + "." + f.getMethod().getName())
              .filter(f -> f.startsWith("io.feedrate."))
              .findFirst()
              .orElse("deeper");
      sites.merge(event.getClass("objectClass").getName() + " in " + site, weight, Long::sum);
    }
  }

  void print(long samples, int seconds) {
    System.out.printf(
        Locale.ROOT,
        "%,d samples in %d s, JDK %s, %s%n%n| bytes allocated | a sample | all, MB |%n"
            + "|-----------------|---------:|--------:|%n",
        samples,
        seconds,
        Runtime.version(),
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> argument.startsWith("-X"))
            .collect(Collectors.joining(" ")));
    for (Purpose purpose : Purpose.values()) {
      row(purpose.title, bytes.getOrDefault(purpose, 0L), samples);
    }
    sites.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(SITES)
        .forEach(site -> row("for samples: " + site.getKey(), site.getValue(), samples));
    System.out.printf(
        Locale.ROOT,
        "%n%d collections, %.1f ms in all, the longest pause %.2f ms%n%n"
            + "soak: %.3f B/sample, %.2f ms longest pause, %.1f MB heap%n",
        collections,
        pauses.toNanos() / 1e6,
        longestPause.toNanos() / 1e6,
        (double) bytes.getOrDefault(Purpose.SAMPLES, 0L) / samples,
        longestPause.toNanos() / 1e6,
        heapBytes / 1e6);
  }

  private static void row(String what, long bytes, long samples) {
    System.out.printf(
        Locale.ROOT, "| %s | %.4f | %.2f |%n", what, (double) bytes / samples, bytes / 1e6);
  }
}
