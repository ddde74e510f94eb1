package io.feedrate.collector.report;

import io.feedrate.collector.report.CsvFile.Head;
import io.feedrate.collector.report.CsvTables.Table;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.maturity.Declaration;
import io.feedrate.kpi.maturity.DimensionScore;
import io.feedrate.kpi.maturity.Document;
import io.feedrate.kpi.maturity.Indicator;
import io.feedrate.kpi.maturity.IndicatorScore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The assessment and the sums that it rests on, as tables. */
final class AssessmentTables {
  private final ReportData data;

  private AssessmentTables(ReportData data) {
    this.data = data;
  }

  static List<Table> of(ReportData data) {
    AssessmentTables its = new AssessmentTables(data);
    return List.of(
        new Table(
            Head.of(
                "dimensions.csv",
                "dimension",
                "",
                "id in the profile; parts stand below their dimension",
                "name",
                "",
                "English name",
                "score_lower",
                "",
                "score if what is not known were not met",
                "score_upper",
                "",
                "score if it were fully met",
                "level_lower",
                "",
                "level that is sure; 0 is below the first",
                "level_upper",
                "",
                "level that is still possible",
                "measured",
                "1",
                "share of the weight that is decided on telemetry",
                "reviewed",
                "1",
                "share that reviewed documents decide",
                "declared",
                "1",
                "share with a document that nobody reviewed",
                "not_implemented",
                "1",
                "share that is declared as not there",
                "missing",
                "1",
                "share without evidence"),
            its::dimensions),
        new Table(
            Head.of(
                "indicators.csv",
                "dimension",
                "",
                "id of the dimension",
                "indicator",
                "",
                "id in the profile",
                "name",
                "",
                "English name",
                "kpi",
                "",
                "id of the KPI, empty where a document is asked for",
                "state",
                "",
                "what is known of it",
                "reason",
                "",
                "why, one word",
                "explanation",
                "",
                "why, in an English sentence",
                "degree_lower",
                "1",
                "how far it is met, at least",
                "degree_upper",
                "1",
                "how far it is met, at most",
                "share",
                "1",
                "of the dimension's weight"),
            its::indicators),
        new Table(
            Head.of(
                "kpis.csv",
                "kpi",
                "",
                "id",
                "name",
                "",
                "English name",
                "unit",
                "",
                "UCUM code of value and bounds",
                "state",
                "",
                "what the figure is worth",
                "value",
                "see unit",
                "over the whole period",
                "lower",
                "see unit",
                "lower bound",
                "upper",
                "see unit",
                "upper bound, empty where open",
                "formula",
                "",
                "how it is computed",
                "source",
                "",
                "standard and clause, and how sure"),
            its::kpis),
        new Table(
            Head.of(
                "counts.csv",
                "kpi",
                "",
                "id of the KPI",
                "count",
                "",
                "name of the base count; its ending tells its unit (_ms, _us, _s)",
                "value",
                "",
                "sum over the whole period"),
            its::counts),
        new Table(
            Head.of(
                "series.csv",
                "kpi",
                "",
                "id of the KPI",
                "start",
                "ISO 8601",
                "start of the interval",
                "end",
                "ISO 8601",
                "its end, exclusive",
                "state",
                "",
                "what the figure is worth; empty where nothing was stored",
                "value",
                "see kpis.csv",
                "computed from the interval's own sums",
                "lower",
                "see kpis.csv",
                "lower bound",
                "upper",
                "see kpis.csv",
                "upper bound"),
            its::series),
        new Table(
            Head.of(
                "documents.csv",
                "indicator",
                "",
                "id of the indicator that it is for",
                "title",
                "",
                "what it is called",
                "sha256",
                "",
                "digest of the file",
                "issuer",
                "",
                "who stands behind it",
                "valid_from",
                "ISO 8601",
                "empty if since ever",
                "valid_to",
                "ISO 8601",
                "exclusive; empty if without end",
                "degree",
                "",
                "what the reviewer found, empty without review",
                "reviewer",
                "",
                "who reviewed it",
                "reviewed",
                "ISO 8601",
                "when"),
            its::documents),
        new Table(
            Head.of(
                "declarations.csv",
                "indicator",
                "",
                "id of the indicator",
                "claim",
                "",
                "not applicable or not implemented",
                "reason",
                "",
                "why",
                "approver",
                "",
                "who is responsible",
                "entered",
                "ISO 8601",
                "when"),
            its::declarations));
  }

