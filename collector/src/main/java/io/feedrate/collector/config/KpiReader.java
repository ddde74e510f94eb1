package io.feedrate.collector.config;

import io.feedrate.collector.config.GatewayConfig.KpiSettings;
import java.time.Duration;

/** Reads how KPIs are computed: windows, waiting times, limits. */
final class KpiReader {

  /** How long late data is waited for where nothing is said. */
  static final Duration LATENESS = Duration.ofSeconds(10);

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private KpiReader() {}

  static KpiSettings read(Entry entry, Problems problems) {
    Duration window = window(entry, "window", Duration.ofMinutes(1));
    boolean fits = HOUR.toNanos() % window.toNanos() == 0;
    Duration signalWindow = window(entry, "signal-window", fits ? HOUR : window);
    if (signalWindow.toNanos() % window.toNanos() != 0 && !problems.at(entry.path("window"))) {
      entry.problem(
          "signal-window",
          "the window of signals must be a multiple of the window",
          "The window is " + Durations.format(window) + ".");
    }
    return new KpiSettings(
        window,
        signalWindow,
        lateness(entry, LATENESS),
        entry.duration("revisable", DAY),
        entry.duration("model-update-deadline", HOUR),
        entry.duration("model-update-soak", DAY),
        entry.duration("clock-limit", SECOND));
  }

  /** The lateness under this mapping, of all sources or of one. */
  static Duration lateness(Entry entry, Duration fallback) {
    Duration lateness = entry.duration("lateness", fallback);
    if (lateness.compareTo(SECOND) < 0) {
      entry.problem("lateness", "the lateness must be at least 1s", "10s is a good choice.");
    }
    return lateness;
  }

  private static Duration window(Entry entry, String key, Duration fallback) {
    Duration window = entry.duration(key, fallback);
    if (window.toNanos() % SECOND.toNanos() != 0 || DAY.toNanos() % window.toNanos() != 0) {
      entry.problem(
          key,
          "a window must be a whole number of seconds that divides a day",
          "Take 10s, 1m, 5m, 15m or 1h.");
      return fallback;
    }
    return window;
  }
}
