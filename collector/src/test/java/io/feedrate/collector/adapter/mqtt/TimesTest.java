package io.feedrate.collector.adapter.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimesTest {

  private static long of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Times.ofText(bytes, 0, bytes.length);
  }

  private static long epochNs(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }

  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00Z, 0",
    "1969-12-31T23:30:00-01:00, 1800000000000",
    "2026-11-22T10:00:00.123Z, 1795341600123000000",
    "2026-11-22t11:00:00.123456789123+01:00, 1795341600123456789",
    "2026-11-22 09:30:00-00:30, 1795341600000000000",
    "2016-12-31T23:59:60Z, 1483228800000000000",
    "2000-02-29T00:00:00z, 951782400000000000",
  })
  void timesOfRfc3339AreRead(String text, long ns) {
    assertThat(of(text)).isEqualTo(ns);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2026-11-22T10:00:00",
        "2026-11-22",
        "2026-13-22T10:00:00Z",
        "2026-02-29T10:00:00Z",
        "2026-11-31T10:00:00Z",
        "2026-11-22T24:00:00Z",
        "2026-11-22T10:60:00Z",
        "2026-11-22T10:00:61Z",
        "2026-11-22T10:00:00.Z",
        "2026-11-22T10:00:00,5Z",
        "2026-11-22T10:00:00+0100",
        "2026-11-22T10:00:00+25:00",
        "2026-11-22T10:00:00ZZ",
        "1969-12-31T23:59:59Z",
        "2262-12-31T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "2026/11/22T10:00:00Z",
        "+026-11-22T10:00:00Z"
      })
  void otherTextsAreUnreadable(String text) {
    assertThat(of(text)).isEqualTo(Times.UNREADABLE);
  }

  @Test
  void anyTimeIsReadAsTheJdkReadsIt() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      Instant instant =
          Instant.ofEpochSecond(
              random.nextLong(86_400, 9_000_000_000L), random.nextInt(1_000_000_000));
      ZoneOffset zone = ZoneOffset.ofTotalSeconds(random.nextInt(-18 * 60, 18 * 60 + 1) * 60);
      String text = OffsetDateTime.ofInstant(instant, zone).toString();
      if (text.length() >= 20) { // the JDK leaves out seconds that are 0
        assertThat(of(text)).as("seed %d: %s", seed, text).isEqualTo(epochNs(instant));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1795341600123, 1795341600123000000"})
  void millisecondsAreRead(long millis, long ns) {
    assertThat(Times.ofMillis(millis)).isEqualTo(ns);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 9_300_000_000_000L})
  void millisecondsOutsideOf1970To2262AreUnreadable(long millis) {
    assertThat(Times.ofMillis(millis)).isEqualTo(Times.UNREADABLE);
  }
}
