package io.feedrate.collector.web;

import io.feedrate.collector.web.ApiModel.KpiDefinition;
import io.feedrate.collector.web.Params.Range;
import io.feedrate.collector.web.PlantView.Snapshot;
import io.feedrate.collector.web.PlantView.Window;
import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Span;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The answers below {@code /api/v1}: each method reads its parameters and returns what becomes the
 * JSON.
 *
 * <p><b>Thread</b>: a worker; all of them may wait for the store.
 */
final class Api {

  private static final int MOST_SUBJECTS = 200;
  private static final int MOST_POINTS = 2_000;
  private static final int MOST_RESULTS = 10_000;
  private static final int MOST_REJECTS = 500;

  private final PlantView view;

  Api(PlantView view) {
    this.view = view;
  }

  Object overview(RoutingContext context) {
    Snapshot now = view.now();
    noParams(context, now);
    return ApiModel.Overview.of(now);
  }

  Object assets(RoutingContext context) {
    Snapshot now = view.now();
    Params params = new Params(context, now.time(), "kind");
    String kind = params.optional("kind");
    if (kind == null) {
      return now.assets();
    }
    Asset.Kind wanted = enumParam("kind", kind, Asset.Kind.values());
    return now.assets().stream().filter(a -> a.kind() == wanted).toList();
  }

  Object nodes(RoutingContext context) {
    Snapshot now = view.now();
    noParams(context, now);
    return now.nodes();
  }

  Object links(RoutingContext context) {
    Snapshot now = view.now();
    noParams(context, now);
    return now.links().stream().map(ApiModel.Link::of).toList();
  }

  Object seconds(RoutingContext context) {
    Snapshot now = view.now();
    noParams(context, now);
    return now.seconds();
  }

  Object rejects(RoutingContext context) {
    Snapshot now = view.now();
    int limit = new Params(context, now.time(), "limit").number("limit", 50, 1, MOST_REJECTS);
    return new ApiModel.Rejects(now.rejectedByCause(), view.rejects(limit));
  }

  Object assessment(RoutingContext context) {
    Snapshot now = view.now();
    noParams(context, now);
    AssessmentView assessment = now.assessment();
    if (assessment == null) {
      throw Problem.unavailable(
          "there is no assessment yet; the first one comes with the first closed window");
    }
    return assessment;
  }

  Object kpis(RoutingContext context) {
    noParams(context, view.now());
    return view.kpis().stream().map(KpiDefinition::of).toList();
  }

  Object register(RoutingContext context) {
    noParams(context, view.now());
    return new Raw(view.registerJson());
  }

  Object modelUpdates(RoutingContext context) {
    Snapshot now = view.now();
    Params params = new Params(context, now.time(), "from", "to", "node", "end");
    String node = params.optional("node");
    if (node != null) {
      checkSubject("node", node);
    }
    String end = params.optional("end");
    ModelUpdate.End wanted = end == null ? null : enumParam("end", end, ModelUpdate.End.values());
    Range range = params.range();
    return view.modelUpdates(range.from(), range.to()).stream()
        .filter(u -> node == null || u.node().equals(node))
        .filter(u -> wanted == null || u.end() == wanted)
        .map(ApiModel.Update::of)
        .toList();
  }

  Object results(RoutingContext context) {
    Params params =
        new Params(context, view.now().time(), "kpi", "subject", "span", "from", "to", "limit");
    Kpi kpi = kpi(params.required("kpi"));
    String subject = params.required("subject");
    checkSubject("subject", subject);
    String named = params.optional("span");
    Span span = named == null ? Span.WINDOW : enumParam("span", named, Span.values());
    int limit = params.number("limit", 1_000, 1, MOST_RESULTS);
    Range range = params.range();
    List<Result> found = view.results(kpi.id(), subject, span, range.from(), range.to(), limit + 1);
    return new ApiModel.Results(
        KpiDefinition.of(kpi),
        subject,
        span,
        range.from(),
        range.to(),
        found.size() > limit,
        found.stream().limit(limit).map(r -> ApiModel.KpiResult.of(kpi, r)).toList());
  }

