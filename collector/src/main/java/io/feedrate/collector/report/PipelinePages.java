package io.feedrate.collector.report;

import io.feedrate.collector.config.GatewayConfig;
import io.feedrate.collector.config.GatewayConfig.AssetConfig;
import io.feedrate.collector.config.GatewayConfig.Broker;
import io.feedrate.collector.config.GatewayConfig.MqttSource;
import io.feedrate.collector.config.GatewayConfig.OpcUaSource;
import io.feedrate.collector.config.GatewayConfig.SignalConfig;
import io.feedrate.collector.config.GatewayConfig.Source;
import io.feedrate.collector.store.StoreReader;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.engine.Kpis;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The way of a value from its source to its figure, as it is configured and as it was measured. */
final class PipelinePages {

  /** So many signals are listed; the tables have all. */
  private static final int MOST_SIGNALS = 1000;

  private static final int MOST_NAMES = 12;

  private final Sheet sheet;
  private final ReportData data;
  private final StoreReader reader;
  private final GatewayConfig gateway;
  private final Html html;

  PipelinePages(Sheet sheet, ReportData data, StoreReader reader, GatewayConfig gateway) {
    this.sheet = sheet;
    this.data = data;
    this.reader = reader;
    this.gateway = gateway;
    this.html = sheet.html();
  }

  void write() {
    stages();
    sources();
    outlets();
    measured();
    signals();
  }

  private void stages() {
    sheet.heading("h2", Phrase.STAGES);
    html.open("ol");
    html.element("li", sheet.say(Phrase.STAGE_SOURCE));
    html.element("li", sheet.say(Phrase.STAGE_JOURNAL, text(gateway.journal().sync())));
    html.element(
        "li",
        sheet.say(
            Phrase.STAGE_WINDOW,
            text(gateway.kpi().window()),
            text(gateway.kpi().lateness()),
            text(gateway.kpi().revisable())));
    html.element("li", sheet.say(Phrase.STAGE_STORE));
    html.element(
        "li",
        sheet.say(
            Phrase.STAGE_RETENTION,
            text(gateway.journal().maxAge()),
            sheet.format().integer(gateway.journal().maxBytes() / 1_000_000)));
    html.close("ol");
  }

  private String text(Duration duration) {
    return sheet.format().duration(duration.toNanos());
  }

  private void sources() {
    sheet.heading("h2", Phrase.SOURCES);
    sheet.table(
        List.of(16, 11, 31, 17, 25),
        List.of(
            sheet.say(Phrase.SOURCE_NAME),
            sheet.say(Phrase.PROTOCOL),
            sheet.say(Phrase.ADDRESS),
            sheet.say(Phrase.DELIVERY),
            sheet.say(Phrase.SECURITY)));
    for (Source source : gateway.sources()) {
      if (source instanceof OpcUaSource opcUa) {
        opcUa(opcUa);
      } else if (source instanceof MqttSource mqtt) {
        mqtt(mqtt);
      }
    }
    sheet.endTable();
  }

  private void opcUa(OpcUaSource source) {
    boolean open = source.securityMode().equals("None");
    sheet.row(
        source.name(),
        "OPC UA",
        bare(source.endpoint()),
        sheet.say(Phrase.PUBLISHING, text(source.publishing())),
        (open
                ? sheet.say(Phrase.NOT_ENCRYPTED)
                : source.securityMode() + ", " + source.securityPolicy())
            + ", "
            + user(source.user().isPresent()));
  }

  private void mqtt(MqttSource source) {
    Broker broker = gateway.broker(source.broker());
    String scheme = Optional.ofNullable(broker.url().getScheme()).orElse("");
    boolean secured = scheme.equals("ssl") || scheme.equals("mqtts") || scheme.equals("wss");
    sheet.row(
        source.name(),
        broker.version() == GatewayConfig.MqttVersion.V5 ? "MQTT 5" : "MQTT 3.1.1",
        bare(broker.url()) + " " + source.topic() + "/#",
        sheet.say(Phrase.QOS_1),
        sheet.say(secured ? Phrase.TLS : Phrase.NOT_ENCRYPTED)
            + ", "
            + user(broker.user().isPresent()));
  }

  private String user(boolean isThere) {
    return sheet.say(isThere ? Phrase.WITH_USER : Phrase.WITHOUT_USER);
  }

  /** Without user name and password, which an address may carry. */
  private static String bare(String address) {
    return address.replaceFirst("//[^/@]*@", "//");
  }

