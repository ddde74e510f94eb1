package io.feedrate.collector.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.feedrate.kpi.maturity.Document;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code feedrate document list}: what is attached, and what was found in it? */
@Command(
    name = "list",
    description = {
      "List attached documents, and what reviewers found in them.",
      "",
      "Those that were withdrawn are left out.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:listed, also if there is none",
      "1:the data directory cannot be read; --stacktrace shows where",
      "2:the command line is wrong"
    },
    mixinStandardHelpOptions = true)
final class DocumentListCommand implements Callable<Integer> {

  private static final long NS_PER_S = 1_000_000_000L;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private DataOption data;

  @Option(names = "--json", description = "Print them as JSON.")
  private boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    List<Document> documents = new Stating(spec, data).documents();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(documents).toPrettyString());
    } else if (documents.isEmpty()) {
      out.println("No document is attached.");
    } else {
      documents.forEach(document -> print(out, document));
    }
    out.flush();
    return ExitCodes.OK;
  }

  private static void print(PrintWriter out, Document d) {
    String review =
        d.review()
            .map(r -> r.degree().words() + ", says " + r.reviewer())
            .orElse("not reviewed: it does not count yet");
    out.printf("%s  %s%n", d.digest().substring(0, DocumentChoice.DIGEST_SHOWN), d.title());
    out.printf("  for %s, issued by %s%n", d.indicator(), d.issuer());
    out.printf("  valid %s; %s%n", validity(d), review);
  }

  private static String validity(Document d) {
    String from = d.validFromNs() == Long.MIN_VALUE ? "" : "from " + day(d.validFromNs());
    String until = d.validToNs() == Long.MAX_VALUE ? "" : "until " + day(d.validToNs() - 1);
    return from.isEmpty() && until.isEmpty() ? "always" : (from + " " + until).strip();
  }

  private static LocalDate day(long ns) {
    return LocalDate.ofInstant(Instant.ofEpochSecond(Math.floorDiv(ns, NS_PER_S)), ZoneOffset.UTC);
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
          "valid_from", d.validFromNs() == Long.MIN_VALUE ? null : day(d.validFromNs()).toString());
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
