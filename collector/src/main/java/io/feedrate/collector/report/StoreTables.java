package io.feedrate.collector.report;

import io.feedrate.collector.report.CsvFile.Head;
import io.feedrate.collector.report.CsvTables.Table;
import io.feedrate.collector.store.EpisodeRow;
import io.feedrate.collector.store.ExclusionRow;
import io.feedrate.collector.store.ModelUpdateRow;
import io.feedrate.collector.store.RegisterRow;
import io.feedrate.collector.store.StoreReader;
import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Episode;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.engine.Kpis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** What the store holds of a period and subject, as tables; rows stream through. */
final class StoreTables {
  private final ReportData data;
  private final ReportRequest request;
  private final StoreReader reader;
  private final Register register;

  private StoreTables(ReportData data, StoreReader reader) {
    this.data = data;
    this.request = data.request();
    this.reader = reader;
    this.register = ReportReader.register(reader);
  }

  static List<Table> of(ReportData data, StoreReader reader) {
    StoreTables its = new StoreTables(data, reader);
    return List.of(
        new Table(
            Head.of(
                "windows.csv",
                "kpi",
                "",
                "id of the KPI",
                "subject",
                "",
                "path of the site, line, machine or node",
                "start",
                "ISO 8601",
                "start of the window",
                "end",
                "ISO 8601",
                "its end, exclusive",
                "revision",
                "",
                "0 when first closed; the newest is shown",
                "register",
                "",
                "SHA-256 of the register that it was computed under",
                "state",
                "",
                "what the figure is worth",
                "value",
                "see kpis.csv",
                "the figure",
                "lower",
                "see kpis.csv",
                "lower bound",
                "upper",
                "see kpis.csv",
                "upper bound",
                "counts",
                "",
                "base counts as name=value, blanks between"),
            its::windows),
        new Table(
            Head.of(
                "assets.csv",
                "asset",
                "",
                "path of a site, line, machine or node at or below the subject",
                "kind",
                "",
                "what it is",
                "supplier",
                "",
                "who made it",
                "kpi",
                "",
                "id of the KPI; those estimated over episodes are not here",
                "state",
                "",
                "what the figure is worth",
                "value",
                "see kpis.csv",
                "over the whole period",
                "lower",
                "see kpis.csv",
                "lower bound",
                "upper",
                "see kpis.csv",
                "upper bound",
                "counts",
                "",
                "base counts as name=value, blanks between"),
            its::assets),
        new Table(
            Head.of(
                "signals.csv",
                "signal",
                "",
                "path",
                "asset",
                "",
                "path of its asset",
                "link",
                "",
                "source that brings it",
                "mode",
                "",
                "how it must update",
                "period",
                "s",
                "required period",
                "deadline",
                "s",
                "how long after its slot a value is in time",
                "min",
                "see unit",
                "smallest valid value, empty if open",
                "max",
                "see unit",
                "largest valid value, empty if open",
                "unit",
                "",
                "UCUM code",
                "role",
                "",
                "what it means to KPIs",
                "owner",
                "",
                "who answers for it",
                "semantic_id",
                "",
                "what it is in a dictionary"),
            its::signals),
        new Table(
            Head.of(
                "model_updates.csv",
                "node",
                "",
                "path of the inference node",
                "model",
                "",
                "name",
                "version",
                "",
                "version",
                "sha256",
                "",
                "digest of the approved file, empty while not told",
                "attempt",
                "",
                "1 for the first approval",
                "approved",
                "ISO 8601",
                "by the clock of who approved",
                "end",
                "",
                "how it ended",
                "ended",
                "ISO 8601",
                "by the node's clock, empty while pending",
                "latency",
                "s",
                "approval to serving, by the sources' clocks",
                "received_latency",
                "s",
                "the same by the collector's clock alone",
                "rolled_back",
                "ISO 8601",
                "empty if it was not"),
            its::updates),
        new Table(
            Head.of(
                "episodes.csv",
                "kind",
                "",
                "what was waited for",
                "subject",
                "",
                "path of the asset",
                "start",
                "ISO 8601",
                "by the source's clock",
                "end",
                "ISO 8601",
                "by the source's clock, empty while open",
                "state",
                "",
                "OPEN, DONE or LAPSED",
                "duration",
                "s",
                "empty while open"),
            its::episodes),
        new Table(
            Head.of(
                "exclusions.csv",
                "kind",
                "",
                "EXCLUSION; WITHDRAWAL of one with the same subject and bounds; OBSERVED of a machine that said it was off",
                "subject",
                "",
                "path of what is out of scope",
                "from",
                "ISO 8601",
                "start",
                "to",
                "ISO 8601",
                "end, exclusive",
                "reason",
                "",
                "why",
                "approver",
                "",
                "who is responsible for it",
                "source",
                "",
                "what stands behind it",
                "reference",
                "",
                "number of an order or a calendar entry",
                "entered_by",
                "",
                "who typed it in, or where it was read",
                "entered",
                "ISO 8601",
                "when it was entered",
                "journaled",
                "ISO 8601",
                "when the journal got it; from then on it counts",
                "late",
                "",
                "NO, AFTER_START or AFTER_END of its interval"),
            its::exclusions),
        new Table(
            Head.of(
                "registers.csv",
                "sha256",
                "",
                "digest of the register",
                "since",
                "ISO 8601",
                "when it came into force"),
            its::registers));
  }