  private static String bare(URI address) {
    return bare(address.toString());
  }

  private void outlets() {
    sheet.heading("h2", Phrase.OUTLETS);
    sheet.facts();
    sheet.fact(
        sheet.say(Phrase.PAGE_AND_API),
        gateway.http().listen().host() + ":" + gateway.http().listen().port());
    sheet.fact(
        "InfluxDB",
        gateway
            .influx()
            .map(i -> bare(i.url()) + ", " + i.bucket())
            .orElseGet(() -> sheet.say(Phrase.NOT_USED)));
    sheet.endTable();
  }

  private void measured() {
    sheet.heading("h2", Phrase.MEASURED_FIGURES);
    sheet.paragraph(sheet.say(Phrase.PIPELINE_MEASURED));
    FigureTable.write(
        sheet,
        reader,
        data.request(),
        sheet.say(Phrase.ASSET),
        FigureTable.leaves(reader, data.request()),
        List.of(
            kpi("sensor_data_completeness"),
            kpi("timely_completeness"),
            kpi("update_frequency_conformity"),
            kpi("source_availability"),
            kpi("clock_conformity")));
    sheet.heading("h3", Phrase.LATENCIES);
    LatencyTable.write(
        sheet,
        data,
        List.of(
            "longest_gap",
            "sensing_to_decision_latency_p50",
            "sensing_to_decision_latency_p95",
            "inference_latency_p50",
            "inference_latency_p95",
            "inference_latency_p99",
            "link_mtbf",
            "link_mttr",
            "link_repair_p50"));
    sheet.note(sheet.say(Phrase.LATENCY_NOTE));
  }

  private static Kpi kpi(String id) {
    return Kpis.byId(id);
  }

  /** Assets with the same signals are listed together, as they were made from one template. */
  private void signals() {
    Map<List<SignalConfig>, List<String>> groups = new LinkedHashMap<>();
    for (AssetConfig asset : gateway.assets()) {
      groups.computeIfAbsent(asset.signals(), s -> new ArrayList<>()).add(asset.name());
    }
    html.open("section");
    sheet.heading("h2", Phrase.SIGNALS);
    sheet.paragraph(sheet.say(Phrase.SIGNALS_INTRO));
    int shown = 0;
    for (Map.Entry<List<SignalConfig>, List<String>> group : groups.entrySet()) {
      if (!group.getKey().isEmpty() && shown < MOST_SIGNALS) {
        html.element("h3", names(group.getValue()));
        signals(group.getKey().subList(0, Math.min(group.getKey().size(), MOST_SIGNALS - shown)));
        shown += group.getKey().size();
      }
    }
    if (shown > MOST_SIGNALS) {
      sheet.note(sheet.say(Phrase.MORE_SIGNALS));
    }
    html.close("section");
  }

  private String names(List<String> names) {
    String shown = String.join(", ", names.subList(0, Math.min(names.size(), MOST_NAMES)));
    int more = names.size() - MOST_NAMES;
    return more > 0 ? shown + " " + sheet.say(Phrase.AND_MORE, more) : shown;
  }

  private void signals(List<SignalConfig> signals) {
    sheet.table(
        List.of(20, 26, 10, 9, 10, 12, 13),
        List.of(
            sheet.say(Phrase.SIGNAL),
            sheet.say(Phrase.ADDRESS),
            sheet.say(Phrase.UNIT),
            sheet.say(Phrase.PERIOD_OF_SIGNAL) + "#",
            sheet.say(Phrase.DEADLINE) + "#",
            sheet.say(Phrase.RANGE),
            sheet.say(Phrase.MODE)));
    for (SignalConfig signal : signals) {
      html.open("tr");
      sheet.cell("wide", signal.name());
      sheet.cell("wide small muted", signal.address());
      sheet.cell("", signal.text() ? sheet.say(Phrase.TEXT) : signal.unit());
      sheet.cell("number", text(signal.period()));
      sheet.cell("number", text(signal.deadline()));
      sheet.cell("", range(signal));
      sheet.cell("", sheet.words().name("mode", signal.mode()));
      html.close("tr");
    }
    sheet.endTable();
  }

  private String range(SignalConfig signal) {
    boolean open = Double.isInfinite(signal.min()) && Double.isInfinite(signal.max());
    return open || signal.text()
        ? Format.NOTHING
        : bound(signal.min()) + " – " + bound(signal.max());
  }

  private String bound(double value) {
    return sheet.format().quantity(value, "");
  }
}
