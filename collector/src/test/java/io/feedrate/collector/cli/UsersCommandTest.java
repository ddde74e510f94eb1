package io.feedrate.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.collector.access.LiveUsers;
import io.feedrate.collector.access.Role;
import io.feedrate.collector.access.User;
import io.feedrate.collector.audit.AuditFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Users and the audit trail at the command line. */
class UsersCommandTest {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = Feedrate.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", data().toString()));
    return line.execute(all.toArray(String[]::new));
  }

  private Path data() {
    return directory.resolve("data");
  }

  @Test
  void theTokenThatAddPrintsGetsInUntilTheUserIsRemoved() throws Exception {
    assertThat(run("users", "add", "李娜", "--role", "assessor")).isZero();
    String token =
        out.toString().lines().filter(l -> l.startsWith("feedrate_")).findFirst().orElseThrow();
    assertThat(new LiveUsers(data()).byToken(token)).map(User::role).contains(Role.ASSESSOR);

    assertThat(run("users", "list")).isZero();
    assertThat(out.toString()).contains("assessor   李娜, since").doesNotContain(token);
    assertThat(run("users", "remove", "李娜")).isZero();
    assertThat(new LiveUsers(data()).byToken(token)).isEmpty();

    assertThat(run("audit", "list")).isZero();
    String user = System.getProperty("user.name");
    assertThat(out.toString().lines())
        .hasSize(2)
        .first()
        .asString()
        .endsWith(user + " (command)  user-added  李娜, assessor");
    String secret = token.substring(22);
    assertThat(Files.readString(data().resolve(AuditFile.FILE_NAME))).doesNotContain(secret);
  }

  @Test
  void whatIsWrongIsSaidAndNothingIsWritten() {
    assertThat(run("users", "add", "li", "--role", "king")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString())
        .contains("king is no role; roles are viewer, operator, engineer, assessor");
    assertThat(run("users", "add", "a b", "--role", "viewer")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("a user's name has letters");
    assertThat(run("users", "remove", "li")).isEqualTo(ExitCodes.FAILED);
    assertThat(err.toString()).contains("there is no user li");
    assertThat(run("users")).isEqualTo(ExitCodes.USAGE);
    assertThat(Files.exists(data().resolve(AuditFile.FILE_NAME))).isFalse();
  }
}
