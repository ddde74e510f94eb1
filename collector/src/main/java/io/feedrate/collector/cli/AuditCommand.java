package io.feedrate.collector.cli;

import io.feedrate.collector.audit.AuditEntry;
import io.feedrate.collector.audit.AuditFile;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code feedrate audit}: who did what? */
@Command(
    name = "audit",
    description = {"Print who exported, excluded, stated something, changed keys or users.", ""},
    mixinStandardHelpOptions = true)
public final class AuditCommand implements FeedrateCommand {

  private static final int ORDER = 54;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public int order() {
    return ORDER;
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Which command: list?");
  }

  @Command(
      name = "list",
      description = {
        "Print the audit trail, oldest first: time, user, role, what, on what.",
        "",
        "A collector may run meanwhile. The role \"command\" stands for a command, whose user is that"
            + " of the operating system. That no line was changed since it was signed is what"
            + " feedrate log verify checks.",
        ""
      },
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:printed, also if there is nothing",
        "1:the trail cannot be read, or was changed by hand; the message says which line",
        "2:the command line is wrong"
      },
      mixinStandardHelpOptions = true)
  int list(@Mixin DataOption data) {
    List<AuditEntry> entries = new AuditFile(data.withAuditTrail(spec)).read();
    PrintWriter out = spec.commandLine().getOut();
    if (entries.isEmpty()) {
      out.println("Nothing is in the audit trail.");
    }
    for (AuditEntry e : entries) {
      out.printf(
          "%s  %s (%s)  %s  %s%n",
          e.at(), e.who().name(), e.who().role(), e.action().word(), e.on());
    }
    out.flush();
    return ExitCodes.OK;
  }
}
