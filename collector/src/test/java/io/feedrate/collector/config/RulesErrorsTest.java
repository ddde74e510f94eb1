package io.feedrate.collector.config;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Calendar, time elements, qualifications, roles: what is wrong with them and how to mend it. */
class RulesErrorsTest extends ConfigErrors {

  /** The base with a section put before the exclusions, which begin on line 42. */
  private void section(String yaml, String... expected) {
    errors("exclusions:\n", yaml + "exclusions:\n", expected);
  }

  @Test
  void aLatenessOfASourceUnderASecondIsRefused() {
    errors(
        "  mill:\n",
        "  mill:\n    lateness: 100ms\n",
        "6: sources.mill.lateness: the lateness must be at least 1s. 10s is a good choice.");
  }

  @Test
  void aLatenessThatTheEngineCannotHoldIsRefused() {
    errors(
        "site: acme",
        "kpi:\n  lateness: 80000h\nsite: acme",
        "4: kpi.lateness: period of acme/augsburg/line-1/cnc-01/program is too short for the"
            + " lateness");
  }

  @Test
  void aTimeZoneThatDoesNotExistIsRefused() {
    section(
        "calendar: {zone: Europe/Berln}\n",
        "42: calendar.zone: \"Europe/Berln\" is not a time zone. Did you mean \"Europe/Berlin\"?");
    section(
        "calendar: {zone: here}\n",
        "42: calendar.zone: \"here\" is not a time zone. Write it like Europe/Berlin or UTC.");
  }

  @Test
  void aTimeOfDayThatIsNoneIsRefused() {
    section(
        "calendar:\n  shifts:\n    - {name: a, from: 6, to: \"14:00\"}\n",
        "44: calendar.shifts[0].from: \"6\" is not a time of day. Write it like \"06:00\", from"
            + " \"00:00\" to \"24:00\".");
    section(
        "calendar:\n  shifts:\n    - {name: a, from: \"24:00\", to: 6:00}\n",
        "44: calendar.shifts[0].from: \"24:00\" is not a time of day. Write it like \"06:00\", from"
            + " \"00:00\" to \"24:00\".",
        "44: calendar.shifts[0].to: \"6:00\" is not a time of day. Write it like \"06:00\", from"
            + " \"00:00\" to \"24:00\".");
  }

  @Test
  void aDayThatIsNoneIsRefused() {
    section(
        "calendar:\n  shifts:\n    - {name: a, days: [mo], from: 06:00, to: 14:00}\n",
        "44: calendar.shifts[0].days[0]: \"mo\" is not one of mon, tue, wed, thu, fri, sat or sun."
            + " Did you mean \"mon\"?");
    section(
        "calendar:\n  shifts:\n    - {name: a, days: mon, from: 06:00, to: 14:00}\n",
        "44: calendar.shifts[0].days: must be a list, but is a text. Begin each entry with \"- \","
            + " or write [a, b].");
  }

  @Test
  void shiftsThatOverlapAreRefused() {
    String shifts =
        "calendar:\n  shifts:\n    - {name: day, days: [mon], from: 06:00, to: 18:00}\n";
    section(
        shifts + "    - {name: late, days: [mon], from: 17:59, to: 22:00}\n",
        "45: calendar.shifts[1].from: overlaps with the shift \"day\". A moment belongs to one"
            + " shift: let one begin when the other ends.");
    section(
        shifts + "    - {name: night, days: [sun], from: 18:00, to: 06:01}\n",
        "45: calendar.shifts[1].from: overlaps with the shift \"day\". A moment belongs to one"
            + " shift: let one begin when the other ends.");
  }

  @Test
  void aDowntimeOfNobodyIsRefused() {
    section(
        "calendar:\n  downtimes:\n    - {subject: line-2, from: 00:00, to: 00:00, reason: r}\n",
        "44: calendar.downtimes[0].subject: there is no line, asset or signal \"line-2\". Did you"
            + " mean \"line-1\"?");
  }

  @Test
  void aShiftWithoutItsTimesIsRefused() {
    section(
        "calendar:\n  shifts:\n    - {name: a, from: 06:00}\n",
        "44: calendar.shifts[0]: \"to\" is missing. Add it: when it ends, wall clock time, such as"
            + " \"14:00\".");
  }