  private void dimensions(CsvFile file) throws IOException {
    for (DimensionScore d : flat(data.assessment().dimensions())) {
      file.row(
          d.dimension().id(),
          d.dimension().name().english(),
          d.score().lower(),
          d.score().upper(),
          d.level().lowest(),
          d.level().highest(),
          d.coverage().measured(),
          d.coverage().reviewed(),
          d.coverage().declared(),
          d.coverage().notImplemented(),
          d.coverage().missing());
    }
  }

  private static List<DimensionScore> flat(List<DimensionScore> dimensions) {
    List<DimensionScore> all = new ArrayList<>();
    for (DimensionScore dimension : dimensions) {
      all.add(dimension);
      all.addAll(flat(dimension.parts()));
    }
    return all;
  }

  private void indicators(CsvFile file) throws IOException {
    for (DimensionScore d : data.assessment().dimensions()) {
      for (IndicatorScore score : d.indicators()) {
        Indicator indicator = score.indicator();
        file.row(
            d.dimension().id(),
            indicator.id(),
            indicator.name().english(),
            indicator instanceof Indicator.Measured measured ? measured.kpi() : "",
            score.verdict().state(),
            score.verdict().reason(),
            score.verdict().explanation(),
            score.verdict().degree().lower(),
            score.verdict().degree().upper(),
            score.share());
      }
    }
  }

  private void kpis(CsvFile file) throws IOException {
    for (KpiData its : data.kpis().values()) {
      Figure figure = its.figure();
      file.row(
          its.kpi().id(),
          its.kpi().name(),
          its.kpi().unit(),
          figure.state(),
          figure.value(),
          figure.lower(),
          figure.upper(),
          its.kpi().formula(),
          its.kpi().source());
    }
  }

  private void counts(CsvFile file) throws IOException {
    for (KpiData its : data.kpis().values()) {
      for (int i = 0; i < its.counts().size(); i++) {
        file.row(its.kpi().id(), its.kpi().counts().get(i), its.counts().get(i));
      }
    }
  }

  private void series(CsvFile file) throws IOException {
    for (KpiData its : data.kpis().values()) {
      for (int i = 0; i < its.series().size(); i++) {
        Optional<Figure> figure = its.series().get(i);
        Figure shown = figure.orElse(Figure.INSUFFICIENT);
        file.row(
            its.kpi().id(),
            CsvFile.time(its.buckets().startNs(i)),
            CsvFile.time(its.buckets().endNs(i)),
            figure.isPresent() ? shown.state() : "",
            shown.value(),
            shown.lower(),
            shown.upper());
      }
    }
  }

  private void documents(CsvFile file) throws IOException {
    for (Document d : data.request().stated().documents()) {
      file.row(
          d.indicator(),
          d.title(),
          d.digest(),
          d.issuer(),
          CsvFile.time(d.validFromNs()),
          CsvFile.time(d.validToNs()),
          d.review().map(r -> r.degree().words()).orElse(""),
          d.review().map(Document.Review::reviewer).orElse(""),
          d.review().map(r -> CsvFile.time(r.reviewedNs())).orElse(""));
    }
  }

  private void declarations(CsvFile file) throws IOException {
    for (Declaration d : data.request().stated().declarations()) {
      String claim = d instanceof Declaration.NotApplicable ? "not applicable" : "not implemented";
      file.row(d.indicator(), claim, d.reason(), d.approver(), CsvFile.time(d.enteredNs()));
    }
  }
}
