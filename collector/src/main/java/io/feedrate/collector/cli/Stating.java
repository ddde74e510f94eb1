package io.feedrate.collector.cli;

import io.feedrate.collector.audit.Actor;
import io.feedrate.collector.statements.Statement;
import io.feedrate.collector.statements.StatementDesk;
import io.feedrate.kpi.maturity.Document;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** How commands read and write what people state of a plant. */
final class Stating {

  private final CommandSpec spec;
  private final StatementDesk desk;

  /**
   * For a command.
   *
   * @throws ParameterException if the directory is not of a gateway
   */
  Stating(CommandSpec spec, DataOption data) {
    this.spec = spec;
    desk = new StatementDesk(data.withJournal(spec));
  }

  StatementDesk desk() {
    return desk;
  }

  /** Documents that are attached now. */
  List<Document> documents() {
    return desk.stated().documents();
  }

  /**
   * Appends a statement and prints what was written.
   *
   * @param statement made when it is needed; what it refuses is explained
   * @param done what is printed
   */
  void append(Supplier<? extends Statement> statement, String done) {
    try {
      desk.append(Actor.command(), statement);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "nothing was written: " + e.getMessage(), e);
    }
    print(done);
  }

  void print(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
