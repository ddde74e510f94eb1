package io.feedrate.collector.assess;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.collector.store.Checkpoint;
import io.feedrate.collector.store.Store;
import io.feedrate.collector.store.StoreBatch;
import io.feedrate.collector.store.StoreReader;
import io.feedrate.kpi.Episode;
import io.feedrate.kpi.Episode.End;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Kpi.Waiting;
import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.State;
import io.feedrate.kpi.collaboration.AlarmAcknowledge;
import io.feedrate.kpi.foundation.Completeness;
import io.feedrate.kpi.maturity.Measurement;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of stored rows over a period. */
class AssessorTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;
  private static final String LINE = "site/line";
  private static final Kpi ACKNOWLEDGE = AlarmAcknowledge.MEDIAN;
  private static final Kpi RECEIVED =
      Kpi.waiting("x", "x", "x", "x", new Waiting(Episode.Kind.ALARM_ACKNOWLEDGE, 0.5, true));

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path data;

  @SuppressWarnings("NullAway.Init") // set before each
  private Store store;

  private final StoreBatch batch = new StoreBatch();

  @BeforeEach
  void open() {
    store = Store.open(data);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void commit() {
    store.commit(
        batch, new Checkpoint(1, 1, "", "", new byte[0], store.rows().plus(batch.rows()), 1));
  }

  private void window(Span span, long startNs, long endNs, int revision, long good, long silent) {
    long[] counts = new long[Outcome.COUNT];
    counts[Outcome.GOOD.ordinal()] = good;
    counts[Outcome.SILENT.ordinal()] = silent;
    batch.add(
        new Result(
            Completeness.EVENTUAL.id(),
            LINE,
            span,
            startNs,
            endNs,
            revision,
            "hash",
            counts,
            new byte[0],
            Completeness.EVENTUAL.figure(counts, null)));
  }

  private Measurement completeness(long fromNs, long toNs) {
    try (StoreReader reader = store.reader()) {
      Measurement measured =
          Assessor.measure(reader, LINE, fromNs, toNs).get(Completeness.EVENTUAL.id());
      return measured == null ? Measurement.of(Figure.INSUFFICIENT) : measured;
    }
  }

  @Test
  void newestRevisionsOfWindowsAreAddedUpAndNeitherShiftsNorDays() {
    window(Span.WINDOW, 0, MINUTE, 0, 1, 9);
    window(Span.WINDOW, 0, MINUTE, 1, 2, 8);
    window(Span.WINDOW, MINUTE, 2 * MINUTE, 0, 4, 6);
    window(Span.WINDOW, 2 * MINUTE, 3 * MINUTE, 0, 10, 0);
    window(Span.SHIFT, 0, 2 * MINUTE, 0, 6, 14);
    window(Span.DAY, 0, 2 * MINUTE, 0, 6, 14);
    commit();

    assertThat(completeness(0, 2 * MINUTE).figure().value()).isEqualTo(6 / 20.0);
    assertThat(completeness(0, 3 * MINUTE).figure().value()).isEqualTo(16 / 30.0);
  }

  @Test
  void aPeriodOfMoreWindowsThanOneAnswerHoldsIsAddedUpWhole() {
    int windows = StoreReader.MAX_ROWS + 2;
    for (int i = 0; i < windows; i++) {
      window(Span.WINDOW, i * MINUTE, (i + 1) * MINUTE, 0, i < windows - 1 ? 1 : 0, 1);
      if (i % 10_000 == 0) {
        store.stage(batch);
      }
    }
    commit();

    Measurement measured = completeness(0, windows * MINUTE);

    assertThat(measured.counts()).containsEntry("good", windows - 1L);
    assertThat(measured.counts()).containsEntry("silent", (long) windows);
  }

  private void episode(String subject, long key, long startNs, long endNs, End end) {
    long receivedNs = startNs + SECOND;
    Episode begun =
        new Episode(
            Episode.Kind.ALARM_ACKNOWLEDGE,
            subject,
            key,
            startNs,
            receivedNs,
            Episode.OPEN,
            Episode.OPEN,
            End.OPEN,
            0);
    batch.add(begun);
    if (end != End.OPEN) {
      batch.add(
          new Episode(
              begun.kind(), subject, key, startNs, receivedNs, endNs, endNs + 3 * SECOND, end, 1));
    }
  }

  private Figure figure(Kpi kpi, String subject, long fromNs, long toNs) {
    try (StoreReader reader = store.reader()) {
      return new Waits(reader, List.of(subject), fromNs, toNs).figure(kpi);
    }
  }

  /** Nine waits of 1 to 9 s on one machine. */
  private void nine() {
    for (int i = 1; i <= 9; i++) {
      episode(LINE + "/m1", i, 100 * SECOND, (100 + i) * SECOND, End.DONE);
    }
  }

  @Test
  void waitingTimesOfALineAreThoseOfAllBelowItByEitherClock() {
    nine();
    episode("site/line2/m9", 99, 100 * SECOND, 300 * SECOND, End.DONE);
    commit();

    assertThat(figure(ACKNOWLEDGE, LINE, 0, 1000 * SECOND).value()).isEqualTo(5);
    assertThat(figure(ACKNOWLEDGE, LINE + "/m1", 0, 1000 * SECOND).value()).isEqualTo(5);
    assertThat(figure(ACKNOWLEDGE, LINE + "/m", 0, 1000 * SECOND)).isEqualTo(Figure.NOT_APPLICABLE);
    assertThat(figure(RECEIVED, LINE, 0, 1000 * SECOND).value()).isEqualTo(7);
  }

  @Test
  void whatIsStillOpenOrEndedOtherwiseIsNotForgotten() {
    nine();
    for (int i = 10; i <= 13; i++) {
      episode(LINE, i, 100 * SECOND, 0, End.OPEN);
      episode(LINE, 10 + i, 100 * SECOND, 101 * SECOND, End.LAPSED);
    }
    commit();

    Figure figure = figure(ACKNOWLEDGE, LINE, 0, 1000 * SECOND);

    // 9 of 17 are acknowledged; the ninth after 9 s.
    assertThat(figure.state()).isEqualTo(State.MEASURED);
    assertThat(figure.value()).isEqualTo(9);
  }

  @Test
  void whatEndsAfterThePeriodIsOpenInItAndWhatBeganBeforeEntersLate() {
    nine();
    commit();

    Figure before = figure(ACKNOWLEDGE, LINE, 0, 103 * SECOND);
    assertThat(before.value()).isNaN();
    assertThat(before.lower()).isEqualTo(3);
    // Those of 1 to 3 s ended before; the six left enter at the age of 3.5 s.
    assertThat(figure(ACKNOWLEDGE, LINE, 103 * SECOND + SECOND / 2, 1000 * SECOND).value())
        .isEqualTo(6);
    assertThat(figure(ACKNOWLEDGE, LINE, 200 * SECOND, 1000 * SECOND))
        .isEqualTo(Figure.NOT_APPLICABLE);
  }
}
