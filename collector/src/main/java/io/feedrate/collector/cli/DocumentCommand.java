package io.feedrate.collector.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.feedrate.collector.statements.Stated;
import io.feedrate.collector.statements.Statement;
import io.feedrate.collector.statements.StatementFile;
import io.feedrate.kpi.maturity.Degree;
import io.feedrate.kpi.maturity.Document;
import io.feedrate.kpi.maturity.Indicator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code feedrate document}: documents that stand for an indicator. */
@Command(
    name = "document",
    description = {
      "Attach documents to indicators, by their digest.",
      "",
      "A document counts for a period in which it is valid throughout, and only as far as a reviewer",
      "says that it shows what the indicator asks for. Nothing is edited: what was attached is",
      "withdrawn by another statement.",
      ""
    },
    subcommands = {
      DocumentCommand.Attach.class,
      DocumentCommand.Review.class,
      DocumentCommand.Withdraw.class,
      DocumentCommand.Show.class
    },
    mixinStandardHelpOptions = true)
public final class DocumentCommand implements FeedrateCommand {

  private static final int ORDER = 45;
  private static final int DIGEST_SHOWN = 12;
  private static final long NS_PER_S = 1_000_000_000L;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public int order() {
    return ORDER;
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: attach, review, withdraw or list");
  }

  /** {@code feedrate document attach}. */
  @Command(
      name = "attach",
      description = "Attach a document to an indicator.",
      mixinStandardHelpOptions = true)
  static final class Attach implements java.util.concurrent.Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private StatementOptions statements;

