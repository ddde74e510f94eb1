package io.feedrate.collector.cli;

import io.feedrate.collector.assess.ProfileException;
import io.feedrate.collector.audit.Actor;
import io.feedrate.collector.audit.AuditEntry.Action;
import io.feedrate.collector.audit.AuditFile;
import io.feedrate.collector.evidence.bundle.BundleException;
import io.feedrate.collector.evidence.bundle.BundleExporter;
import io.feedrate.collector.evidence.bundle.BundleOrder;
import io.feedrate.collector.statements.StatementFile;
import io.feedrate.collector.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code feedrate evidence export}: a bundle that an assessor can check without the plant. */
@Command(
    name = "export",
    description = {
      "Write a bundle of what was measured in a period: a zip that an assessor can check without"
          + " the plant, and without Feedrate. A collector may run meanwhile.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:written",
      "1:the log is broken, or a file cannot be read or written",
      "2:the command line or the profile is wrong, or there is no signed result in the period"
    },
    footer = {
      "",
      "Examples:",
      "  feedrate evidence export --data data --from -P30D --out october.zip",
      "  feedrate evidence export --data data --from -P30D \\",
      "    --challenge 7f3a-2291 --previous september.zip --out october.zip",
      "  feedrate evidence export --data data --from -PT8H --journal \\",
      "    --assets acme/augsburg/line-1/cnc-01 --out cnc-01.zip"
    },
    mixinStandardHelpOptions = true)
final class EvidenceExportCommand implements Callable<Integer> {

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private DataOption data;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private PeriodOptions period;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The zip to write; it must not exist.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path out;

  @Option(
      names = "--assets",
      split = ",",
      paramLabel = "PATH",
      description = {
        "Only these lines, machines or nodes. What is left out stays hidden, and the bundle says how"
            + " much that is."
      })
  private List<String> assets = new ArrayList<>();

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private ProfileOption profile;

  @Option(
      names = "--previous",
      paramLabel = "FILE",
      description = "An earlier bundle: prove that the log went on from it.")
  private @Nullable Path previous;

  @Option(
      names = "--challenge",
      defaultValue = "",
      paramLabel = "TEXT",
      description = "What the assessor wants to find in it, so that no old bundle will do.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String challenge;

  @Option(
      names = "--responsible",
      defaultValue = "",
      paramLabel = "NAME",
      description = "Who answers for it.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String responsible;

  @Option(
      names = "--timestamp",
      paramLabel = "URL",
      description = {
        "Let an authority stamp the signed head with its time (RFC 3161). It gets a hash and nothing"
            + " else."
      })
  private @Nullable URI authority;

  @Option(
      names = "--journal",
      description = {
        "Also put in what was received, so that every result can be computed again. It can be large."
      })
  private boolean journal;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws ProfileException, IOException {
    if (!Files.isRegularFile(data.path().resolve(Store.FILE_NAME))) {
      throw wrong(
          "%s is not the data directory of a gateway: no %s in it"
              .formatted(data.path(), Store.FILE_NAME));
    }
    Instant now = Instant.now();
    PeriodOptions.Range range = period.range(spec, now);
    BundleOrder order =
        new BundleOrder(
            data.path(),
            assets,
            range.fromNs(),
            range.toNs(),
            profile.load(),
            profile.text(),
            challenge,
            responsible,
            Optional.ofNullable(previous),
            journal,
            Optional.ofNullable(authority),
            now,
            VersionCommand.version());
    AuditFile audit = new AuditFile(data.path());
    audit.requireRoom();
    BundleExporter.Written written;
    try {
      written = BundleExporter.export(order, out);
    } catch (BundleException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
    audit.append(
        Actor.command(),
        Action.EXPORTED,
        "bundle sha256:%s of %s to %s"
            .formatted(
                StatementFile.digest(out),
                Instant.ofEpochSecond(0, range.fromNs()),
                Instant.ofEpochSecond(0, range.toNs())));
    PrintWriter print = spec.commandLine().getOut();
    print.printf(
        Locale.ROOT,
        "%s: %,d bytes, %,d leaves about %s%n",
        out,
        Files.size(out),
        written.leaves(),
        String.join(", ", written.subjects()));
    print.printf(
        Locale.ROOT,
        "Signed with %s, under a head of %,d leaves.%n",
        written.keyId(),
        written.signed());
    if (written.toNs() < range.toNs()) {
      print.printf(
          "Note: it ends at %s. What came later is not signed yet: that is done each minute, and when"
              + " the collector ends.%n",
          Instant.ofEpochSecond(0, written.toNs()));
    }
    print.printf("Check it with: feedrate evidence verify %s%n", out);
    print.flush();
    return ExitCodes.OK;
  }

  private ParameterException wrong(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
