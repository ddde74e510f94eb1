package io.feedrate.collector.cli;

import io.feedrate.collector.assess.Assessor;
import io.feedrate.collector.assess.Assessor.Assessed;
import io.feedrate.collector.assess.ProfileDiffReport;
import io.feedrate.collector.assess.ProfileException;
import io.feedrate.collector.assess.ProfileLoader;
import io.feedrate.collector.statements.Stated;
import io.feedrate.collector.statements.StatementFile;
import io.feedrate.collector.store.StoreReader;
import io.feedrate.kpi.maturity.Profile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code feedrate profile diff}: what changed, and what does it make of the same results? */
@Command(
    name = "diff",
    description = {
      "Compare two maturity profiles.",
      "",
      "With --data the same stored results are held against both, and the difference is explained by"
          + " indicator, dimension and level.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:compared, whatever differs",
      "1:the results cannot be read; --stacktrace shows where",
      "2:the command line or a profile is wrong, or there is no result in the period"
    },
    footer = {
      "",
      "Examples:",
      "  feedrate profile diff aimm-provisional my-profile.yaml",
      "  feedrate profile diff draft-1.yaml draft-2.yaml --data data --from -P30D"
    },
    mixinStandardHelpOptions = true)
final class ProfileDiffCommand implements Callable<Integer> {

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private PlantOptions plant;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private PeriodOptions period;

  @Parameters(
      index = "0",
      paramLabel = "OLD",
      description = "The older profile: a .yaml file, or the name of one that ships.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String older;

  @Parameters(index = "1", paramLabel = "NEW", description = "The newer profile.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String newer;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data directory of a gateway (gateway.data); needs --from.")
  private @Nullable Path data;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws ProfileException {
    if (data == null && (period.isGiven() || plant.isGiven())) {
      throw new ParameterException(
          spec.commandLine(), "--from and --subject are about stored results: add --data DIR");
    }
    Profile old = ProfileLoader.resolve(older, Path.of(""));
    Profile now = ProfileLoader.resolve(newer, Path.of(""));
    PrintWriter out = spec.commandLine().getOut();
    out.print(data == null ? ProfileDiffReport.render(old, now) : onData(data, old, now));
    out.flush();
    return ExitCodes.OK;
  }

  private String onData(Path directory, Profile old, Profile now) {
    PeriodOptions.Range range = period.range(spec, Instant.now());
    try (StoreReader reader = plant.open(spec, directory)) {
      String subject = plant.subject(spec, reader);
      Stated stated = Stated.of(new StatementFile(directory).read());
      List<Assessed> both =
          Assessor.compare(reader, stated, subject, old, now, range.fromNs(), range.toNs());
      plant.requireResults(spec, reader, subject, both.get(0).isEmpty());
      return ProfileDiffReport.render(both.get(0).assessment(), both.get(1).assessment());
    }
  }
}