  @Test
  void anUnknownTableOfTimeElementsIsRefused() {
    section(
        "time-elements: iso-22400\n",
        "42: time-elements: \"iso-22400\" is not allowed here. Write opc-40501, or a mapping with"
            + " name and rows.");
  }

  @Test
  void aRowThatNeverAppliesIsRefused() {
    section(
        """
        time-elements:
          name: own
          rows:
            - {state: executing, element: production}
            - {state: executing, mode: setup, element: setup}
        """,
        "46: time-elements.rows[1]: this row never applies, since row 1 fits all that it fits. The"
            + " first row that fits wins: put the special ones before the general ones.");
  }

  @Test
  void aStateThatIsNoneIsRefused() {
    section(
        "time-elements:\n  name: own\n  rows:\n    - {state: running, element: production}\n",
        "45: time-elements.rows[0].state: \"running\" is not one of not-available,"
            + " out-of-service, not-executing or executing");
  }

  @Test
  void aQualificationThatEndsBeforeItBeginsIsRefused() {
    section(
        "qualifications:\n  - {person: p, subject: line-1, from: 2026-02-01, to: 2026-01-01}\n",
        "43: qualifications[0].to: the end is not after the beginning. Exchange \"from\" and"
            + " \"to\".");
  }

  @Test
  void aQualificationAtNoTimeForNobodyIsRefused() {
    section(
        "qualifications:\n  - {person: p, subject: line-9, from: 2026-02-30, to: soon}\n",
        "43: qualifications[0].subject: there is no line, asset or signal \"line-9\". Did you mean"
            + " \"line-1\"?",
        "43: qualifications[0].from: \"2026-02-30\" is not a day or time. Write a day like"
            + " 2026-12-31, or a time with its zone like 2026-12-24T12:00:00Z.",
        "43: qualifications[0].to: \"soon\" is not a day or time. Write a day like"
            + " 2026-12-31, or a time with its zone like 2026-12-24T12:00:00Z.");
  }

  @Test
  void everyWrongRowOfATableOfQualificationsIsTold() throws IOException {
    Files.writeString(
        directory.resolve("training.csv"),
        """
        name,subject,from,to
        op-17,line-1,2026-01-01
        op-17,line-9,2026-01-01,2026-02-01
        op-17,line-1,2026-01-02,2026-01-01
        """);
    section(
        "qualifications: {file: training.csv}\n",
        "42: qualifications.file: DIR/training.csv:1: the first line must be"
            + " person,subject,from,to",
        "42: qualifications.file: DIR/training.csv:2: this is not person,subject,from,to. Write it"
            + " like op-17,line-1,2026-01-01,2026-12-31.",
        "42: qualifications.file: DIR/training.csv:3: there is no line, asset or signal"
            + " \"line-9\". Did you mean \"line-1\"?",
        "42: qualifications.file: DIR/training.csv:4: the end is not after the beginning."
            + " Exchange the two.");
  }

  @Test
  void aTableOfQualificationsThatIsNotThereIsRefused() {
    section(
        "qualifications: {file: training.csv}\n",
        "42: qualifications.file: there is no file DIR/training.csv of at most 8 MiB. The path is"
            + " relative to this file.");
  }

  @Test
  void aRoleThatIsNoneIsRefused() {
    errors(
        "        mode: periodic\n",
        "        mode: periodic\n        role: state\n",
        "33: assets[0].signals[0].role: \"state\" is not one of item-state, operation-mode,"
            + " control-mode, parts-produced, parts-good, counter or switched-on");
  }

  @Test
  void aTextWithARoleIsRefused() {
    errors(
        "        type: text\n",
        "        type: text\n        role: item-state\n",
        "22: templates.cnc.signals[0].role: a text cannot be item-state. Name the signal that has"
            + " it as a number.");
  }

  @Test
  void twoSignalsOfAnAssetWithOneRoleAreRefused() {
    errors(
        "        range: [0, 12000]\n",
        "        role: parts-good\n      - {name: b, node: ns=2;s=B, period: 1s, role: parts-good}\n",
        "34: assets[0].signals[1].role: signal \"speed\" of this asset has the role parts-good. Let"
            + " one of the two have it.");
  }
}
