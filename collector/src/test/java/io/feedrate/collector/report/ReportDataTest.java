package io.feedrate.collector.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.collector.assess.Assessor;
import io.feedrate.collector.store.StoreReader;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.foundation.Completeness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a report sums up of a real store. */
class ReportDataTest {
  private static final int HOURS = 5;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path folder;

  @BeforeEach
  void store() {
    ReportStore.write(folder, HOURS);
  }

  private ReportData read(ReportRequest request) {
    try (StoreReader reader = StoreReader.open(folder)) {
      return ReportReader.read(reader, request);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"aimm-provisional", "gbt-39116-style"})
  void itIsTheAssessmentThatTheOtherCommandsGive(String profile) {
    ReportRequest request =
        ReportStore.request(
            ReportStore.SITE,
            ReportStore.START_NS,
            ReportStore.START_NS + HOURS * ReportStore.HOUR_NS,
            profile);
    try (StoreReader reader = StoreReader.open(folder)) {
      assertThat(ReportReader.read(reader, request).assessment())
          .isEqualTo(
              new Assessor(request.profile())
                  .assess(reader, request.subject(), request.fromNs(), request.toNs()));
    }
  }

  @Test
  void theIntervalsOfAPlotAddUpToThePeriod() {
    ReportData data = read(ReportStore.request(HOURS));
    KpiData its = Optional.ofNullable(data.kpis().get("sensor_data_completeness")).orElseThrow();

    assertThat(its.series()).hasSize(HOURS * 6).allMatch(Optional::isPresent);
    DoubleSummaryStatistics values =
        its.series().stream()
            .flatMap(Optional::stream)
            .mapToDouble(Figure::value)
            .summaryStatistics();
    assertThat(values.getMin()).isLessThan(values.getMax());
    assertThat(its.figure().value()).isBetween(values.getMin(), values.getMax());
  }

  @Test
  void listsAreBoundedAndSayHowManyThereAre() {
    ReportData data = read(ReportStore.request(HOURS));
    assertThat(data.updates()).hasSize(ReportData.MOST_UPDATES);
    assertThat(data.updateCount()).isEqualTo(60);
    assertThat(data.pendingCount()).isEqualTo(3);
    assertThat(data.updates().subList(0, 3)).allMatch(u -> u.end() == ModelUpdate.End.PENDING);
    assertThat(data.exclusions()).hasSize(1);
    assertThat(data.assets()).hasSize(ReportStore.MACHINES.size());
  }

  @Test
  void anEmptyPeriodIsSeenAsSuch() {
    long later = ReportStore.START_NS + 1000 * ReportStore.HOUR_NS;
    ReportRequest request =
        ReportStore.request(
            ReportStore.SITE, later, later + ReportStore.HOUR_NS, "aimm-provisional");
    assertThat(read(request).isEmpty()).isTrue();
  }

  @Test
  void everyTableHasItsColumnsDescribed() throws Exception {
    Path tables = folder.resolve("tables");
    try (StoreReader reader = StoreReader.open(folder)) {
      CsvTables.write(Reports.read(reader, ReportStore.request(HOURS)), reader, tables);
      Kpi kpi = Completeness.EVENTUAL;
      PeriodSums sums =
          PeriodSums.of(
              reader,
              kpi,
              ReportStore.SITE,
              ReportStore.START_NS,
              ReportStore.START_NS + HOURS * ReportStore.HOUR_NS);
      assertThat(Files.readString(tables.resolve("assets.csv")))
          .contains(sums.figure(kpi).map(f -> "," + f.value() + ",").orElseThrow());
    }
    String columns = Files.readString(tables.resolve("columns.csv"));
    try (Stream<Path> files = Files.list(tables)) {
      for (Path file : files.filter(f -> !f.endsWith("columns.csv")).toList()) {
        String head = Files.readString(file).lines().findFirst().orElseThrow();
        for (String column : head.split(",", -1)) {
          assertThat(columns).contains("\n" + file.getFileName() + "," + column + ",");
        }
      }
    }
    assertThat(Files.readString(tables.resolve("registers.csv")).lines()).hasSize(2);
  }
}
