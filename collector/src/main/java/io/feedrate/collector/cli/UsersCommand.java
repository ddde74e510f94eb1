package io.feedrate.collector.cli;

import io.feedrate.collector.access.Role;
import io.feedrate.collector.access.User;
import io.feedrate.collector.access.UserFile;
import io.feedrate.collector.audit.Actor;
import io.feedrate.collector.audit.AuditEntry.Action;
import io.feedrate.collector.audit.AuditFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code feedrate users}: who may log in at the page and the API, and what may they do? */
@Command(
    name = "users",
    description = {
      "Add, list or remove who may log in at the page and the API.",
      "",
      "A collector may run meanwhile, and knows at once.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  feedrate users add li.na --role engineer --data data",
      "  feedrate users remove li.na --data data"
    },
    mixinStandardHelpOptions = true)
public final class UsersCommand implements FeedrateCommand {

  private static final int ORDER = 52;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public int order() {
    return ORDER;
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Which command: add, list or remove?");
  }

  @Command(
      name = "add",
      description = {
        "Add a user and print the token, once: only its hash is kept.",
        "",
        "viewer: look. operator: look, enter exclusions. engineer: all. assessor: look and export,"
            + " nothing else.",
        ""
      },
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:added",
        "1:the users cannot be read or written, or there is one of that name",
        "2:the command line is wrong; nothing was written"
      },
      mixinStandardHelpOptions = true)
  int add(
      @Parameters(index = "0", paramLabel = "NAME", description = "Name of the user.") String name,
      @Option(
              names = "--role",
              required = true,
              paramLabel = "ROLE",
              description = "viewer, operator, engineer or assessor.")
          String word,
      @Option(
              names = "--data",
              required = true,
              paramLabel = "DIR",
              description =
                  "The data directory of a gateway (gateway.data). It is made if there is none, so"
                      + " that a gateway has users before its first start.")
          Path data)
      throws IOException {
    Role role =
        Role.of(word.toLowerCase(Locale.ROOT))
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(),
                        "%s is no role; roles are %s".formatted(word, Role.words())));
    Files.createDirectories(data);
    AuditFile audit = new AuditFile(data);
    audit.requireRoom();
    String token;
    try {
      token = new UserFile(data).add(name, role, Instant.now());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    audit.append(Actor.command(), Action.USER_ADDED, name + ", " + role.word());
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s is added as %s. The token, which is shown only now:%n%n", name, role.word());
    out.printf("%s%n%n", token);
    out.printf("At the page log in with it; to the API send it: Authorization: Bearer TOKEN%n");
    out.flush();
    return ExitCodes.OK;
  }

  @Command(
      name = "list",
      description = {"List users with their roles, and since when they are.", ""},
      mixinStandardHelpOptions = true)
  int list(
      @Option(
              names = "--data",
              required = true,
              paramLabel = "DIR",
              description = "The data directory of a gateway (gateway.data).")
          Path data) {
    List<User> users = new UserFile(directory(data)).read();
    PrintWriter out = spec.commandLine().getOut();
    if (users.isEmpty()) {
      out.println("There are no users.");
    }
    for (User user : users) {
      out.printf("%-10s %s, since %s%n", user.role().word(), user.name(), user.since());
    }
    out.flush();
    return ExitCodes.OK;
  }

  @Command(
      name = "remove",
      description = {"Remove a user; the token and all logins with it end at once.", ""},
      mixinStandardHelpOptions = true)
  int remove(
      @Parameters(index = "0", paramLabel = "NAME", description = "Name of the user.") String name,
      @Option(
              names = "--data",
              required = true,
              paramLabel = "DIR",
              description = "The data directory of a gateway (gateway.data).")
          Path data) {
    User removed = new UserFile(directory(data)).remove(name);
    // Not asked before: a full trail must not keep anybody in.
    new AuditFile(data)
        .append(Actor.command(), Action.USER_REMOVED, name + ", " + removed.role().word());
    spec.commandLine().getOut().println(name + " is removed");
    spec.commandLine().getOut().flush();
    return ExitCodes.OK;
  }

  private Path directory(Path data) {
    if (!Files.isDirectory(data)) {
      throw new ParameterException(spec.commandLine(), "there is no directory " + data);
    }
    return data;
  }
}
