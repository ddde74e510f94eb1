package io.feedrate.collector.cli;

import io.feedrate.collector.assess.ProfileException;
import io.feedrate.collector.assess.ProfileLoader;
import io.feedrate.kpi.maturity.Indicator;
import io.feedrate.kpi.maturity.Profile;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The option {@code --profile}, and the indicators of what it names. */
final class ProfileOption {

  @Option(
      names = "--profile",
      defaultValue = "aimm-provisional",
      paramLabel = "FILE|NAME",
      description = {
        "A profile of your own (a .yaml file) or one that ships with Feedrate: aimm-provisional (the"
            + " default) or gbt-39116-style."
      })
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String profile;

  /** The profile that was told. */
  Profile load() throws ProfileException {
    return ProfileLoader.resolve(profile, Path.of(""));
  }

  /** Its text. */
  String text() throws ProfileException {
    return ProfileLoader.text(profile, Path.of(""));
  }

  /**
   * An indicator of the profile, at whatever depth.
   *
   * @throws ParameterException if it has none of this id
   */
  Indicator indicator(CommandSpec spec, String id) throws ProfileException {
    List<Indicator> all =
        load().dimensions().stream().flatMap(d -> d.allIndicators().stream()).toList();
    return all.stream()
        .filter(indicator -> indicator.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "profile %s has no indicator %s; it has: %s"
                        .formatted(
                            profile,
                            id,
                            all.stream().map(Indicator::id).collect(Collectors.joining(", ")))));
  }
}
