package io.feedrate.collector.config;

import io.feedrate.collector.config.GatewayConfig.HttpAddress;
import io.feedrate.collector.config.GatewayConfig.InfluxConfig;
import io.feedrate.collector.config.GatewayConfig.JournalSettings;
import io.feedrate.collector.config.GatewayConfig.KpiSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Binds a document to the records and checks what a schema cannot say. It reads on after an error,
 * with a fallback in the wrong value's place, so that all errors are found at once; what it returns
 * must be used only if none was.
 */
final class GatewayReader {

  private static final String DEFAULT_PROFILE = "aimm-provisional";
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final long DEFAULT_JOURNAL_BYTES = 8L << 30;

  private final Path file;
  private final Path directory;
  private final Entry top;
  private final Problems problems;
  private final Secrets secrets;

  GatewayReader(
      Path file, YamlDocument document, Problems problems, Secrets.Environment environment) {
    this.file = file;
    Path parent = file.toAbsolutePath().normalize().getParent();
    this.directory = parent == null ? file.toAbsolutePath() : parent;
    this.top = Entry.of(document.root(), "", problems);
    this.problems = problems;
    this.secrets = new Secrets(environment, path -> directory.resolve(path).normalize());
  }

  GatewayConfig read() {
    Entry gateway = top.child("gateway");
    String id = gateway.text("id", "gateway");
    SourceReader sources = new SourceReader(problems, secrets);
    sources.read(top, id);
    String site = top.text("site", "site");
    AssetReader assets = new AssetReader(top, sources.sources());
    return new GatewayConfig(
        file,
        id,
        gateway.parsed("data", this::path, directory.resolve("data")),
        gateway.parsed("http", Urls::listen, new HttpAddress("127.0.0.1", 8080)),
        site,
        kpi(top.child("kpi")),
        journal(top.child("journal")),
        List.copyOf(sources.sources().values()),
        sources.brokers(),
        assets.assets(),
        new ExclusionReader(site, assets.assets()).read(top),
        top.has("influx") ? Optional.of(influx(top.child("influx"))) : Optional.empty(),
        top.child("maturity").parsed("profile", this::profile, DEFAULT_PROFILE));
  }

  private Path path(String text) throws BadValueException {
    try {
      return directory.resolve(text).normalize();
    } catch (InvalidPathException e) {
      throw new BadValueException(Texts.quote(text) + " is not a path", "");
    }
  }

  private KpiSettings kpi(Entry entry) {
    Duration window = window(entry, "window", Duration.ofMinutes(1));
    boolean fits = HOUR.toNanos() % window.toNanos() == 0;
    Duration signalWindow = window(entry, "signal-window", fits ? HOUR : window);
    if (signalWindow.toNanos() % window.toNanos() != 0 && !problems.at(entry.path("window"))) {
      entry.problem(
          "signal-window",
          "the window of signals must be a multiple of the window",
          "The window is " + Durations.format(window) + ".");
    }
    Duration lateness = entry.duration("lateness", Duration.ofSeconds(10));
    if (lateness.compareTo(SECOND) < 0) {
      entry.problem("lateness", "the lateness must be at least 1s", "10s is a good choice.");
    }
    return new KpiSettings(
        window, signalWindow, lateness, entry.duration("model-update-deadline", HOUR));
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

  private static JournalSettings journal(Entry entry) {
    return new JournalSettings(
        entry.duration("sync", Duration.ofSeconds(1)),
        entry.parsed("max-size", ByteSizes::parse, DEFAULT_JOURNAL_BYTES),
        entry.duration("max-age", Duration.ofDays(30)));
  }

  private InfluxConfig influx(Entry entry) {
    return new InfluxConfig(
        entry.parsed("url", Urls::http, URI.create("http://localhost")),
        entry.text("org", ""),
        entry.text("bucket", ""),
        secrets.secret(entry, "token").orElse(""));
  }

  /** A name that ships stays as it is; a path becomes absolute. */
  private String profile(String text) throws BadValueException {
    boolean isPath = text.contains("/") || text.contains("\\") || text.endsWith(".yaml");
    if (isPath) {
      Path path = path(text);
      if (!Files.isReadable(path) || Files.isDirectory(path)) {
        throw new BadValueException(
            "there is no readable file " + path, "The path is relative to this file.");
      }
      return path.toString();
    }
    String resource = "/io/feedrate/config/profiles/" + text + ".yaml";
    if (!text.equals(DEFAULT_PROFILE)
        && (text.isBlank() || GatewayReader.class.getResource(resource) == null)) {
      throw new BadValueException(
          "there is no profile " + Texts.quote(text),
          Texts.suggestion(text, List.of(DEFAULT_PROFILE))
              + " For a file of your own write its path.");
    }
    return text;
  }
}
