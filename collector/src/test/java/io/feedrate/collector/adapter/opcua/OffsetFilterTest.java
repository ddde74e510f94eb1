package io.feedrate.collector.adapter.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OffsetFilterTest {
  private final OffsetFilter filter = new OffsetFilter();

  @Test
  void bestOfTheLastReadingsIsKept() {
    filter.add(100, 50);
    filter.add(120, 10);
    filter.add(90, 80);

    assertThat(filter.offsetNs()).isEqualTo(120);
    assertThat(filter.uncertaintyNs()).isEqualTo(10);
  }

  @Test
  void oldReadingsAreForgotten() {
    filter.add(100, 1);
    for (int i = 0; i < 8; i++) {
      filter.add(110, 20);
    }

    assertThat(filter.offsetNs()).isEqualTo(110);
    assertThat(filter.uncertaintyNs()).isEqualTo(20);
  }

  @Test
  void steppedClockIsBelievedAtOnce() {
    filter.add(100, 1);
    filter.add(5_000, 40);

    assertThat(filter.offsetNs()).isEqualTo(5_000);
    assertThat(filter.uncertaintyNs()).isEqualTo(40);
  }
}
