package io.feedrate.collector.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedrate.collector.config.RegisterJson;
import io.feedrate.collector.engine.Replay;
import io.feedrate.collector.journal.DataLock;
import io.feedrate.collector.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code feedrate replay}: are the results what the journal says? */
@Command(
    name = "replay",
    description = {
      "Compute all results again from the journal, with a fresh engine.",
      "",
      "With --verify every result, model update and episode is compared with the stored one, byte for"
          + " byte.",
      "Nothing is written. No collector may run on the directory meanwhile.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done; with --verify: everything is equal",
      "1:something differs, or the directory cannot be read",
      "2:the command line is wrong, or a collector runs on the directory"
    },
    mixinStandardHelpOptions = true)
public final class ReplayCommand implements FeedrateCommand {

  private static final int ORDER = 30;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private DataOption data;

  @Option(names = "--verify", description = "Compare with the stored results.")
  private boolean verify;

  @Option(names = "--json", description = "Print the outcome as JSON.")
  private boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public int order() {
    return ORDER;
  }

  @Override
  public Integer call() throws IOException {
    Path directory = requireAtRest();
    Replay.Report report = Replay.run(directory, verify, RegisterJson::read);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report));
    } else {
      print(out, directory, report);
    }
    out.flush();
    return report.isEqual() ? ExitCodes.OK : ExitCodes.FAILED;
  }

  /** A data directory on which no collector runs. */
  private Path requireAtRest() throws IOException {
    Path directory = data.withJournal(spec);
    if (!Files.isRegularFile(directory.resolve(Store.FILE_NAME))) {
      throw new ParameterException(
          spec.commandLine(),
          "%s is not the data directory of a gateway: no %s in it"
              .formatted(directory, Store.FILE_NAME));
    }
    Optional<String> holder = DataLock.holder(directory);
    if (holder.isPresent()) {
      throw new ParameterException(
          spec.commandLine(),
          "a collector runs on %s (process id %s): stop it first, or replay a copy"
              .formatted(directory, holder.get()));
    }
    return directory;
  }

  private void print(PrintWriter out, Path directory, Replay.Report r) {
    out.printf(
        Locale.ROOT,
        "%s: %,d records with %,d samples in %,d ms%n",
        directory,
        r.records(),
        r.samples(),
        TimeUnit.NANOSECONDS.toMillis(r.durationNs()));
    if (r.fromBase()) {
      out.printf(
          "Began with the state of %s: %s.%n",
          Instant.ofEpochSecond(0, r.beganNs()),
          r.handedOver()
              ? "another version of Feedrate computed what was before, or retention removed it"
              : "retention removed the journal before it");
    }
    counts(out, "computed", r.results(), r.modelUpdates(), r.episodes());
    if (verify) {
      counts(out, "equal   ", r.equalResults(), r.equalModelUpdates(), r.equalEpisodes());
      r.differences().forEach(out::println);
      out.println(
          r.isEqual()
              ? "The store holds exactly what the journal says."
              : String.format(Locale.ROOT, "%,d differences", r.differenceCount()));
    }
  }

  private static void counts(
      PrintWriter out, String what, long results, long modelUpdates, long episodes) {
    out.printf(
        Locale.ROOT,
        "%s %,d results, %,d model update states and %,d episode states%n",
        what,
        results,
        modelUpdates,
        episodes);
  }
}
