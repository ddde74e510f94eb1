package io.feedrate.collector.report;

import io.feedrate.collector.config.GatewayConfig;
import io.feedrate.collector.config.GatewayConfig.AssetConfig;
import io.feedrate.collector.config.GatewayConfig.MqttSource;
import io.feedrate.collector.config.GatewayConfig.SignalConfig;
import io.feedrate.collector.store.ModelUpdateRow;
import io.feedrate.collector.store.StoreReader;
import io.feedrate.kpi.Asset;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Role;
import io.feedrate.kpi.engine.Kpis;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What passes between controllers and models, line by line. Which of a controller's values a model
 * takes in is told by no protocol: the document lists what there is and leaves that to a person.
 */
final class InterfacePages {

  private static final int MOST_ASSETS = 20;

  private final Sheet sheet;
  private final ReportData data;
  private final StoreReader reader;
  private final GatewayConfig gateway;
  private final Html html;

  InterfacePages(Sheet sheet, ReportData data, StoreReader reader, GatewayConfig gateway) {
    this.sheet = sheet;
    this.data = data;
    this.reader = reader;
    this.gateway = gateway;
    this.html = sheet.html();
  }

  void write() {
    Map<String, List<AssetConfig>> lines = new TreeMap<>();
    for (AssetConfig asset : gateway.assets()) {
      lines.computeIfAbsent(asset.line(), line -> new ArrayList<>()).add(asset);
    }
    lines.forEach(this::line);
    back();
    measured();
  }

  private void line(String line, List<AssetConfig> assets) {
    html.element("h2", sheet.say(Phrase.LINE, line));
    sheet.heading("h3", Phrase.MODELS_OF_LINE);
    models(assets.stream().filter(a -> a.kind() == Asset.Kind.NODE).toList());
    sheet.heading("h3", Phrase.CONTROLLER_VALUES);
    sheet.paragraph(sheet.say(Phrase.CONTROLLER_VALUES_INTRO));
    values(assets.stream().filter(a -> a.kind() == Asset.Kind.MACHINE).toList());
  }

  /** The model that serves on each node by the newest update. */
  private void models(List<AssetConfig> nodes) {
    if (nodes.isEmpty()) {
      sheet.paragraph(sheet.say(Phrase.NO_NODES));
      return;
    }
    sheet.table(
        List.of(18, 27, 26, 29),
        List.of(
            sheet.say(Phrase.NODE), sheet.say(Phrase.ADDRESS), sheet.say(Phrase.MODEL), "SHA-256"));
    List<ModelUpdate> updates =
        reader.modelUpdatesOpenIn(0, data.request().toNs()).stream()
            .map(ModelUpdateRow::update)
            .toList();
    for (AssetConfig node : nodes.subList(0, Math.min(nodes.size(), MOST_ASSETS))) {
      node(node, updates);
    }
    sheet.endTable();
    if (nodes.size() > MOST_ASSETS) {
      sheet.note(sheet.say(Phrase.MORE_ROWS, sheet.format().integer(nodes.size() - MOST_ASSETS)));
    }
  }

  private void node(AssetConfig node, List<ModelUpdate> updates) {
    String path = gateway.site() + "/" + node.line() + "/" + node.name();
    Map<String, ModelUpdate> serving = new TreeMap<>();
    for (ModelUpdate update : updates) {
      if (update.node().equals(path) && update.end() == ModelUpdate.End.SERVED) {
        serving.merge(update.model(), update, (a, b) -> a.endNs() > b.endNs() ? a : b);
      }
    }
    String topic =
        gateway.sources().stream()
            .filter(s -> s.name().equals(node.source()))
            .map(s -> s instanceof MqttSource mqtt ? mqtt.topic() : s.name())
            .findFirst()
            .orElse(Format.NOTHING);
    if (serving.isEmpty()) {
      sheet.row(node.name(), topic, sheet.say(Phrase.NO_MODEL_TOLD), Format.NOTHING);
    }
    for (ModelUpdate update : serving.values()) {
      html.open("tr");
      sheet.cell("wide", node.name());
      sheet.cell("wide", topic);
      sheet.cell("wide", update.model() + " " + update.version());
      sheet.cell("digest", update.digest().isEmpty() ? Format.NOTHING : update.digest());
      html.close("tr");
    }
  }

