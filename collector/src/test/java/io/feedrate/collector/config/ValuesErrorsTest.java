package io.feedrate.collector.config;

import org.junit.jupiter.api.Test;

/** Values of the right type that say nothing usable. */
class ValuesErrorsTest extends ConfigErrors {

  @Test
  void aDurationWithoutAUnitIsRefused() {
    errors(
        "period: 100ms",
        "period: 100",
        "31: assets[0].signals[0].period: the unit of the duration is missing. Write"
            + " 100ms, 100s, 100m, 100h or 100d.");
  }

  @Test
  void aDurationOfZeroIsRefused() {
    errors(
        "period: 100ms",
        "period: 0s",
        "31: assets[0].signals[0].period: a duration must be over 0. Write it like"
            + " 100ms, 1s, 5m, 1h, 1d or PT1S.");
  }

  @Test
  void aNegativeDurationIsRefused() {
    errors(
        "period: 100ms",
        "period: -1s",
        "31: assets[0].signals[0].period: a duration must be over 0. Write it like"
            + " 100ms, 1s, 5m, 1h, 1d or PT1S.");
  }

  @Test
  void aDurationOfAnUnknownUnitIsRefused() {
    errors(
        "period: 100ms",
        "period: 2weeks",
        "31: assets[0].signals[0].period: \"2weeks\" has an unknown unit. Write it"
            + " like 100ms, 1s, 5m, 1h, 1d or PT1S.");
  }

  @Test
  void aDurationThatIsNoneIsRefused() {
    errors(
        "period: 100ms",
        "period: often",
        "31: assets[0].signals[0].period: \"often\" is not a duration. Write it like"
            + " 100ms, 1s, 5m, 1h, 1d or PT1S.");
  }

  @Test
  void aDurationOverTenYearsIsRefused() {
    errors(
        "period: 100ms",
        "period: 9000d",
        "31: assets[0].signals[0].period: a duration must be at most 3650d. Write it"
            + " like 100ms, 1s, 5m, 1h, 1d or PT1S.");
  }

  @Test
  void aWindowThatDoesNotDivideADayIsRefused() {
    errors(
        "site: acme",
        "kpi:\n  window: 7m\nsite: acme",
        "4: kpi.window: a window must be a whole number of seconds that divides a day."
            + " Take 10s, 1m, 5m, 15m or 1h.");
  }

  @Test
  void aWindowOfHalfASecondIsRefused() {
    errors(
        "site: acme",
        "kpi:\n  window: 500ms\nsite: acme",
        "4: kpi.window: a window must be a whole number of seconds that divides a day."
            + " Take 10s, 1m, 5m, 15m or 1h.");
  }

  @Test
  void aSignalWindowThatIsNoMultipleOfTheWindowIsRefused() {
    errors(
        "site: acme",
        "kpi:\n  window: 1m\n  signal-window: 90s\nsite: acme",
        "5: kpi.signal-window: the window of signals must be a multiple of the window. The window"
            + " is 1m.");
  }

  @Test
  void aLatenessUnderASecondIsRefused() {
    errors(
        "site: acme",
        "kpi:\n  lateness: 500ms\nsite: acme",
        "4: kpi.lateness: the lateness must be at least 1s. 10s is a good choice.");
  }

  @Test
  void anAmountOfBytesWithoutAUnitIsRefused() {
    errors(
        "site: acme",
        "journal:\n  max-size: \"500\"\nsite: acme",
        "4: journal.max-size: \"500\" is not an amount of bytes. Write it like 500MiB"
            + " or 8GiB.");
  }

  @Test
  void aUnitThatUcumDoesNotKnowIsRefused() {
    errors(
        "unit: 1/min",
        "unit: rpm",
        "30: assets[0].signals[0].unit: \"rpm\" is not a UCUM unit. Did you mean" + " \"1/min\"?");
  }

  @Test
  void aUnitInTheWrongCaseIsRefused() {
    errors(
        "unit: Cel",
        "unit: cel",
        "40: assets[1].signals[0].unit: \"cel\" is not a UCUM unit. Did you mean" + " \"Cel\"?");
  }

  @Test
  void aUnitUnlikeAnyOtherIsRefused() {
    errors(
        "unit: Cel",
        "unit: wobbles",
        "40: assets[1].signals[0].unit: \"wobbles\" is not a UCUM unit. Write a code"
            + " like mm/min, 1/min, Cel, kW, bar or %, or 1 where it has none"
            + " (https://ucum.org/ucum).");
  }

  @Test
  void aKeepAliveTooLongIsRefused() {
    errors(
        "    url: tcp",
        "    keep-alive: 1d\n    url: tcp",
        "14: brokers.plant.keep-alive: must be from 1s to 65535s. 15s is a good choice.");
  }

  @Test
  void aRangeBackToFrontIsRefused() {
    errors(
        "[0, 12000]",
        "[12000, 0]",
        "33: assets[0].signals[0].range: the range begins at 12000 and ends at 0."
            + " Write the smaller value first, such as [0, 100]; null leaves one end open.");
  }

  @Test
  void aTextWithARangeIsRefused() {
    errors(
        "        type: text\n",
        "        type: text\n        range: [0, 1]\n",
        "22: templates.cnc.signals[0].range: a text has no range. Remove it, or remove"
            + " \"type: text\".");
  }

  @Test
  void aSamplingSlowerThanThePeriodIsRefused() {
    errors(
        "period: 100ms",
        "period: 100ms\n        sampling: 1s",
        "32: assets[0].signals[0].sampling: sampling every 1s cannot give a value"
            + " every 100ms. Leave it out, or take half the period.");
  }

  @Test
  void aTimeWithoutAZoneIsRefused() {
    errors(
        "from: 2026-12-24T12:00:00Z",
        "from: 2026-12-24T12:00:00",
        "44: exclusions[0].from: \"2026-12-24T12:00:00\" is not a time. Write it with"
            + " its zone, like 2026-12-24T12:00:00Z or 2026-12-24T13:00:00+01:00.");
  }

  @Test
  void anExclusionThatEndsBeforeItBeginsIsRefused() {
    errors(
        "to: 2027-01-02T06:00:00Z",
        "to: 2025-01-02T06:00:00Z",
        "45: exclusions[0].to: the end is not after the beginning. Exchange \"from\""
            + " and \"to\".");
  }

  @Test
  void anExclusionWithoutAReasonIsRefused() {
    errors(
        "reason: company holidays",
        "reason: \"  \"",
        "46: exclusions[0].reason: must not be empty. An assessor asks why, and who"
            + " has said so.");
  }
}
