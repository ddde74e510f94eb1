package io.feedrate.collector.report;

import io.feedrate.collector.config.RegisterJson;
import io.feedrate.collector.report.ReportData.AssetData;
import io.feedrate.collector.report.ReportData.RegisterData;
import io.feedrate.collector.store.ExclusionRow;
import io.feedrate.collector.store.ModelUpdateRow;
import io.feedrate.collector.store.RegisterRow;
import io.feedrate.collector.store.StoreReader;
import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.engine.Kpis;
import io.feedrate.kpi.exclusion.Exclusions;
import io.feedrate.kpi.foundation.Completeness;
import io.feedrate.kpi.maturity.Assessment;
import io.feedrate.kpi.maturity.Evidence;
import io.feedrate.kpi.maturity.Measurement;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads and sums up what a report tells. Each stored window of the subject is read once, for the
 * period's sums and the plots' intervals together.
 */
final class ReportReader {

  /** Of so many windows at least is an interval of a plot of waiting times. */
  private static final int FEW_WINDOWS = 3;

  private final StoreReader reader;
  private final ReportRequest request;
  private final Register register;
  private final ZoneId zone;

  private ReportReader(StoreReader reader, ReportRequest request) {
    this.reader = reader;
    this.request = request;
    this.register = register(reader);
    this.zone = ZoneId.of(register.rules().calendar().zone());
  }

  static ReportData read(StoreReader reader, ReportRequest request) {
    return new ReportReader(reader, request).read();
  }

  /** The register in force. */
  static Register register(StoreReader reader) {
    return reader
        .latestRegister()
        .map(row -> RegisterJson.read(row.json()))
        .orElseThrow(
            () -> new IllegalStateException("the results have no register yet: run a collector"));
  }

  private ReportData read() {
    Buckets buckets = buckets(register.windowNs(), Buckets.MOST);
    Buckets coarse = buckets(FEW_WINDOWS * register.windowNs(), Buckets.FEW);
    List<ModelUpdate> updates = updates();
    KpiSums sums =
        new KpiSums(reader, request, buckets, coarse, register.rules().soakNs(), updates);
    Map<String, KpiData> kpis = new LinkedHashMap<>();
    Kpis.ALL.forEach(kpi -> kpis.put(kpi.id(), sums.of(kpi)));
    List<AssetData> assets = assets();
    List<ExclusionRow> exclusions = exclusions(reader, request);
    return new ReportData(
        request,
        assessment(kpis),
        zone,
        sums.firstNs(),
        sums.lastNs(),
        kpis,
        assets.subList(0, Math.min(assets.size(), ReportData.MOST_ASSETS)),
        assets.size(),
        updates.subList(0, Math.min(updates.size(), ReportData.MOST_UPDATES)),
        updates.size(),
        (int) updates.stream().filter(u -> u.end() == ModelUpdate.End.PENDING).count(),
        exclusions.subList(0, Math.min(exclusions.size(), ReportData.MOST_EXCLUSIONS)),
        exclusions.size(),
        registers(),
        reader.handovers());
  }

  /** A plot shows where there are results, not the empty rest of a long period. */
  private Buckets buckets(long leastNs, int most) {
    long fromNs = request.fromNs();
    long toNs = request.toNs();
    Optional<StoreReader.Extent> extent = reader.extent(request.subject());
    if (extent.isPresent() && extent.get().startNs() < toNs && extent.get().endNs() > fromNs) {
      fromNs = Math.max(fromNs, extent.get().startNs());
      toNs = Math.min(toNs, extent.get().endNs());
    }
    return Buckets.of(fromNs, toNs, leastNs, most, zone);
  }

  private Assessment assessment(Map<String, KpiData> kpis) {
    Map<String, Measurement> measurements = new TreeMap<>();
    kpis.forEach(
        (id, data) -> {
          long[] counts = data.counts().stream().mapToLong(Long::longValue).toArray();
          measurements.put(id, Measurement.of(data.kpi(), data.figure(), counts));
        });
    return Assessment.of(
        request.profile(),
        new Evidence(
            request.subject(),
            request.fromNs(),
            request.toNs(),
            measurements,
            request.stated().documents(),
            request.stated().declarations()));
  }

  private boolean isBelow(String path) {
    return path.equals(request.subject()) || path.startsWith(request.subject() + "/");
  }

  private List<ModelUpdate> updates() {
    Comparator<ModelUpdate> order =
        Comparator.<ModelUpdate>comparingInt(u -> u.end() == ModelUpdate.End.PENDING ? 0 : 1)
            .thenComparing(Comparator.comparingLong(ModelUpdate::approvedNs).reversed())
            .thenComparing(ModelUpdate::node);
    return reader.modelUpdatesOpenIn(request.fromNs(), request.toNs()).stream()
        .map(ModelUpdateRow::update)
        .filter(u -> isBelow(u.node()))
        .sorted(order)
        .toList();
  }

  /** The worst first; those without a figure last. */
  private List<AssetData> assets() {
    Kpi kpi = Completeness.EVENTUAL;
    List<AssetData> all = new ArrayList<>();
    for (Asset asset : register.assets()) {
      boolean isLeaf = asset.kind() == Asset.Kind.MACHINE || asset.kind() == Asset.Kind.NODE;
      if (isLeaf && isBelow(asset.path())) {
        PeriodSums sums =
            PeriodSums.of(reader, kpi, asset.path(), request.fromNs(), request.toNs());
        Figure figure = sums.figure(kpi).orElse(Figure.NOT_APPLICABLE);
        all.add(new AssetData(asset.path(), asset.supplier(), sums.counts(), figure));
      }
    }
    Comparator<AssetData> worst =
        Comparator.comparingDouble(
            a -> Double.isNaN(a.figure().lower()) ? Double.MAX_VALUE : a.figure().lower());
    all.sort(worst.thenComparing(AssetData::path));
    return all;
  }

  /** Those that overlap the period and are of the subject, something below it or above it. */
  static List<ExclusionRow> exclusions(StoreReader reader, ReportRequest request) {
    String subject = request.subject();
    return reader.exclusionsWithin(request.fromNs(), request.toNs(), StoreReader.MAX_ROWS).stream()
        .filter(
            e ->
                Exclusions.isOf(e.said().subject(), subject)
                    || Exclusions.isOf(subject, e.said().subject()))
        .toList();
  }

  private List<RegisterData> registers() {
    List<RegisterRow> rows = reader.registers();
    List<RegisterData> its = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      RegisterRow row = rows.get(i);
      long untilNs = i + 1 < rows.size() ? rows.get(i + 1).sinceNs() : Long.MAX_VALUE;
      if (row.sinceNs() < request.toNs() && untilNs > request.fromNs()) {
        Register one = RegisterJson.read(row.json());
        its.add(
            new RegisterData(row.hash(), row.sinceNs(), one.assets().size(), one.signals().size()));
      }
    }
    return its.subList(Math.max(0, its.size() - ReportData.MOST_REGISTERS), its.size());
  }
}
