package io.feedrate.collector.config;

import io.feedrate.collector.config.GatewayConfig.AssetConfig;
import io.feedrate.collector.config.GatewayConfig.SignalConfig;
import io.feedrate.collector.config.GatewayConfig.Source;
import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Role;
import io.feedrate.kpi.SignalMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads assets with their templates, and finds what is there twice. */
final class AssetReader {

  private static final int MAX_SIGNALS = 100_000;

  private final Map<String, Source> sources;
  private final SignalReader signals = new SignalReader();
  private final Map<String, Entry> templates;
  private final List<AssetConfig> assets = new ArrayList<>();

  /** Path below the site to the name of what has it, for the messages. */
  private final Map<String, String> taken = new HashMap<>();

  private final Map<String, String> addresses = new HashMap<>();
  private int signalCount;

  AssetReader(Entry top, Map<String, Source> sources) {
    this.sources = sources;
    this.templates = top.children("templates");
    for (Entry template : templates.values()) {
      for (Entry signal : ownSignals(template).values()) {
        signals.check(signal);
      }
    }
    List<Entry> entries = top.items("assets");
    for (Entry entry : entries) {
      reserveLine(entry.text("line", ""));
    }
    for (Entry entry : entries) {
      assets.add(asset(entry));
    }
  }

  List<AssetConfig> assets() {
    return assets;
  }

  private void reserveLine(String line) {
    for (int end = line.indexOf('/'); end >= 0; end = line.indexOf('/', end + 1)) {
      taken.putIfAbsent(line.substring(0, end), "a line");
    }
    taken.putIfAbsent(line, "a line");
  }

  private AssetConfig asset(Entry entry) {
    String name = entry.text("name", "");
    String line = entry.text("line", "");
    if (!name.isEmpty() && !line.isEmpty()) {
      String other = taken.putIfAbsent(line + "/" + name, "an asset");
      if (other != null) {
        entry.problem(
            "name",
            "the path " + Texts.quote(line + "/" + name) + " is already that of " + other,
            "Give it another name or another line.");
      }
    }
    Optional<Source> source = source(entry);
    Optional<Entry> template = template(entry);
    String kind = entry.text("kind").or(() -> template.flatMap(t -> t.text("kind"))).orElse("");
    return new AssetConfig(
        name,
        line,
        kind.equals("node") ? Asset.Kind.NODE : Asset.Kind.MACHINE,
        entry.text("source", ""),
        inherited(entry, template, "supplier"),
        idealCycle(entry, template),
        signals(entry, template, source.orElse(null)));
  }

  /** The asset's text of this key, else its template's, else "". */
  private static String inherited(Entry entry, Optional<Entry> template, String key) {
    return entry.text(key).or(() -> template.flatMap(t -> t.text(key))).orElse("");
  }

  private static Duration idealCycle(Entry entry, Optional<Entry> template) {
    Duration common =
        template.map(t -> t.duration("ideal-cycle", Duration.ZERO)).orElse(Duration.ZERO);
    return entry.duration("ideal-cycle", common);
  }

  private Optional<Source> source(Entry entry) {
    Optional<String> name = entry.text("source");
    if (name.isEmpty()) {
      return Optional.empty();
    }
    if (!sources.containsKey(name.get())) {
      entry.problem(
          "source",
          "there is no source " + Texts.quote(name.get()),
          entry.suggestion(name.get(), sources.keySet()));
    }
    return Optional.ofNullable(sources.get(name.get()));
  }

  private Optional<Entry> template(Entry entry) {
    Optional<String> name = entry.text("template");
    if (name.isPresent() && !templates.containsKey(name.get())) {
      entry.problem(
          "template",
          "there is no template " + Texts.quote(name.get()),
          templates.isEmpty()
              ? "Add it under \"templates:\"."
              : entry.suggestion(name.get(), templates.keySet()));
    }
    return name.map(templates::get);
  }

