package io.feedrate.collector.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One step of the live stream: the JSON of every section, and what changed since the step before.
 * Immutable.
 */
final class LiveFrames {

  /** Before the first step. */
  static final LiveFrames FIRST = new LiveFrames(0, Map.of(), Map.of(), 0, "");

  private static final String ASSETS = "assets";
  private static final String SECONDS = "seconds";

  private final long sequence;
  private final Map<String, String> sections;
  private final Map<String, String> assets;
  private final long newestSecond;
  private final String update;

  private LiveFrames(
      long sequence,
      Map<String, String> sections,
      Map<String, String> assets,
      long newestSecond,
      String update) {
    this.sequence = sequence;
    this.sections = sections;
    this.assets = assets;
    this.newestSecond = newestSecond;
    this.update = update;
  }

  /** The step after this one. */
  LiveFrames next(PlantView.Snapshot now) {
    Map<String, String> next = new LinkedHashMap<>();
    next.put("time", Json.write(now.time()));
    next.put("gateway", Json.write(now.gateway()));
    next.put("health", Json.write(now.health()));
    next.put(SECONDS, Json.write(now.seconds()));
    next.put("nodes", Json.write(now.nodes()));
    next.put("links", Json.write(now.links().stream().map(ApiModel.Link::of).toList()));
    next.put(
        "rejects", Json.write(new ApiModel.Rejects(now.rejectedByCause(), now.recentRejects())));
    next.put("updates", Json.write(now.updates().stream().map(ApiModel.Update::of).toList()));
    next.put("assessment", Json.write(now.assessment()));
    Map<String, String> nextAssets = new LinkedHashMap<>();
    for (PlantView.AssetView asset : now.assets()) {
      nextAssets.put(asset.path(), Json.write(asset));
    }
    return new LiveFrames(
        sequence + 1,
        next,
        nextAssets,
        now.seconds().newestSecond(),
        changes(now, next, nextAssets));
  }

  private String changes(
      PlantView.Snapshot now, Map<String, String> next, Map<String, String> nextAssets) {
    Map<String, String> changed = new LinkedHashMap<>();
    next.forEach(
        (name, json) -> {
          if (!json.equals(sections.get(name)) || name.equals("time")) {
            changed.put(name, json);
          }
        });
    if (changed.containsKey(SECONDS)) {
      // Those that are new, and the one that was the newest: it may not have been over.
      long fresh = now.seconds().newestSecond() - newestSecond + 1;
      changed.put(SECONDS, Json.write(now.seconds().last(fresh)));
    }
    List<String> changedAssets = new ArrayList<>();
    nextAssets.forEach(
        (path, json) -> {
          if (!json.equals(assets.get(path))) {
            changedAssets.add(json);
          }
        });
    if (!nextAssets.keySet().equals(assets.keySet())) {
      // The register changed: the client needs the list, not the difference.
      return event("snapshot", sequence + 1, next, nextAssets.values());
    }
    return event("update", sequence + 1, changed, changedAssets);
  }

  /** Everything, as an event. */
  String snapshot() {
    return event("snapshot", sequence, sections, assets.values());
  }

  /** What changed, as an event. */
  String update() {
    return update;
  }

  private static String event(
      String name, long sequence, Map<String, String> sections, Iterable<String> assets) {
    StringBuilder out = new StringBuilder(4096);
    out.append("event: ").append(name).append("\nid: ").append(sequence).append("\ndata: {");
    sections.forEach(
        (key, json) -> out.append('"').append(key).append("\":").append(json).append(','));
    out.append('"').append(ASSETS).append("\":[").append(String.join(",", assets)).append("]}\n\n");
    return out.toString();
  }
}
