package io.feedrate.collector.cli;

import io.feedrate.collector.statements.Stated;
import io.feedrate.collector.statements.Statement;
import io.feedrate.collector.statements.StatementFile;
import io.feedrate.kpi.maturity.Document;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** How commands read and write what people state of a plant. */
final class Stating {

  private final CommandSpec spec;
  private final StatementFile file;

  /**
   * For a command.
   *
   * @throws ParameterException if the directory is not of a gateway
   */
  Stating(CommandSpec spec, DataOption data) {
    this.spec = spec;
    file = new StatementFile(data.withJournal(spec));
  }

  StatementFile file() {
    return file;
  }

  /** Documents that are attached now. */
  List<Document> documents() {
    return Stated.of(file.read()).documents();
  }

  /**
   * Appends a statement and prints what was written.
   *
   * @param statement made when it is needed; what it refuses is explained
   * @param done what is printed
   */
  void append(Supplier<? extends Statement> statement, String done) {
    Statement made;
    try {
      made = statement.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "nothing was written: " + e.getMessage(), e);
    }
    file.append(made);
    PrintWriter out = spec.commandLine().getOut();
    out.println(done);
    out.flush();
  }
}
