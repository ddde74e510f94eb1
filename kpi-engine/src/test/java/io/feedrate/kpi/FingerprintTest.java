package io.feedrate.kpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.agrona.collections.LongHashSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class FingerprintTest {

  @Test
  void aTextAndTheSameTextInABufferHaveTheSameOne() {
    byte[] utf8 = "..Bediener 7 – 操作员..".getBytes(StandardCharsets.UTF_8);
    UnsafeBuffer buffer = new UnsafeBuffer(utf8);
    assertThat(Fingerprint.of(buffer, 2, utf8.length - 4))
        .isEqualTo(Fingerprint.of("Bediener 7 – 操作员"));
  }

  @Test
  void nothingToldIsTheFingerprintOfNothing() {
    assertThat(Fingerprint.finish(0)).isNotEqualTo(Fingerprint.NONE);
    assertThat(Fingerprint.of("")).isEqualTo(Fingerprint.START);
  }

  /** They are kept in snapshots and stored with episodes: another function would tear those. */
  @Test
  void itStaysTheSameForEver() {
    assertThat(Fingerprint.of("a")).isEqualTo(0xaf63dc4c8601ec8cL ^ 0xaf63dc4cL);
    assertThat(Fingerprint.mix(Fingerprint.START, -1)).isEqualTo(0x509c41b3296207ddL);
  }

  @Test
  void similarTextsDiffer() {
    LongHashSet seen = new LongHashSet();
    for (int i = 0; i < 200_000; i++) {
      assertThat(seen.add(Fingerprint.of("operator-" + i))).isTrue();
    }
  }
}