  private boolean isBelow(String path) {
    return path.equals(request.subject()) || path.startsWith(request.subject() + "/");
  }

  private void windows(CsvFile file) throws IOException {
    for (Kpi kpi : Kpis.ALL) {
      if (kpi.waiting().isEmpty() && kpi.basis().equals(kpi.id())) {
        reader.forEachResultOf(
            kpi.id(),
            request.subject(),
            Span.WINDOW,
            request.fromNs(),
            request.toNs(),
            result -> window(file, kpi, result));
      }
    }
  }

  private static void window(CsvFile file, Kpi kpi, Result r) {
    try {
      file.row(
          r.kpi(),
          r.subject(),
          CsvFile.time(r.startNs()),
          CsvFile.time(r.endNs()),
          r.revision(),
          r.registerHash(),
          r.figure().state(),
          r.figure().value(),
          r.figure().lower(),
          r.figure().upper(),
          counts(kpi, Arrays.stream(r.counts()).boxed().toList()));
    } catch (IOException e) {
      throw new UncheckedIOException("windows.csv cannot be written: " + e.getMessage(), e);
    }
  }

  /** A result of a version that knew fewer counts has fewer. */
  private static String counts(Kpi kpi, List<Long> counts) {
    StringJoiner all = new StringJoiner(" ");
    for (int i = 0; i < Math.min(counts.size(), kpi.counts().size()); i++) {
      all.add(kpi.counts().get(i) + "=" + counts.get(i));
    }
    return all.toString();
  }

  private void assets(CsvFile file) throws IOException {
    for (Asset asset : register.assets()) {
      if (!isBelow(asset.path())) {
        continue;
      }
      Map<String, PeriodSums> sums = new HashMap<>();
      for (Kpi kpi : Kpis.ALL) {
        if (kpi.waiting().isEmpty()) {
          PeriodSums its = sums.computeIfAbsent(kpi.basis(), id -> sums(id, asset));
          if (!its.isEmpty()) {
            Figure figure = its.figure(kpi).orElse(Figure.NOT_APPLICABLE);
            file.row(
                asset.path(),
                asset.kind(),
                asset.supplier(),
                kpi.id(),
                figure.state(),
                figure.value(),
                figure.lower(),
                figure.upper(),
                counts(kpi, its.counts()));
          }
        }
      }
    }
  }

  private PeriodSums sums(String basis, Asset asset) {
    return PeriodSums.of(reader, Kpis.byId(basis), asset.path(), request.fromNs(), request.toNs());
  }

  private void signals(CsvFile file) throws IOException {
    for (Signal s : register.signals()) {
      String asset = register.assets().get(s.asset()).path();
      if (isBelow(asset)) {
        file.row(
            s.path(),
            asset,
            s.link() < 0 ? "" : register.links().get(s.link()),
            s.mode(),
            s.periodNs() / 1e9,
            s.deadlineNs() / 1e9,
            s.min(),
            s.max(),
            s.unit(),
            s.role(),
            s.owner(),
            s.semanticId());
      }
    }
  }

  private void updates(CsvFile file) throws IOException {
    for (ModelUpdateRow row : reader.modelUpdatesOpenIn(request.fromNs(), request.toNs())) {
      ModelUpdate u = row.update();
      if (isBelow(u.node())) {
        boolean served = u.end() == ModelUpdate.End.SERVED;
        file.row(
            u.node(),
            u.model(),
            u.version(),
            u.digest(),
            u.attempt(),
            CsvFile.time(u.approvedNs()),
            u.end(),
            CsvFile.time(u.endNs()),
            served ? (Object) (u.latencyNs() / 1e9) : "",
            served ? (Object) (u.receivedLatencyNs() / 1e9) : "",
            CsvFile.time(u.rolledBackNs()));
      }
    }
  }

  private void episodes(CsvFile file) throws IOException {
    for (Episode.Kind kind : Episode.Kind.values()) {
      for (EpisodeRow row : reader.episodesOpenIn(kind, request.fromNs(), request.toNs())) {
        Episode e = row.episode();
        if (isBelow(e.subject())) {
          boolean open = e.end() == Episode.End.OPEN;
          file.row(
              e.kind(),
              e.subject(),
              CsvFile.time(e.startNs()),
              CsvFile.time(e.endNs()),
              e.end(),
              open ? "" : (Object) ((e.endNs() - e.startNs()) / 1e9));
        }
      }
    }
  }

  private void exclusions(CsvFile file) throws IOException {
    for (ExclusionRow row : ReportReader.exclusions(reader, request)) {
      file.row(
          row.said().kind(),
          row.said().subject(),
          CsvFile.time(row.said().fromNs()),
          CsvFile.time(row.said().toNs()),
          row.said().reason(),
          row.said().approver(),
          row.said().source().word(),
          row.said().reference(),
          row.said().enteredBy(),
          CsvFile.time(row.said().enteredNs()),
          CsvFile.time(row.journaledNs()),
          row.late());
    }
  }

  private void registers(CsvFile file) throws IOException {
    for (RegisterRow row : reader.registers()) {
      if (row.sinceNs() < data.request().toNs()) {
        file.row(row.hash(), CsvFile.time(row.sinceNs()));
      }
    }
  }
}
