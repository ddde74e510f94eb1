package io.feedrate.collector.cli;

import io.feedrate.collector.assess.Assessor;
import io.feedrate.collector.assess.ProfileException;
import io.feedrate.collector.assess.ProfileLoader;
import io.feedrate.collector.config.ConfigException;
import io.feedrate.collector.config.ConfigLoader;
import io.feedrate.collector.config.GatewayConfig;
import io.feedrate.collector.oscal.OscalSource;
import io.feedrate.collector.oscal.OscalViews;
import io.feedrate.collector.report.CsvTables;
import io.feedrate.collector.report.Language;
import io.feedrate.collector.report.ReportRequest;
import io.feedrate.collector.report.Reports;
import io.feedrate.collector.report.Specifications;
import io.feedrate.collector.statements.Stated;
import io.feedrate.collector.statements.StatementFile;
import io.feedrate.collector.store.HeadRow;
import io.feedrate.collector.store.LogReader;
import io.feedrate.collector.store.StoreReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code feedrate report}: stored results as documents that people read, and as tables. */
@Command(
    name = "report",
    description = {
      "Write a report over stored results, also while a collector runs.",
      "",
      "Without WHAT it is the assessment: a summary, a half page for each KPI, and the digests. pipeline"
          + " and interface are specifications made from the configuration in use and what was"
          + " measured. csv writes all tables into a directory, oscal the assessment as three OSCAL documents"
          + " for programs of auditors.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:written",
      "1:the results cannot be read or the file not be written; --stacktrace shows where",
      "2:the command line, the profile or the configuration is wrong, or there is no result in the"
          + " period"
    },
    footer = {
      "",
      "Examples:",
      "  feedrate report --data data --from -P30D --out report.pdf",
      "  feedrate report --data data --from -P30D --lang zh --out report.html",
      "  feedrate report csv --data data --from -P7D --out tables",
      "  feedrate report oscal --data data --from -P30D --out oscal",
      "  feedrate report pipeline -c gateway.yaml --from -P1D --out pipeline.pdf"
    },
    mixinStandardHelpOptions = true)
public final class ReportCommand implements FeedrateCommand {

  private static final int ORDER = 42;

  /** What can be written. */
  enum What {
    ASSESSMENT,
    PIPELINE,
    INTERFACE,
    CSV,
    OSCAL;

    boolean isDirectory() {
      return this == CSV || this == OSCAL;
    }
  }

