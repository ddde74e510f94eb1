package io.feedrate.kpi.scenario;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Role;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.SignalMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes the engine's register of what a scenario says about its machines and nodes. */
final class RegisterReader {
  private static final String LINE = "site/line";
  private static final Pattern SIGNAL =
      Pattern.compile("(periodic|on-change|event) every (\\S+?)((?:, [^,]+)*)");
  private static final Pattern RANGE = Pattern.compile("range (\\S+) to (\\S+)");
  private static final Pattern OPTION = Pattern.compile("(deadline|role|unit|owner|meaning) (.+)");

  private final List<Asset> assets = new ArrayList<>();
  private final List<Signal> signals = new ArrayList<>();
  private final List<String> links = new ArrayList<>();

  private RegisterReader() {
    assets.add(new Asset(0, "site", Asset.Kind.SITE, Asset.NO_PARENT, Asset.NO_LINK, ""));
    assets.add(new Asset(1, LINE, Asset.Kind.LINE, 0, Asset.NO_LINK, ""));
  }

  /** The path of what scenarios call "site", "line", "cnc-1" or "cnc-1/speed". */
  static String path(String shortName) {
    return switch (shortName) {
      case "site" -> shortName;
      case "line" -> LINE;
      default -> LINE + "/" + shortName;
    };
  }

  /** What scenarios call a path. */
  static String shortName(String path) {
    return path.equals("site") || path.equals(LINE)
        ? path.substring(path.indexOf('/') + 1)
        : path.substring(LINE.length() + 1);
  }

  /** A key of the register's part of a scenario. */
  static String key(Text key) {
    List<String> keys = new ArrayList<>(RulesReader.KEYS);
    keys.addAll(List.of("machines", "nodes"));
    return key.oneOf(keys, "key");
  }

  /** The register that these parts, by key, describe. */
  static Register read(Map<String, Block> parts, int number, Text place) {
    RegisterReader reader = new RegisterReader();
    reader.assets(parts.get("machines"), Asset.Kind.MACHINE);
    reader.assets(parts.get("nodes"), Asset.Kind.NODE);
    if (reader.links.isEmpty()) {
      throw place.fault("the plant has neither machines nor nodes");
    }
    return new Register(
        "register-" + number,
        reader.assets,
        reader.signals,
        reader.links,
        RulesReader.read(parts, reader.links));
  }

  /** The same register with windows of another length. */
  static Register withWindows(Register r, long ns) {
    return new Register(
        r.hash() + "-windows-" + ns, r.assets(), r.signals(), r.links(), r.rules().windows(ns, ns));
  }

  private void assets(@Nullable Block block, Asset.Kind kind) {
    if (block == null) {
      return;
    }
    for (Block.Entry entry : block.entries()) {
      entry.value().entries(List.of("source", "signals", "cycle"));
      String source = entry.value().required("source").text().words();
      if (!links.contains(source)) {
        links.add(source);
      }
      String path = path(entry.key().words());
      Block cycle = entry.value().optional("cycle");
      long cycleNs = cycle == null ? 0 : Times.durationNs(cycle.text());
      Asset asset = new Asset(assets.size(), path, kind, 1, links.indexOf(source), "", cycleNs);
      assets.add(asset);
      Block its = entry.value().optional("signals");
      if (its != null) {
        its.entries().forEach(e -> signal(asset, e.key(), e.value().text()));
      }
    }
  }

  private void signal(Asset asset, Text name, Text says) {
    Matcher m = SIGNAL.matcher(says.words());
    if (!m.matches()) {
      throw says.fault(
          "'%s' is not a signal such as: periodic every 1s, range 0 to 100"
              .formatted(says.words()));
    }
    long periodNs = Times.durationNs(says.of(m.group(2)));
    Map<String, Text> options = new HashMap<>();
    double min = Double.NEGATIVE_INFINITY;
    double max = Double.POSITIVE_INFINITY;
    for (String option : m.group(3).isEmpty() ? List.<String>of() : split(m.group(3))) {
      Matcher range = RANGE.matcher(option);
      Matcher other = OPTION.matcher(option);
      if (range.matches()) {
        min = Double.parseDouble(range.group(1));
        max = Double.parseDouble(range.group(2));
      } else if (other.matches()) {
        options.put(other.group(1), says.of(other.group(2)));
      } else if (option.equals("text")) {
        options.put(option, says.of(option));
      } else {
        throw says.fault("a signal has no '" + option + "'");
      }
    }
    Text deadline = options.get("deadline");
    Text role = options.get("role");
    signals.add(
        new Signal(
            signals.size(),
            asset.path() + "/" + name.words(),
            asset.id(),
            asset.link(),
            says.of(m.group(1)).constant(SignalMode.class, "mode"),
            periodNs,
            deadline == null ? periodNs : Times.durationNs(deadline),
            min,
            max,
            words(options.get("unit"), "1"),
            options.containsKey("text"),
            role == null ? Role.NONE : role.constant(Role.class, "role"),
            words(options.get("owner"), ""),
            words(options.get("meaning"), "")));
  }

  private static List<String> split(String options) {
    return List.of(options.substring(2).split(", "));
  }

  private static String words(@Nullable Text text, String otherwise) {
    return text == null ? otherwise : text.words();
  }
}