    @Parameters(index = "0", paramLabel = "INDICATOR", description = "Its id in the profile.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String indicator;

    @Parameters(index = "1", paramLabel = "FILE", description = "The document.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @Option(names = "--title", description = "What it is called. Default: the name of the file.")
    private @Nullable String title;

    @Option(names = "--issuer", required = true, description = "Who stands behind it.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String issuer;

    @Option(names = "--by", required = true, description = "Who attaches it.")
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
        description = "Keep no copy in the data directory, only digest and place of the file.")
    private boolean referenceOnly;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      StatementFile there = statements.file();
      if (!(statements.indicator(indicator) instanceof Indicator.Documented)) {
        throw statements.error(
            indicator + " is measured: a document cannot stand for it. See feedrate declare");
      }
      if (!Files.isRegularFile(file)) {
        throw statements.error(file + " is not a file that can be read");
      }
      if (!referenceOnly && Files.size(file) > StatementFile.MAX_KEPT_BYTES) {
        throw statements.error(
            "%s has more than %,d MB: use --reference-only"
                .formatted(file, StatementFile.MAX_KEPT_BYTES >> 20));
      }
      Statement.Attached statement = statement(StatementFile.digest(file));
      if (!referenceOnly) {
        there.keep(file, statement.digest());
      }
      there.append(statement);
      spec.commandLine()
          .getOut()
          .printf(
              "%s: %s attached, SHA-256 %s; it counts when it is reviewed%n",
              indicator, statement.title(), statement.digest());
      return ExitCodes.OK;
    }

    private Statement.Attached statement(String digest) throws IOException {
      String called = title == null ? String.valueOf(file.getFileName()) : title;
      try {
        return new Statement.Attached(
            Instant.now(),
            by,
            indicator,
            called,
            digest,
            Files.size(file),
            issuer,
            Optional.ofNullable(validFrom).map(Attach::start),
            Optional.ofNullable(validUntil).map(day -> start(day.plusDays(1))),
            file.toAbsolutePath().normalize().toString(),
            !referenceOnly);
      } catch (IllegalArgumentException e) {
        throw statements.error("the document cannot be attached: " + e.getMessage());
      }
    }

    private static Instant start(LocalDate day) {
      return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
  }

  /** What names a document that is attached. */
  static final class Which {
    @Parameters(index = "0", paramLabel = "INDICATOR", description = "Its id in the profile.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String indicator;

    @Parameters(
        index = "1",
        paramLabel = "DIGEST",
        description = "The document's digest or how it begins, as list shows it.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String digest;

    private Document in(StatementFile file, StatementOptions statements) {
      List<Document> found =
          Stated.of(file.read()).documents().stream()
              .filter(d -> d.indicator().equals(indicator))
              .filter(d -> d.digest().startsWith(digest.toLowerCase(Locale.ROOT)))
              .toList();
      if (found.size() != 1) {
        throw statements.error(
            "%s documents of %s have a digest that begins with %s; see feedrate document list"
                .formatted(found.isEmpty() ? "no" : "several", indicator, digest));
      }
      return found.get(0);
    }
  }

  /** {@code feedrate document review}. */
  @Command(
      name = "review",
      description = "Say how far a document shows what its indicator asks for.",
      mixinStandardHelpOptions = true)
  static final class Review implements java.util.concurrent.Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private StatementOptions statements;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Which which;

    @Option(
        names = "--degree",
        required = true,
        paramLabel = "DEGREE",
        description = "How far: fully, mostly, partly or not.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String degree;

    @Option(names = "--reviewer", required = true, description = "Who read it.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String reviewer;

    @Override
    public Integer call() {
      StatementFile there = statements.file();
      Document document = which.in(there, statements);
      try {
        Degree found = Degree.valueOf(degree.toUpperCase(Locale.ROOT));
        there.append(
            new Statement.Reviewed(
                Instant.now(), reviewer, document.indicator(), document.digest(), found));
      } catch (IllegalArgumentException e) {
        throw statements.error(
            "%s by %s is no review: it names its reviewer, and says fully, mostly, partly or not"
                .formatted(degree, reviewer));
      }
      return ExitCodes.OK;
    }
  }

  /** {@code feedrate document withdraw}. */
  @Command(
      name = "withdraw",
      description = "A document is no evidence any more.",
      mixinStandardHelpOptions = true)
  static final class Withdraw implements java.util.concurrent.Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private StatementOptions statements;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Which which;

    @Option(names = "--reason", required = true, description = "Why, in a sentence.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String reason;

    @Option(names = "--by", required = true, description = "Who withdraws it.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String by;

    @Override
    public Integer call() {
      StatementFile there = statements.file();
      Document document = which.in(there, statements);
      try {
        there.append(
            new Statement.Withdrawn(
                Instant.now(), by, document.indicator(), document.digest(), reason));
      } catch (IllegalArgumentException e) {
        throw statements.error("the document cannot be withdrawn: " + e.getMessage());
      }
      return ExitCodes.OK;
    }
  }

  /** {@code feedrate document list}. */
  @Command(
      name = "list",
      description = "Documents that are attached, and what reviewers found.",
      mixinStandardHelpOptions = true)
  static final class Show implements java.util.concurrent.Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private StatementOptions statements;

    @Option(names = "--json", description = "Print them as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
      List<Document> documents = Stated.of(statements.file().read()).documents();
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(json(documents).toPrettyString());
      } else if (documents.isEmpty()) {
        out.println("No document is attached.");
      } else {
        documents.forEach(document -> print(out, document));
      }
      return ExitCodes.OK;
    }

    private static void print(PrintWriter out, Document d) {
      String review =
          d.review()
              .map(r -> r.degree().words() + ", says " + r.reviewer())
              .orElse("not reviewed: it does not count yet");
      out.printf("%s  %s%n", d.digest().substring(0, DIGEST_SHOWN), d.title());
      out.printf("  for %s, issued by %s%n", d.indicator(), d.issuer());
      out.printf("  valid %s; %s%n", validity(d), review);
    }

    private static String validity(Document d) {
      String from = d.validFromNs() == Long.MIN_VALUE ? "" : "from " + day(d.validFromNs());
      String until = d.validToNs() == Long.MAX_VALUE ? "" : "until " + day(d.validToNs() - 1);
      return from.isEmpty() && until.isEmpty() ? "always" : (from + " " + until).strip();
    }

    private static LocalDate day(long ns) {
      return LocalDate.ofInstant(
          Instant.ofEpochSecond(Math.floorDiv(ns, NS_PER_S)), ZoneOffset.UTC);
    }

    private static ArrayNode json(List<Document> documents) {
      ArrayNode all = new ObjectMapper().createArrayNode();
      for (Document d : documents) {
        ObjectNode one = all.addObject();
        one.put("indicator", d.indicator());
        one.put("title", d.title());
        one.put("sha256", d.digest());
        one.put("issuer", d.issuer());
        one.put(
            "valid_from",
            d.validFromNs() == Long.MIN_VALUE ? null : day(d.validFromNs()).toString());
        one.put(
            "valid_until",
            d.validToNs() == Long.MAX_VALUE ? null : day(d.validToNs() - 1).toString());
        d.review()
            .ifPresent(
                r -> {
                  one.put("degree", r.degree().name().toLowerCase(Locale.ROOT));
                  one.put("reviewer", r.reviewer());
                });
      }
      return all;
    }
  }
}
