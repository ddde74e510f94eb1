package io.feedrate.collector.cli;

import io.feedrate.collector.assess.ProfileException;
import io.feedrate.collector.assess.ProfileLoader;
import io.feedrate.kpi.maturity.Dimension;
import io.feedrate.kpi.maturity.Indicator;
import io.feedrate.kpi.maturity.Profile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code feedrate profile check}: is a profile right? */
@Command(
    name = "check",
    description = {
      "Check a maturity profile.",
      "",
      "Its errors are told at once, as FILE:LINE: place: what is wrong; of the form first, then of"
          + " what the form cannot say, such as KPIs that do not exist.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the profile is right",
      "1:something failed that should not have; --stacktrace shows where",
      "2:the command line or the profile is wrong"
    },
    mixinStandardHelpOptions = true)
final class ProfileCheckCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "FILE|NAME",
      description = "A profile of your own (a .yaml file), or one that ships with Feedrate.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String file;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws ProfileException {
    Profile profile = ProfileLoader.resolve(file, Path.of(""));
    List<Indicator> all =
        profile.dimensions().stream().map(Dimension::allIndicators).flatMap(List::stream).toList();
    long figures = all.stream().filter(Indicator.Measured.class::isInstance).count();
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s: ok (%s %s: %d dimensions, %d figures, %d documents, %d levels)%n",
        file,
        profile.id(),
        profile.version(),
        profile.dimensions().size(),
        figures,
        all.size() - figures,
        profile.levels().size());
    out.printf("  sha256 %s%n", profile.digest());
    if (profile.isProvisional()) {
      out.printf("  provisional: %s%n", profile.provisional());
    }
    out.flush();
    return ExitCodes.OK;
  }
}