  private List<SignalConfig> signals(
      Entry entry, Optional<Entry> template, @Nullable Source source) {
    Map<String, Entry> merged = new LinkedHashMap<>();
    template.ifPresent(t -> merged.putAll(ownSignals(t)));
    ownSignals(entry).forEach((name, own) -> merged.merge(name, own, Entry::with));
    if (!merged.isEmpty() && !entry.has("source")) {
      entry.problem(
          "the asset has signals but no source",
          sources.isEmpty()
              ? ""
              : "Add \"source:\" with one of " + Texts.list(sources.keySet()) + ".");
    }
    signalCount += merged.size();
    if (signalCount > MAX_SIGNALS) {
      entry.problem(
          "more than " + MAX_SIGNALS + " signals up to here",
          "Spread the machines over several gateways.");
      return List.of();
    }
    Map<String, String> vars = vars(entry);
    String owner = inherited(entry, template, "owner");
    Map<Role, String> roles = new EnumMap<>(Role.class);
    List<SignalConfig> list = new ArrayList<>();
    for (Entry signal : merged.values()) {
      SignalConfig config = signals.read(signal, source, vars, owner);
      list.add(config);
      checkRole(signal, config, roles);
      checkAddress(entry, signal, config);
    }
    return list;
  }

  /** What a machine's state is can be told by one signal only. */
  private static void checkRole(Entry signal, SignalConfig config, Map<Role, String> roles) {
    Role role = config.role();
    if (role == Role.NONE || role == Role.COUNTER) {
      return;
    }
    if (role == Role.SWITCHED_ON && config.mode() == SignalMode.EVENT) {
      signal.problem(
          "role",
          "a signal that is not required cannot say that its machine is switched off",
          "Let its mode be on-change or periodic.");
    }
    String other = roles.putIfAbsent(role, config.name());
    if (other != null) {
      signal.problem(
          "role",
          "signal " + Texts.quote(other) + " of this asset has the role " + SignalReader.name(role),
          "Let one of the two have it.");
    }
  }

  /** By name; what has no name is left to the schema, what is there twice is reported. */
  private static Map<String, Entry> ownSignals(Entry owner) {
    Map<String, Entry> byName = new LinkedHashMap<>();
    for (Entry signal : owner.items("signals")) {
      String name = signal.text("name", "");
      if (!name.isEmpty() && byName.putIfAbsent(name, signal) != null) {
        signal.problem(
            "name",
            "there are two signals " + Texts.quote(name) + " here",
            "Rename or remove one of the two.");
      }
    }
    return byName;
  }

  private static Map<String, String> vars(Entry entry) {
    Map<String, String> vars = new LinkedHashMap<>();
    vars.put("name", entry.text("name", ""));
    Entry own = entry.child("vars");
    for (String key : own.fields().keySet()) {
      if (key.equals("name")) {
        own.problem(
            "name", "${name} always is the asset's name", "Choose another name for the variable.");
      } else {
        own.scalar(key).ifPresent(value -> vars.put(key, value));
      }
    }
    return vars;
  }

  private void checkAddress(Entry asset, Entry signal, SignalConfig config) {
    String source = asset.text("source", "");
    if (!sources.containsKey(source) || config.address().isEmpty()) {
      return;
    }
    String mine = asset.text("name", "") + "/" + config.name();
    String other = addresses.putIfAbsent(source + "\n" + config.address(), mine);
    if (other != null) {
      boolean mqtt = sources.get(source) instanceof GatewayConfig.MqttSource;
      signal.problem(
          mqtt ? "key" : "node",
          String.format(
              "signals %s and %s read the same %s of source %s",
              Texts.quote(other),
              Texts.quote(mine),
              Texts.quote(config.address()),
              Texts.quote(source)),
          mqtt
              ? "Give each signal of a source a key of its own."
              : "Correct one node id, or remove one of the two signals.");
    }
  }
}
