package io.feedrate.collector.cli;

import io.feedrate.collector.assess.ProfileException;
import io.feedrate.collector.assess.ProfileLoader;
import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.statements.StatementFile;
import io.feedrate.kpi.maturity.Indicator;
import io.feedrate.kpi.maturity.Profile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What commands about statements have in common: whose they are, and about which indicators. */
final class StatementOptions {

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The data directory of a gateway (gateway.data). A collector may run on it.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path data;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      defaultValue = "aimm-provisional",
      description = "The profile that has the indicator, a name or a file. ${DEFAULT-VALUE}")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String profile;

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  /** The statements of the data directory. */
  StatementFile file() {
    if (!Files.isDirectory(Journal.in(data))) {
      throw error(data + " is not the data directory of a gateway: no journal in it");
    }
    return new StatementFile(data);
  }

  /** An indicator of the profile. */
  Indicator indicator(String id) {
    List<Indicator> all =
        profile().dimensions().stream().flatMap(d -> d.allIndicators().stream()).toList();
    return all.stream()
        .filter(indicator -> indicator.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                error(
                    "profile %s has no indicator %s; it has: %s"
                        .formatted(
                            profile,
                            id,
                            all.stream().map(Indicator::id).collect(Collectors.joining(", ")))));
  }

  private Profile profile() {
    try {
      return ProfileLoader.resolve(profile, Path.of(""));
    } catch (ProfileException e) {
      throw error(String.valueOf(e.getMessage()));
    }
  }

  ParameterException error(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
