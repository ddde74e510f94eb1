package io.feedrate.kpi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamesTest {
  @Test
  void longNamesFromOutsideDoNotExhaustMemory() {
    Names names = new Names();
    int known = names.id("known");
    String longest = "x".repeat(4000);
    for (int i = 0; i < 10_000; i++) {
      names.id(i + longest);
    }
    assertThat(names.id("another " + longest)).isEqualTo(Names.OVERFLOW);
    assertThat((long) names.size() * 4000).isLessThanOrEqualTo(Names.MAX_BYTES);
    assertThat(names.id("known")).isEqualTo(known);

    Snapshot.Writer out = new Snapshot.Writer();
    names.write(out);
    Names restored = new Names();
    restored.read(new Snapshot.Reader(out.buffer(), 0));
    assertThat(restored.size()).isEqualTo(names.size());
    assertThat(restored.id("another " + longest)).isEqualTo(Names.OVERFLOW);
  }
}
