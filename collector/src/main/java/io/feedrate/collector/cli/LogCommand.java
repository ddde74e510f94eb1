package io.feedrate.collector.cli;

import io.feedrate.collector.evidence.LogVerifier;
import io.feedrate.collector.evidence.sign.SignedNote;
import io.feedrate.collector.store.HeadRow;
import io.feedrate.collector.store.LogReader;
import io.feedrate.collector.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code feedrate log}: is the store what it was when its heads were signed? */
@Command(
    name = "log",
    description = {
      "Check the tamper-evident log of a data directory, or print its newest head.",
      ""
    },
    mixinStandardHelpOptions = true)
public final class LogCommand implements FeedrateCommand {

  private static final int ORDER = 40;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public int order() {
    return ORDER;
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Which command: verify or head?");
  }

  @Command(
      name = "verify",
      description = {
        "Recompute every leaf of the log from its row and check all that is signed.",
        "",
        "A collector may run on the directory. A copy of it will do as well: results.db with its"
            + " -wal and -shm, heads.log, and the public keys.",
        ""
      },
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:nothing was changed since it was signed",
        "1:something is broken; the lines say what and where",
        "2:the command line is wrong"
      },
      mixinStandardHelpOptions = true)
  int verify(
      @Option(
              names = "--data",
              required = true,
              paramLabel = "DIR",
              description = "The data directory of a gateway (gateway.data).")
          Path data,
      @Option(
              names = "--head",
              paramLabel = "FILE",
              description = "A head that you kept from an earlier visit (feedrate log head).")
          @Nullable Path head)
      throws IOException {
    requireStore(data);
    Optional<SignedNote> kept = head == null ? Optional.empty() : Optional.of(read(head));
    LogVerifier.Report report = LogVerifier.verify(data, kept);
    PrintWriter out = spec.commandLine().getOut();
    report.clockSteps().forEach(step -> out.println("Note: " + step));
    report.findings().forEach(out::println);
    if (report.findingCount() > report.findings().size()) {
      out.printf(Locale.ROOT, "and %,d more%n", report.findingCount() - report.findings().size());
    }
    out.printf(
        Locale.ROOT,
        "%s: %,d leaves, %,d equal to their rows; %,d signed heads; %,d leaves not signed yet%n",
        data,
        report.leaves(),
        report.equalLeaves(),
        report.heads(),
        report.unsigned());
    out.println(report.isIntact() ? "The log is intact." : "THE LOG IS BROKEN.");
    out.flush();
    return report.isIntact() ? ExitCodes.OK : ExitCodes.FAILED;
  }

  @Command(
      name = "head",
      description = {
        "Print the newest signed head of the log: a C2SP checkpoint, to be kept elsewhere.",
        ""
      },
      mixinStandardHelpOptions = true)
  int head(
      @Option(
              names = "--data",
              required = true,
              paramLabel = "DIR",
              description = "The data directory of a gateway (gateway.data).")
          Path data) {
    requireStore(data);
    try (LogReader reader = LogReader.open(data)) {
      List<HeadRow> heads = reader.heads();
      if (heads.isEmpty()) {
        throw new IllegalStateException("no head of the log in " + data + " is signed yet");
      }
      PrintWriter out = spec.commandLine().getOut();
      out.print(heads.get(heads.size() - 1).note());
      out.flush();
    }
    return ExitCodes.OK;
  }

  private void requireStore(Path data) {
    if (!Files.isRegularFile(data.resolve(Store.FILE_NAME))) {
      throw new ParameterException(
          spec.commandLine(),
          data + " is not the data directory of a gateway: no " + Store.FILE_NAME + " in it");
    }
  }

  private SignedNote read(Path head) throws IOException {
    try {
      return SignedNote.parse(Files.readString(head));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), head + " is no signed head: " + e.getMessage(), e);
    }
  }
}