  /** Machines with the same signals are listed together. */
  private void values(List<AssetConfig> machines) {
    Map<List<SignalConfig>, List<String>> groups = new LinkedHashMap<>();
    for (AssetConfig machine : machines) {
      groups.computeIfAbsent(machine.signals(), s -> new ArrayList<>()).add(machine.name());
    }
    groups.forEach(this::values);
  }

  private void values(List<SignalConfig> signals, List<String> machines) {
    int more = machines.size() - MOST_ASSETS;
    String names =
        String.join(", ", machines.subList(0, Math.min(machines.size(), MOST_ASSETS)))
            + (more > 0 ? " " + sheet.say(Phrase.AND_MORE, more) : "");
    html.element("p", names, "class", "name");
    sheet.table(
        List.of(28, 14, 14, 22, 22),
        List.of(
            sheet.say(Phrase.SIGNAL),
            sheet.say(Phrase.UNIT),
            sheet.say(Phrase.PERIOD_OF_SIGNAL) + "#",
            sheet.say(Phrase.ROLE),
            sheet.say(Phrase.INPUT_OF_MODEL)));
    for (SignalConfig signal : signals) {
      html.open("tr");
      sheet.cell("wide", signal.name());
      sheet.cell("", signal.text() ? sheet.say(Phrase.TEXT) : signal.unit());
      sheet.cell("number", sheet.format().duration(signal.period().toNanos()));
      sheet.cell(
          "",
          signal.role() == Role.NONE ? Format.NOTHING : sheet.words().name("role", signal.role()));
      sheet.cell("muted", "☐");
      html.close("tr");
    }
    sheet.endTable();
  }

  private void back() {
    html.open("section");
    sheet.heading("h2", Phrase.WHAT_COMES_BACK);
    sheet.table(
        List.of(20, 30, 50),
        List.of(sheet.say(Phrase.MESSAGE), sheet.say(Phrase.FROM_TO), sheet.say(Phrase.MEANING)));
    sheet.row("inference", sheet.say(Phrase.FROM_NODE), sheet.say(Phrase.INFERENCE_CARRIES));
    sheet.row("advice", sheet.say(Phrase.FROM_NODE), sheet.say(Phrase.ADVICE_CARRIES));
    sheet.row(
        "event: response", sheet.say(Phrase.FROM_CONTROLLER), sheet.say(Phrase.RESPONSE_CARRIES));
    sheet.row(
        "event: part-produced", sheet.say(Phrase.FROM_CONTROLLER), sheet.say(Phrase.PART_CARRIES));
    sheet.row("model", sheet.say(Phrase.FROM_REGISTRY), sheet.say(Phrase.MODEL_CARRIES));
    sheet.endTable();
  }

  private void measured() {
    sheet.heading("h2", Phrase.MEASURED_FIGURES);
    sheet.paragraph(sheet.say(Phrase.INTERFACE_MEASURED));
    LatencyTable.write(
        sheet,
        data,
        List.of(
            "closed_loop_ratio",
            "decision_to_actuation_latency_p50",
            "decision_to_actuation_latency_p95",
            "decision_to_actuation_latency_received_p50",
            "decision_to_actuation_latency_received_p95",
            "sensing_to_decision_latency_p50",
            "sensing_to_decision_latency_p95",
            "inference_latency_p95",
            "inference_availability",
            "ai_in_loop_coverage",
            "interface_conformance",
            "unannounced_interface_changes"));
    List<Asset> nodes =
        FigureTable.leaves(reader, data.request()).stream()
            .filter(a -> a.kind() == Asset.Kind.NODE)
            .toList();
    FigureTable.write(
        sheet,
        reader,
        data.request(),
        sheet.say(Phrase.NODE),
        nodes,
        List.of(
            Kpis.byId("closed_loop_ratio"),
            Kpis.byId("decision_to_actuation_latency_p95"),
            Kpis.byId("sensing_to_decision_latency_p95"),
            Kpis.byId("inference_latency_p95")));
    html.close("section");
  }
}
