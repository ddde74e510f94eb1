package io.feedrate.collector.cli;

import io.feedrate.collector.evidence.bundle.BundleException;
import io.feedrate.collector.evidence.bundle.BundleVerifier;
import io.feedrate.collector.evidence.bundle.Verdict;
import io.feedrate.collector.evidence.bundle.Verdict.Answer;
import io.feedrate.collector.evidence.sign.VerifyKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code feedrate evidence verify}: is a bundle what it says? */
@Command(
    name = "verify",
    description = {
      "Check a bundle: every digest, signature and proof, and every figure from its counts. Needs"
          + " neither the plant nor a network.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:OK: everything is there and fits",
      "1:INVALID: something was changed, or is not what it says",
      "2:the command line is wrong, or the file is no bundle",
      "3:INCOMPLETE: what is there fits, but something is missing"
    },
    footer = {
      "",
      "Examples:",
      "  feedrate evidence verify october.zip",
      "  feedrate evidence verify october.zip --key ed25519:5d1c... \\",
      "    --challenge 7f3a-2291 --previous september.zip"
    },
    mixinStandardHelpOptions = true)
final class EvidenceVerifyCommand implements Callable<Integer> {

  private static final int INCOMPLETE = 3;

  @Parameters(paramLabel = "FILE", description = "The bundle, a zip.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path file;

  @Option(
      names = "--key",
      paramLabel = "ID|FILE",
      description = {
        "A key of the plant that you know from elsewhere: its id (feedrate keys list) or its public"
            + " key in a .pem file."
      })
  private @Nullable String key;

  @Option(
      names = "--challenge",
      paramLabel = "TEXT",
      description = "What you gave the plant to be put in.")
  private @Nullable String challenge;

  @Option(
      names = "--previous",
      paramLabel = "FILE",
      description = "A bundle that you got before; check that the log goes on from it.")
  private @Nullable Path previous;

  @Option(
      names = "--authority",
      paramLabel = "FILE",
      description = {
        "The certificate (PEM) of the authority of the time stamp, or of who certified it."
      })
  private @Nullable Path authority;

  @Option(names = "--quiet", description = "Print what is wrong and the answer alone.")
  private boolean quiet;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw wrong("there is no file " + file);
    }
    Verdict verdict;
    try {
      verdict =
          BundleVerifier.verify(
              file,
              new BundleVerifier.Expected(
                  Optional.ofNullable(keyId()),
                  Optional.ofNullable(challenge),
                  Optional.ofNullable(previous),
                  Optional.ofNullable(authority),
                  VersionCommand.version()));
    } catch (BundleException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
    print(verdict);
    return switch (verdict.answer()) {
      case OK -> ExitCodes.OK;
      case INVALID -> ExitCodes.FAILED;
      case INCOMPLETE -> INCOMPLETE;
    };
  }

  private void print(Verdict verdict) {
    PrintWriter out = spec.commandLine().getOut();
    if (!quiet) {
      verdict.facts().forEach(fact -> out.println("- " + fact));
    }
    for (Verdict.Finding each : verdict.findings()) {
      out.printf("%s %s: %s%n", each.weight(), each.file(), each.text());
    }
    long all = verdict.count(Answer.INVALID) + verdict.count(Answer.INCOMPLETE);
    if (all > verdict.findings().size()) {
      out.printf(Locale.ROOT, "and %,d more%n", all - verdict.findings().size());
    }
    out.println(verdict.answer());
    out.flush();
  }

  private @Nullable String keyId() throws IOException {
    if (key == null || !Files.isRegularFile(Path.of(key))) {
      return key;
    }
    try {
      return VerifyKey.ofPem(Files.readString(Path.of(key))).id();
    } catch (IllegalArgumentException e) {
      throw wrong("%s is no public key: %s".formatted(key, e.getMessage()));
    }
  }

  private ParameterException wrong(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
