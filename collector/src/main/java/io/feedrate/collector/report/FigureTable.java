package io.feedrate.collector.report;

import io.feedrate.collector.store.StoreReader;
import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.engine.Kpis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Some KPIs of some assets side by side. */
final class FigureTable {

  /** So many rows are shown. */
  private static final int MOST_ROWS = 60;

  private static final int NAME_WIDTH = 30;

  private FigureTable() {}

  /** Machines and nodes at or below the subject. */
  static List<Asset> leaves(StoreReader reader, ReportRequest request) {
    return below(ReportReader.register(reader), request).stream()
        .filter(a -> a.kind() == Asset.Kind.MACHINE || a.kind() == Asset.Kind.NODE)
        .toList();
  }

  /** All assets at or below the subject. */
  static List<Asset> below(Register register, ReportRequest request) {
    String subject = request.subject();
    return register.assets().stream()
        .filter(a -> a.path().equals(subject) || a.path().startsWith(subject + "/"))
        .toList();
  }

  static void write(
      Sheet sheet,
      StoreReader reader,
      ReportRequest request,
      String heading,
      List<Asset> assets,
      List<Kpi> kpis) {
    List<Integer> widths = new ArrayList<>(List.of(NAME_WIDTH));
    List<String> headings = new ArrayList<>(List.of(heading));
    for (Kpi kpi : kpis) {
      widths.add((100 - NAME_WIDTH) / kpis.size());
      headings.add(sheet.words().shortly(kpi) + "#");
    }
    sheet.wrappedTable(widths, headings);
    for (Asset asset : assets.subList(0, Math.min(assets.size(), MOST_ROWS))) {
      Map<String, PeriodSums> sums = new HashMap<>();
      sheet.html().open("tr");
      sheet.cell("wide", asset.path());
      for (Kpi kpi : kpis) {
        PeriodSums its =
            sums.computeIfAbsent(
                kpi.basis(),
                basis ->
                    PeriodSums.of(
                        reader, Kpis.byId(basis), asset.path(), request.fromNs(), request.toNs()));
        Figure figure = its.figure(kpi).orElse(Figure.NOT_APPLICABLE);
        sheet.cell("number", sheet.format().figure(figure, KpiData.unit(kpi)));
      }
      sheet.html().close("tr");
    }
    sheet.endTable();
    if (assets.size() > MOST_ROWS) {
      sheet.note(sheet.say(Phrase.MORE_ROWS, sheet.format().integer(assets.size() - MOST_ROWS)));
    }
  }
}