  @Parameters(
      index = "0",
      arity = "0..1",
      defaultValue = "assessment",
      paramLabel = "WHAT",
      description = "assessment (the default), pipeline, interface, csv or oscal.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private What what;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private PlantOptions plant;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private PeriodOptions period;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data directory of a gateway; without it that of --config.")
  private @Nullable Path data;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = {
        "The gateway's configuration: for pipeline and interface, which tell where data comes from."
      })
  private @Nullable Path config;

  @Option(
      names = "--profile",
      defaultValue = "aimm-provisional",
      paramLabel = "FILE|NAME",
      description = "A profile of your own (a .yaml file) or aimm-provisional or gbt-39116-style.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String profile;

  @Option(
      names = "--lang",
      defaultValue = "en",
      paramLabel = "en|zh|de",
      description = "The language: en (the default), zh or de.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Language language;

  @Option(
      names = "--every-kpi",
      description = "Also give KPIs that the profile does not ask for a half page each.")
  private boolean everyKpi;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where to: a .pdf or .html file; for csv and oscal a directory, new or empty.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path out;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public int order() {
    return ORDER;
  }

  @Override
  public Integer call() throws ProfileException, ConfigException, IOException {
    Instant now = Instant.now();
    PeriodOptions.Range range = period.range(spec, now);
    Optional<GatewayConfig> gateway = gateway();
    Path directory = directory(gateway);
    boolean isPdf = isPdf();
    if (what.isDirectory() && !CsvTables.isFree(out)) {
      throw wrong("--out %s is not empty: name a new directory".formatted(out));
    }
    try (StoreReader reader = plant.open(spec, directory)) {
      String subject = plant.subject(spec, reader);
      ReportRequest request =
          new ReportRequest(
              subject,
              range.fromNs(),
              range.toNs(),
              ProfileLoader.resolve(profile, Path.of("")),
              Stated.of(new StatementFile(directory).read()),
              everyKpi,
              ns(now),
              "Feedrate " + VersionCommand.version(),
              logHead(directory));
      if (what == What.OSCAL) {
        oscal(reader, request, now);
        return ExitCodes.OK;
      }
      Reports reports = Reports.read(reader, request);
      plant.requireResults(spec, reader, subject, reports.isEmpty());
      switch (what) {
        case ASSESSMENT -> write(isPdf ? reports.pdf(language) : reports.html(language));
        case PIPELINE, INTERFACE ->
            write(specification(reports, reader, gateway.orElseThrow(), isPdf));
        case CSV -> tables(reports, reader);
        case OSCAL -> throw new IllegalStateException("written above");
      }
    }
    return ExitCodes.OK;
  }

  private byte[] specification(
      Reports reports, StoreReader reader, GatewayConfig gateway, boolean isPdf) {
    Specifications documents = reports.specifications(reader, gateway);
    if (what == What.PIPELINE) {
      return isPdf ? documents.pipelinePdf(language) : documents.pipelineHtml(language);
    }
    return isPdf ? documents.interfacePdf(language) : documents.interfaceHtml(language);
  }

  private void tables(Reports reports, StoreReader reader) throws IOException {
    List<Path> files = CsvTables.write(reports, reader, out);
    say("Written: %d tables in %s; columns.csv describes them".formatted(files.size(), out));
  }

  private void oscal(StoreReader reader, ReportRequest request, Instant now) throws IOException {
    String subject = request.subject();
    Stated stated = request.stated();
    Assessor.Assessed assessed =
        new Assessor(request.profile(), () -> stated)
            .assess(reader, subject, List.of(subject), request.fromNs(), request.toNs());
    plant.requireResults(spec, reader, subject, assessed.isEmpty());
    Map<String, byte[]> files =
        OscalViews.files(
            new OscalSource(
                assessed.assessment(),
                stated.documents(),
                stated.declarations(),
                now,
                request.software()));
    Files.createDirectories(out);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(out.resolve(file.getKey()), file.getValue());
    }
    say("Written: %s in %s".formatted(String.join(", ", files.keySet()), out));
  }

  private void write(byte[] bytes) throws IOException {
    Files.write(out, bytes);
    say("Written: %s (%d KB)".formatted(out, (bytes.length + 1023) / 1024));
  }

  private void say(String text) {
    spec.commandLine().getOut().println(text);
    spec.commandLine().getOut().flush();
  }

  private Optional<GatewayConfig> gateway() throws ConfigException {
    if (config != null) {
      return Optional.of(ConfigLoader.load(config));
    }
    if (what == What.PIPELINE || what == What.INTERFACE) {
      throw wrong(
          "report %s needs --config FILE: it tells where data comes from and how it is secured"
              .formatted(what.name().toLowerCase(Locale.ROOT)));
    }
    return Optional.empty();
  }

  private Path directory(Optional<GatewayConfig> gateway) {
    if (data != null) {
      return data;
    }
    return gateway
        .map(GatewayConfig::data)
        .orElseThrow(() -> wrong("--data DIR is missing: the data directory of a gateway"));
  }

  private boolean isPdf() {
    String name = String.valueOf(out.getFileName()).toLowerCase(Locale.ROOT);
    if (what.isDirectory() || name.endsWith(".html")) {
      return false;
    } else if (name.endsWith(".pdf")) {
      return true;
    }
    throw wrong("--out %s: end it with .pdf or .html, which says the form".formatted(out));
  }

  private static Optional<HeadRow> logHead(Path directory) {
    try (LogReader log = LogReader.open(directory)) {
      List<HeadRow> heads = log.heads();
      return heads.isEmpty() ? Optional.empty() : Optional.of(heads.get(heads.size() - 1));
    }
  }

  private ParameterException wrong(String explanation) {
    return new ParameterException(spec.commandLine(), explanation);
  }

  private static long ns(Instant at) {
    return TimeUnit.SECONDS.toNanos(at.getEpochSecond()) + at.getNano();
  }
}
