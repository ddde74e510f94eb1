package io.feedrate.collector.ical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feedrate.collector.ical.CalendarEvents.NotTaken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalendarFileTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant FROM = Instant.parse("2027-01-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2028-01-01T00:00:00Z");

  private final TimeZone runtimeZone = TimeZone.getDefault();

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path directory;

  @AfterEach
  void runtimeZoneAsItWas() {
    TimeZone.setDefault(runtimeZone);
  }

  private CalendarEvents read(String... events) throws Exception {
    return CalendarFile.read(file(events), BERLIN, FROM, UNTIL);
  }

  private Path file(String... events) throws IOException {
    String text = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n";
    return Files.writeString(
        directory.resolve("plant.ics"),
        (text + String.join("", events) + "END:VCALENDAR\n").replace("\n", "\r\n"));
  }

  private static String event(String uid, String... lines) {
    return "BEGIN:VEVENT\nUID:%s\nSUMMARY:about %s\n%s\nEND:VEVENT\n"
        .formatted(uid, uid, String.join("\n", lines));
  }

  private static List<String> times(CalendarEvents events) {
    return events.occurrences().stream().map(o -> o.from() + "/" + o.to()).toList();
  }

  private static List<String> notTaken(CalendarEvents events) {
    return events.notTaken().stream().map(NotTaken::why).toList();
  }

  @Test
  void timesAreThoseOfTheirZoneOfUtcOrElseOfTheSite() throws Exception {
    CalendarEvents events =
        read(
            event("a", "DTSTART;TZID=America/New_York:20270305T080000", "DURATION:PT90M"),
            event("b", "DTSTART:20270305T080000Z", "DTEND:20270305T090000Z"),
            event("c", "DTSTART:20270305T080000", "DTEND:20270305T090000"));
    assertThat(times(events))
        .containsExactly(
            "2027-03-05T13:00:00Z/2027-03-05T14:30:00Z",
            "2027-03-05T08:00:00Z/2027-03-05T09:00:00Z",
            "2027-03-05T07:00:00Z/2027-03-05T08:00:00Z");
    assertThat(events.occurrences().get(0).uid()).isEqualTo("a");
    assertThat(events.occurrences().get(1).line()).isEqualTo(10);
    assertThat(events.notTaken()).isEmpty();
  }

  @Test
  void aDayIsADayOfTheSiteWhereverTheCollectorRuns() throws Exception {
    for (String zone : List.of("Asia/Tokyo", "America/Los_Angeles", "UTC")) {
      TimeZone.setDefault(TimeZone.getTimeZone(zone));
      CalendarEvents events =
          read(
              event("a", "DTSTART;VALUE=DATE:20270328"), // the clock goes forward
              event("b", "DTSTART;VALUE=DATE:20271031"), // and back
              event("c", "DTSTART;VALUE=DATE:20270501", "DTEND;VALUE=DATE:20270503"),
              event("d", "DTSTART;VALUE=DATE:20270327", "RRULE:FREQ=DAILY;COUNT=2", "DURATION:P1D"),
              event("e", "DTSTART:20270328T060000", "DTEND:20270328T070000"));
      assertThat(times(events))
          .as(zone)
          .containsExactly(
              "2027-03-27T23:00:00Z/2027-03-28T22:00:00Z",
              "2027-10-30T22:00:00Z/2027-10-31T23:00:00Z",
              "2027-04-30T22:00:00Z/2027-05-02T22:00:00Z",
              "2027-03-26T23:00:00Z/2027-03-27T23:00:00Z",
              "2027-03-27T23:00:00Z/2027-03-28T22:00:00Z",
              "2027-03-28T04:00:00Z/2027-03-28T05:00:00Z");
    }
  }

  @Test
  void recurringEventsKeepTheirTimeOfDayAndLeaveOutTheirExceptions() throws Exception {
    CalendarEvents events =
        read(
            event(
                "a",
                "DTSTART;TZID=Europe/Berlin:20270325T140000",
                "DTEND;TZID=Europe/Berlin:20270325T150000",
                "RRULE:FREQ=DAILY;COUNT=6",
                "EXDATE;TZID=Europe/Berlin:20270326T140000,20270327T140000"));
    assertThat(times(events))
        .containsExactly(
            "2027-03-25T13:00:00Z/2027-03-25T14:00:00Z",
            "2027-03-28T12:00:00Z/2027-03-28T13:00:00Z",
            "2027-03-29T12:00:00Z/2027-03-29T13:00:00Z",
            "2027-03-30T12:00:00Z/2027-03-30T13:00:00Z");
  }

  @Test
  void anEndlessRuleIsWorkedOutWithinThePeriodOnly() throws Exception {
    CalendarEvents events =
        read(event("a", "DTSTART:20200106T040000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY"));
    assertThat(events.occurrences()).hasSize(52);
    assertThat(events.occurrences().get(0).from()).isEqualTo("2027-01-04T04:00:00Z");
  }

  @Test
  void aRuleThatRecursTooOftenIsNotTaken() throws Exception {
    CalendarEvents events =
        read(event("a", "DTSTART:20270106T040000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY"));
    assertThat(events.occurrences()).isEmpty();
    assertThat(notTaken(events)).singleElement().asString().contains("recurs too often");
  }

  @Test
  void aSingleOccurrenceThatWasMovedOrCancelledTakesThePlaceOfTheOther() throws Exception {
    String series = "DTSTART;TZID=Europe/Berlin:20270104T060000";
    CalendarEvents events =
        read(
            event("a", series, "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3"),
            event(
                "a",
                "RECURRENCE-ID;TZID=Europe/Berlin:20270111T060000",
                "DTSTART;TZID=Europe/Berlin:20270112T100000",
                "DURATION:PT1H"),
            event(
                "a",
                "RECURRENCE-ID;TZID=Europe/Berlin:20270118T060000",
                "STATUS:CANCELLED",
                "DTSTART;TZID=Europe/Berlin:20270118T060000",
                "DURATION:PT1H"));
    assertThat(times(events))
        .containsExactly(
            "2027-01-04T05:00:00Z/2027-01-04T06:00:00Z",
            "2027-01-12T09:00:00Z/2027-01-12T10:00:00Z");
    assertThat(notTaken(events)).containsExactly("it is cancelled");
  }

  @Test
  void aZoneOfTheFileItselfIsUsed() throws Exception {
    String zone =
        """
        BEGIN:VTIMEZONE
        TZID:Plant time
        BEGIN:STANDARD
        DTSTART:19701025T030000
        RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        END:STANDARD
        BEGIN:DAYLIGHT
        DTSTART:19700329T020000
        RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
        TZOFFSETFROM:+0100
        TZOFFSETTO:+0200
        END:DAYLIGHT
        END:VTIMEZONE
        """;
    CalendarEvents events =
        read(
            zone,
            event(
                "a",
                "DTSTART;TZID=Plant time:20270327T120000",
                "DURATION:P1D",
                "RRULE:FREQ=DAILY;COUNT=2"));
    assertThat(times(events))
        .containsExactly(
            "2027-03-27T11:00:00Z/2027-03-28T10:00:00Z",
            "2027-03-28T10:00:00Z/2027-03-29T10:00:00Z");
  }

  @Test
  void whatIsNotTakenIsToldWithTheReason() throws Exception {
    CalendarEvents events =
        read(
            event("a", "DTSTART;TZID=Nowhere/Land:20270305T080000", "DURATION:PT1H"),
            event("b", "DTSTART:20270305T080000Z"),
            event("c", "DTSTART:20270305T080000Z", "DTEND:20270305T070000Z"),
            event("d", "DTEND:20270305T070000Z"),
            event("e", "DTSTART:tomorrow", "DURATION:PT1H"),
            event("f", "DTSTART;VALUE=DATE:20270305", "DTEND:20270305T070000Z"),
            event("g", "DTSTART:20260305T080000Z", "DURATION:PT1H"),
            event("h", "STATUS:TENTATIVE", "DTSTART:20270305T080000Z", "DURATION:PT1H"));
    assertThat(events.occurrences()).isEmpty();
    assertThat(events.uids()).hasSize(8);
    assertThat(notTaken(events))
        .satisfiesExactly(
            a -> assertThat(a).contains("its time zone Nowhere/Land is not known"),
            b -> assertThat(b).contains("it has no length"),
            c -> assertThat(c).contains("it has no length"),
            d -> assertThat(d).contains("no DTSTART"),
            e -> assertThat(e).contains("line 29, DTSTART"),
            f -> assertThat(f).contains("not both days or both times"),
            g -> assertThat(g).contains("no occurrence from 2027-01-01T00:00:00Z"),
            h -> assertThat(h).isEqualTo("it is only tentative"));
    assertThat(events.notTaken().stream().filter(NotTaken::isFault)).hasSize(6);
  }

  @Test
  void whatIsNoCalendarIsRefused() throws Exception {
    Path other = Files.writeString(directory.resolve("other.ics"), "holidays: all\n");
    assertThatThrownBy(() -> CalendarFile.read(other, BERLIN, FROM, UNTIL))
        .isInstanceOf(CalendarException.class)
        .hasMessageContaining("other.ics is not an iCalendar file");
    assertThatThrownBy(() -> CalendarFile.read(directory.resolve("none.ics"), BERLIN, FROM, UNTIL))
        .isInstanceOf(CalendarException.class)
        .hasMessageContaining("none.ics cannot be read");
    Files.write(other, new byte[CalendarFile.MAX_BYTES + 1]);
    assertThatThrownBy(() -> CalendarFile.read(other, BERLIN, FROM, UNTIL))
        .hasMessageContaining("is larger than 4 MiB");
  }
}