  Object completeness(RoutingContext context) {
    Snapshot now = view.now();
    Params params = new Params(context, now.time(), "subject", "from", "to", "step");
    List<String> subjects = params.all("subject", MOST_SUBJECTS);
    for (String subject : subjects) {
      checkSubject("subject", subject);
    }
    if (subjects.isEmpty()) {
      subjects = dataAssets(now);
    }
    Range range = params.range();
    WindowSums sums = sums(params, range, now);
    Map<String, List<Window>> windows = view.windows(subjects, range.from(), range.to());
    return new ApiModel.Completeness(
        range.from(),
        range.to(),
        sums.stepSeconds(),
        subjects.stream()
            .map(
                s -> {
                  List<Window> stored = windows.getOrDefault(s, List.of());
                  return new ApiModel.SubjectCompleteness(
                      s, sums.whole(stored), sums.steps(stored));
                })
            .toList());
  }

  Object signals(RoutingContext context) {
    Snapshot now = view.now();
    Params params = new Params(context, now.time(), "asset", "from", "to", "step");
    String asset = params.required("asset");
    if (now.assets().stream().noneMatch(a -> a.path().equals(asset))) {
      throw Problem.notFound("no asset of this path; /api/v1/assets lists them");
    }
    Range range = params.range();
    WindowSums sums = sums(params, range, now);
    return new ApiModel.Signals(
        asset,
        range.from(),
        range.to(),
        sums.stepSeconds(),
        view.signals(asset, range.from(), range.to()).stream().map(s -> signal(s, sums)).toList());
  }

  private static ApiModel.SignalCompleteness signal(PlantView.SignalView s, WindowSums sums) {
    return new ApiModel.SignalCompleteness(
        s.path(),
        s.name(),
        s.unit(),
        s.mode().name(),
        s.periodSeconds(),
        s.deadlineSeconds(),
        s.min(),
        s.max(),
        s.text(),
        sums.whole(s.windows()),
        sums.steps(s.windows()));
  }

  private static WindowSums sums(Params params, Range range, Snapshot now) {
    Duration step = params.duration("step");
    double each = step == null ? now.gateway().windowSeconds() : Times.seconds(step);
    double points = Times.seconds(Duration.between(range.from(), range.to())) / each;
    if (points > MOST_POINTS) {
      throw Problem.badParameter(
          "step",
          String.format(
              Locale.ROOT,
              "%.0f windows of %.0f s in this range, at most %d; ask for a longer step",
              points,
              each,
              MOST_POINTS));
    }
    return new WindowSums(step, each);
  }

  private static List<String> dataAssets(Snapshot now) {
    List<String> paths =
        now.assets().stream()
            .filter(a -> a.kind() == Asset.Kind.MACHINE || a.kind() == Asset.Kind.NODE)
            .map(PlantView.AssetView::path)
            .toList();
    if (paths.size() > MOST_SUBJECTS) {
      throw Problem.badParameter(
          "subject",
          "there are " + paths.size() + " machines; name up to " + MOST_SUBJECTS + " of them");
    }
    return paths;
  }

  private Kpi kpi(String id) {
    return view.kpis().stream()
        .filter(k -> k.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                Problem.badParameter(
                    "kpi",
                    "unknown; known are "
                        + view.kpis().stream().map(Kpi::id).collect(Collectors.joining(", "))));
  }

  private void checkSubject(String parameter, String path) {
    if (!view.isSubject(path)) {
      throw new Problem(
          404,
          "Not found",
          parameter + ": no asset or signal of this path; /api/v1/assets lists the assets",
          parameter);
    }
  }

  private static void noParams(RoutingContext context, Snapshot now) {
    var unused = new Params(context, now.time());
  }

  private static <E extends Enum<E>> E enumParam(String name, String text, E[] values) {
    for (E value : values) {
      if (value.name().equalsIgnoreCase(text)) {
        return value;
      }
    }
    String known = List.of(values).stream().map(Enum::name).collect(Collectors.joining(", "));
    throw Problem.badParameter(name, "must be one of " + known);
  }

  /** An answer that is JSON text already. */
  record Raw(String json) {}
}
