package io.feedrate.collector.config;

import io.feedrate.collector.config.GatewayConfig.InfluxConfig;
import io.feedrate.collector.config.GatewayConfig.JournalSettings;
import io.feedrate.kpi.Calendar;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Binds a document to the records and checks what a schema cannot say. It reads on after an error,
 * with a fallback in the wrong value's place, so that all errors are found at once; what it returns
 * must be used only if none was.
 */
final class GatewayReader {

  private static final String DEFAULT_PROFILE = "aimm-provisional";
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
    Subjects subjects = new Subjects(site, assets.assets());
    Calendar calendar = CalendarReader.read(top.child("calendar"), subjects);
    return new GatewayConfig(
        file,
        id,
        gateway.parsed("data", this::path, directory.resolve("data")),
        new HttpReader(secrets, this::path).read(gateway),
        site,
        KpiReader.read(top.child("kpi"), problems),
        journal(top.child("journal")),
        List.copyOf(sources.sources().values()),
        sources.brokers(),
        assets.assets(),
        new ExclusionReader(subjects, ZoneId.of(calendar.zone()), this::path).read(top),
        calendar,
        TimeElementsReader.read(top),
        new QualificationReader(subjects, ZoneId.of(calendar.zone()), this::path).read(top),
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
