package io.feedrate.collector.cli;

import io.feedrate.collector.assess.AssessmentJson;
import io.feedrate.collector.config.RegisterJson;
import io.feedrate.collector.store.RegisterRow;
import io.feedrate.collector.store.Store;
import io.feedrate.collector.store.StoreReader;
import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Register;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The option {@code --subject}, and what commands about stored results find out first. */
final class PlantOptions {

  @Option(
      names = "--subject",
      paramLabel = "PATH",
      description = {
        "A site, line, machine or node, such as acme/augsburg/line-1. Without it the whole site."
      })
  private @Nullable String subject;

  /** Whether a subject was told. */
  boolean isGiven() {
    return subject != null;
  }

  /** Opens the results of a data directory. */
  StoreReader open(CommandSpec spec, Path data) {
    if (!Files.isRegularFile(data.resolve(Store.FILE_NAME))) {
      throw new ParameterException(
          spec.commandLine(),
          "%s is not the data directory of a gateway: no %s in it"
              .formatted(data, Store.FILE_NAME));
    }
    return StoreReader.open(data);
  }

  /** The register in force. */
  Register register(StoreReader reader) {
    return reader
        .latestRegister()
        .map(row -> RegisterJson.read(row.json()))
        .orElseThrow(() -> new IllegalStateException("the results have no register yet"));
  }

  /** What was asked for, or the site. */
  String subject(CommandSpec spec, StoreReader reader) {
    List<String> paths = register(reader).assets().stream().map(Asset::path).toList();
    if (subject == null) {
      return paths.get(0); // parents come first
    }
    // What was taken out of the configuration still has its results.
    if (paths.contains(subject) || everKnown(reader, subject)) {
      return subject;
    }
    throw new ParameterException(
        spec.commandLine(),
        "--subject %s is no site, line, machine or node of this gateway; there are %s"
            .formatted(subject, String.join(", ", new TreeSet<>(paths))));
  }

  private static boolean everKnown(StoreReader reader, String path) {
    return reader.registers().stream()
        .map(RegisterRow::json)
        .map(RegisterJson::read)
        .anyMatch(register -> register.assets().stream().anyMatch(a -> a.path().equals(path)));
  }

  /** Says where there are results if there are none in the period. */
  void requireResults(CommandSpec spec, StoreReader reader, String path, boolean isEmpty) {
    if (!isEmpty) {
      return;
    }
    throw new ParameterException(
        spec.commandLine(),
        reader
            .extent(path)
            .map(
                e ->
                    "no result of %s in this period; there are some from %s to %s"
                        .formatted(
                            path,
                            AssessmentJson.instant(e.startNs()),
                            AssessmentJson.instant(e.endNs())))
            .orElse("no result of %s yet: the first come when a window is closed".formatted(path)));
  }
}
