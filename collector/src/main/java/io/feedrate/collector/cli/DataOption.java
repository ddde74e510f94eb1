package io.feedrate.collector.cli;

import io.feedrate.collector.audit.AuditFile;
import io.feedrate.collector.journal.Journal;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The option {@code --data} of commands that need the data directory of a gateway. */
final class DataOption {

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The data directory of a gateway (gateway.data).")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path data;

  /** What was told; it may be no data directory. */
  Path path() {
    return data;
  }

  /**
   * A directory with a journal in it.
   *
   * @throws ParameterException if there is none
   */
  Path withJournal(CommandSpec spec) {
    if (!Files.isDirectory(Journal.in(data))) {
      throw new ParameterException(
          spec.commandLine(), data + " is not the data directory of a gateway: no journal in it");
    }
    return data;
  }

  /**
   * A directory with a journal or an audit trail in it: users are added before the first start.
   *
   * @throws ParameterException if there is none
   */
  Path withAuditTrail(CommandSpec spec) {
    return Files.isRegularFile(data.resolve(AuditFile.FILE_NAME)) ? data : withJournal(spec);
  }
}
