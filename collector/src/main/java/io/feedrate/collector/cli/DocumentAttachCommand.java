package io.feedrate.collector.cli;

import io.feedrate.collector.assess.ProfileException;
import io.feedrate.collector.audit.Actor;
import io.feedrate.collector.statements.Statement;
import io.feedrate.collector.statements.StatementDesk;
import io.feedrate.collector.statements.StatementFile;
import io.feedrate.kpi.maturity.Indicator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code feedrate document attach}: this document stands for that indicator. */
@Command(
    name = "attach",
    description = {
      "Attach a document to an indicator that asks for one.",
      "",
      "A copy is kept in the data directory. It counts when it is reviewed.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:attached",
      "1:the data directory cannot be read or written; --stacktrace shows where",
      "2:the command line or the profile is wrong; nothing was written"
    },
    footer = {
      "",
      "Example:",
      "  feedrate document attach df-governance-policy policy.pdf --data data \\",
      "    --issuer \"Works council\" --by \"Ms Li\" --valid-until 2026-12-31"
    },
    mixinStandardHelpOptions = true)
final class DocumentAttachCommand implements Callable<Integer> {

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private DataOption data;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private ProfileOption profile;

  @Parameters(index = "0", paramLabel = "INDICATOR", description = "Its id in the profile.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String indicator;

  @Parameters(index = "1", paramLabel = "FILE", description = "The document.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path file;

  @Option(
      names = "--title",
      paramLabel = "TEXT",
      description = "What it is called. Default: the name of the file.")
  private @Nullable String title;

  @Option(
      names = "--issuer",
      required = true,
      paramLabel = "NAME",
      description = "Who stands behind it.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String issuer;

  @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who attaches it.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String by;

  @Option(
      names = "--valid-from",
      paramLabel = "DATE",
      description = "Its first day, such as 2026-01-01 (UTC). Default: since ever.")
  private @Nullable LocalDate validFrom;

  @Option(
      names = "--valid-until",
      paramLabel = "DATE",
      description = "Its last day (UTC). Default: for ever.")
  private @Nullable LocalDate validUntil;

  @Option(
      names = "--reference-only",
      description = "Keep no copy, only digest and place of the file.")
  private boolean referenceOnly;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException, ProfileException {
    Stating stating = new Stating(spec, data);
    if (!(profile.indicator(spec, indicator) instanceof Indicator.Documented)) {
      throw wrong(indicator + " is measured: a document cannot stand for it. See feedrate declare");
    }
    if (!Files.isRegularFile(file)) {
      throw wrong(file + " is not a file that can be read");
    }
    long bytes = Files.size(file);
    if (!referenceOnly && bytes > StatementFile.MAX_KEPT_BYTES) {
      throw wrong(
          "%s has more than %,d MB: use --reference-only"
              .formatted(file, StatementFile.MAX_KEPT_BYTES >> 20));
    }
    String called = title == null ? String.valueOf(file.getFileName()) : title;
    StatementDesk.Label label =
        new StatementDesk.Label(
            called,
            issuer,
            Optional.ofNullable(validFrom),
            Optional.ofNullable(validUntil),
            file.toAbsolutePath().normalize().toString());
    Statement.Attached attached;
    try {
      attached =
          stating
              .desk()
              .attach(Actor.command(), by, profile.load(), indicator, label, file, !referenceOnly);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "nothing was written: " + e.getMessage(), e);
    }
    stating.print(
        "%s: %s attached, SHA-256 %s; it counts when it is reviewed"
            .formatted(indicator, called, attached.digest()));
    return ExitCodes.OK;
  }

  private ParameterException wrong(String explanation) {
    return new ParameterException(spec.commandLine(), explanation);
  }
}
