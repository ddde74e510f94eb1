package io.feedrate.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

class FeedrateTest {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return with(Feedrate.commandLine()).execute(args);
  }

  private CommandLine with(CommandLine commandLine) {
    return commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
  }

  @Test
  void aRightConfigurationIsSummedUp() {
    String file = "../config/gateway-example.yaml";

    assertThat(run("check", "-c", file)).isEqualTo(ExitCodes.OK);

    assertThat(out.toString())
        .startsWith(file + ": ok (4 sources, 3 assets, 13 signals)\n")
        .contains("  late data       waited for 10s, of registry 5m; revises windows for 1d\n")
        .contains("  shift           early mon-fri 06:00-14:00\n");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aWrongConfigurationIsToldErrorByErrorOnTheErrorStream() throws Exception {
    Path file = Files.writeString(directory.resolve("gateway.yaml"), "gateway:\n  idd: x\n");

    assertThat(run("check", "-c", file.toString())).isEqualTo(ExitCodes.USAGE);

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString())
        .contains(file + ":2: gateway.idd: unknown key. Did you mean \"id\"?\n")
        .endsWith("4 errors\n");
  }

  /** Lines that are broken by hand are broken again by a terminal, and look ragged. */
  @Test
  void descriptionsAreSentencesThatTheTerminalBreaks() {
    assertThat(commands(Feedrate.commandLine()))
        .hasSizeGreaterThan(10)
        .allSatisfy(
            command -> {
              CommandSpec spec = command.getCommandSpec();
              assertThat(spec.usageMessage().description())
                  .as(spec.qualifiedName())
                  .allMatch(line -> line.isEmpty() || line.endsWith("."));
              assertThat(spec.usageMessage().footer()) // examples stay as they are
                  .as(spec.qualifiedName())
                  .allMatch(line -> line.length() <= UsageMessageSpec.DEFAULT_USAGE_WIDTH);
              assertThat(spec.args())
                  .filteredOn(arg -> !arg.hidden())
                  .flatExtracting(arg -> List.of(arg.description()))
                  .as(spec.qualifiedName())
                  .allMatch(line -> line.endsWith("."));
            });
  }

  private static List<CommandLine> commands(CommandLine command) {
    List<CommandLine> all = new ArrayList<>(List.of(command));
    command.getSubcommands().values().forEach(its -> all.addAll(commands(its)));
    return all;
  }

  @Test
  void helpNamesTheCommandsAndTheExitCodes() {
    assertThat(run("--help")).isEqualTo(ExitCodes.OK);

    assertThat(out.toString()).contains("check ", "version ", "Exit codes:", "--stacktrace");
  }

  @Test
  void aWrongCommandLineIsAUsageError() {
    assertThat(run()).isEqualTo(ExitCodes.USAGE);
    assertThat(run("chekc")).isEqualTo(ExitCodes.USAGE);
    assertThat(run("check")).isEqualTo(ExitCodes.USAGE);

    assertThat(err.toString()).contains("Which command?", "chekc", "--config=FILE");
  }

  @Test
  void theVersionIsPrinted() {
    assertThat(run("version")).isEqualTo(ExitCodes.OK);
    assertThat(run("--version")).isEqualTo(ExitCodes.OK);

    assertThat(out.toString()).matches("(feedrate \\S+ \\(Java [^\n]+\\)\n){2}");
  }

  @Test
  void aFailureIsOneLineUnlessTheStackTraceIsAskedFor() {
    CommandLine commandLine = Feedrate.commandLine().addSubcommand(new FailingCommand());

    assertThat(with(commandLine).execute("fail")).isEqualTo(ExitCodes.FAILED);
    assertThat(err.toString())
        .isEqualTo(
            """
            feedrate: the disk is full
            Run it again with --stacktrace to see where this happened.
            """);

    assertThat(
            with(Feedrate.commandLine().addSubcommand(new FailingCommand()))
                .execute("--stacktrace", "fail"))
        .isEqualTo(ExitCodes.FAILED);
    assertThat(err.toString()).contains("at io.feedrate.collector.cli.FeedrateTest");
  }

  @Command(name = "fail")
  private static final class FailingCommand implements FeedrateCommand {
    @Override
    public Integer call() {
      throw new IllegalStateException("the disk is full\nand more");
    }
  }
}
