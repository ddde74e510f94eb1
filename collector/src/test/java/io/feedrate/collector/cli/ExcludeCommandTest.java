package io.feedrate.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedrate.collector.exclusions.ExclusionFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ExcludeCommandTest {
  private static final String CALENDAR =
      """
      BEGIN:VCALENDAR
      VERSION:2.0
      BEGIN:VEVENT
      UID:xmas@plant
      SUMMARY:Christmas
      DTSTART;VALUE=DATE:21261225
      DTEND;VALUE=DATE:21261227
      END:VEVENT
      BEGIN:VEVENT
      UID:party@plant
      SUMMARY:Party
      STATUS:CANCELLED
      DTSTART:21261210T140000Z
      DURATION:PT1H
      END:VEVENT
      END:VCALENDAR
      """;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path data;

  @SuppressWarnings("NullAway.Init") // set before each test
  private StoredPlant plant;

  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  @BeforeEach
  void gatewayThatHasRun() {
    plant = StoredPlant.in(data);
  }

  @AfterEach
  void close() {
    plant.close();
  }

  private int run(String... arguments) {
    out = new StringWriter();
    err = new StringWriter();
    CommandLine commandLine = Feedrate.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--data");
    all.add(data.toString());
    return commandLine.execute(all.toArray(String[]::new));
  }

  private int add(String from, String to, String... more) {
    List<String> all =
        new ArrayList<>(List.of("exclude", "add", "--subject", "l1/m1", "--from", from));
    all.addAll(List.of("--to", to, "--reason", "spindle change", "--approver", "Ms Li"));
    all.addAll(List.of(more));
    return run(all.toArray(String[]::new));
  }

  private JsonNode list() throws Exception {
    assertThat(run("exclude", "list", "--from", "1970-01-01", "--json")).isZero();
    return new ObjectMapper().readTree(out.toString());
  }

  @Test
  void anExclusionIsEnteredListedAndWithdrawn() throws Exception {
    String[] order = {"--source", "maintenance-order", "--order", "M-4711", "--by", "Mr Wang"};
    assertThat(add("2126-12-24T12:00:00Z", "PT4H", order)).as("%s", err).isZero();
    assertThat(out.toString())
        .contains("acme/l1/m1 is out of scope from 2126-12-24T12:00:00Z to 2126-12-24T16:00:00Z")
        .doesNotContain("LATE");

    JsonNode one = list().get(0);
    assertThat(one.path("approver").asText()).isEqualTo("Ms Li");
    assertThat(one.path("reference").asText()).isEqualTo("M-4711");
    assertThat(one.path("entered_by").asText()).isEqualTo("Mr Wang");
    assertThat(one.path("late").asText()).isEqualTo("no");
    assertThat(one.path("journaled").isNull()).isTrue();
    assertThat(run("exclude", "list")).isZero();
    assertThat(out.toString())
        .contains(one.path("id").asText() + "  acme/l1/m1")
        .contains("approved by Ms Li; maintenance-order M-4711; entered")
        .contains("not in the journal yet");

    String id = one.path("id").asText().substring(0, 5);
    assertThat(run("exclude", "withdraw", id, "--reason", "moved", "--approver", "Ms Li")).isZero();
    assertThat(out.toString()).contains("as if it had not been entered; it stays on record");
    assertThat(list().get(0).path("withdrawn").path("reason").asText()).isEqualTo("moved");
    assertThat(add("2126-12-24T12:00:00Z", "PT4H")).isZero();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aLateEntryIsFlaggedAndOneFromNowOnIsNotLate() {
    assertThat(add("2026-01-02T10:00", "2026-01-03")).isZero();
    assertThat(out.toString())
        .contains("from 2026-01-02T10:00:00Z to 2026-01-04T00:00:00Z") // the site's zone is UTC
        .contains("LATE: entered after it ended");
    assertThat(run("exclude", "list", "--from", "2026-01-01", "--late")).isZero();
    assertThat(out.toString()).contains("LATE: entered after it ended");
    assertThat(add("now", "PT1H")).isZero();
    assertThat(out.toString()).doesNotContain("LATE");
  }

  @Test
  void whatCannotBeIsRefusedAndSaysWhatToWrite() {
    assertThat(add("tomorrow", "PT4H")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("--from tomorrow is not a time: write 2026-12-24T13:00");
    assertThat(add("2026-01-03", "2026-01-01")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("is not after the beginning");
    assertThat(add("now", "PT1H", "--source", "rumour")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("none of other, calendar, maintenance-order, machine");
    assertThat(run("exclude", "withdraw", "abcdef", "--reason", "moved", "--approver", "Ms Li"))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("no exclusions have an id that begins with abcdef");
    assertThat(run("exclude")).isEqualTo(ExitCodes.USAGE);
    assertThat(data.resolve(ExclusionFile.FILE_NAME))
        .satisfiesAnyOf(
            file -> assertThat(file).doesNotExist(), file -> assertThat(file).isEmptyFile());
  }

  @Test
  void aCalendarIsImportedOnceAndSaysWhatItDidNotTake() throws Exception {
    Path file = Files.writeString(data.resolve("holidays.ics"), CALENDAR);
    String[] command = {
      "exclude",
      "import",
      file.toString(),
      "--subject",
      "acme",
      "--approver",
      "planning",
      "--from",
      "2126-01-01"
    };
    assertThat(run(command)).as("%s", err).isZero();
    assertThat(out.toString())
        .contains("2126-12-25T00:00:00Z to 2126-12-27T00:00:00Z, Christmas")
        .contains("holidays.ics, line 9, event \"Party\": it is cancelled")
        .contains("1 added, 0 out of scope already, 1 events not taken");
    assertThat(run(command)).isZero();
    assertThat(out.toString()).contains("0 added, 1 out of scope already");
    assertThat(list()).hasSize(1);
    assertThat(list().get(0).path("source").asText()).isEqualTo("calendar");

    Files.writeString(file, "no calendar");
    assertThat(run(command)).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("holidays.ics is not an iCalendar file");
  }
}
