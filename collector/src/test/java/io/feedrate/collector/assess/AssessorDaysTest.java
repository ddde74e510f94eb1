package io.feedrate.collector.assess;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.collector.TestPlant;
import io.feedrate.collector.engine.EngineThread;
import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.journal.ManualTime;
import io.feedrate.collector.journal.SampleBatch;
import io.feedrate.collector.store.EpisodeRow;
import io.feedrate.collector.store.ModelUpdateRow;
import io.feedrate.collector.store.RegisterRow;
import io.feedrate.collector.store.ResultSource;
import io.feedrate.collector.store.Store;
import io.feedrate.collector.store.StoreReader;
import io.feedrate.kpi.Episode;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Span;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days are taken in the place of their windows, and nothing comes out differently. */
class AssessorDaysTest {
  private static final long MINUTE = 60_000_000_000L;
  private static final TestPlant PLANT = new TestPlant(2, 4, 10 * MINUTE, 60 * MINUTE, MINUTE);
  private static final Instant START = Instant.parse("2026-11-20T07:30:00Z");
  private static final int STEPS = 6 * 24 * 5;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path data;

  @Test
  void sumsOverDaysAndWindowsAreThoseOverWindowsAlone() {
    ManualTime time = new ManualTime(START);
    SplittableRandom random = new SplittableRandom(3);
    try (Journal journal = Journal.open(Journal.in(data), time.clock());
        Store store = Store.open(data);
        EngineThread engine =
            new EngineThread(
                journal,
                store,
                TestPlant::read,
                e -> {
                  throw new AssertionError(e);
                })) {
      engine.recover();
      run(journal, time, random);
      engine.start();
    }
    long startNs = TimeUnit.SECONDS.toNanos(START.getEpochSecond());
    try (StoreReader reader = StoreReader.open(data)) {
      Counting days = new Counting(reader, true);
      Counting windows = new Counting(reader, false);
      for (int i = 0; i < 40; i++) {
        long fromNs = startNs + 10 * MINUTE * random.nextInt(STEPS);
        long toNs = fromNs + 10 * MINUTE * (1 + random.nextInt(STEPS));
        assertThat(Assessor.measure(days, List.of("site"), fromNs, toNs))
            .isEqualTo(Assessor.measure(windows, List.of("site"), fromNs, toNs));
      }
      assertThat(days.days).isPositive();
      assertThat(days.rows).isLessThan(windows.rows);
    }
  }

  private static void run(Journal journal, ManualTime time, SplittableRandom random) {
    journal.appendStart("test");
    journal.appendRegister(PLANT.register().hash(), PLANT.json());
    for (int m = 0; m < PLANT.machines(); m++) {
      journal.appendLink(m, LinkEvent.UP, 0, "");
    }
    for (int i = 0; i < STEPS; i++) {
      time.pass(10, TimeUnit.MINUTES);
      for (int m = 0; m < PLANT.machines(); m++) {
        SampleBatch batch = new SampleBatch(m);
        for (int s = 0; s < PLANT.signals(); s++) {
          long late = random.nextInt(20) == 0 ? 200 * MINUTE : 0; // revises windows of before
          batch.add(m * PLANT.signals() + s, time.wallNs() - MINUTE - late, 0, i, 0);
        }
        journal.append(batch);
      }
      journal.appendTick();
    }
  }

  /** Counts what is read, and may deny that there are days. */
  private static final class Counting implements ResultSource {
    private final StoreReader reader;
    private final boolean withDays;
    private long rows;
    private long days;

    Counting(StoreReader reader, boolean withDays) {
      this.reader = reader;
      this.withDays = withDays;
    }

    @Override
    public void forEachResultOf(
        String kpi, String subject, Span span, long fromNs, long toNs, Consumer<Result> each) {
      reader.forEachResultOf(
          kpi,
          subject,
          span,
          fromNs,
          toNs,
          result -> {
            rows++;
            days += span == Span.DAY ? 1 : 0;
            each.accept(result);
          });
    }

    @Override
    public boolean hasDays(long fromNs, long toNs) {
      return withDays && reader.hasDays(fromNs, toNs);
    }

    @Override
    public List<ModelUpdateRow> modelUpdatesOpenIn(long fromNs, long toNs) {
      return reader.modelUpdatesOpenIn(fromNs, toNs);
    }

    @Override
    public List<EpisodeRow> episodesOpenIn(Episode.Kind kind, long fromNs, long toNs) {
      return reader.episodesOpenIn(kind, fromNs, toNs);
    }

    @Override
    public Optional<RegisterRow> latestRegister() {
      return Optional.empty(); // its text is that of the tests
    }
  }
}
