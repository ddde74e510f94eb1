package io.feedrate.kpi.capability;

import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.ModelUpdate.End;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Where the time of model updates goes, by the sources' clocks.
 *
 * <p>A served update is cut at the stages that were reported of it: its spans add up to its
 * latency. A stage that nobody reported is skipped, and the span over it says so by its ends. Open
 * updates have no spans: a median over what has ended so far would forget the slow ones, so they
 * are counted where they stand instead. A negative span (two clocks) stays negative.
 *
 * <p><b>Thread</b>: any; immutable.
 *
 * @param spans every pair of stages that followed each other in some update, in stage order
 * @param waiting where the open updates stand, in stage order; stages where none does are left out
 * @param unreported of the served updates, how many did not report each stage; 0 is left out
 */
public record StageTimes(List<Span> spans, List<Waiting> waiting, Map<Stage, Integer> unreported) {

  /** The stages that cut an update. Those between them are not told apart. */
  public enum Stage {
    APPROVED,
    ANNOUNCED,
    DOWNLOADED,
    LOADED,
    SERVED;

    /** When a target reached it, or empty if that was not reported. */
    OptionalLong of(ModelUpdate target) {
      return switch (this) {
        case APPROVED -> OptionalLong.of(target.approvedNs());
        case ANNOUNCED -> reported(target, ModelStage.ANNOUNCED);
        case DOWNLOADED -> reported(target, ModelStage.DOWNLOADED);
        case LOADED -> reported(target, ModelStage.LOADED);
        case SERVED ->
            target.end() == End.SERVED ? OptionalLong.of(target.endNs()) : OptionalLong.empty();
      };
    }

    private static OptionalLong reported(ModelUpdate target, ModelStage stage) {
      Long atNs = target.stagesNs().get(stage);
      return atNs == null ? OptionalLong.empty() : OptionalLong.of(atNs);
    }
  }

  /**
   * The time from one reported stage to the next reported one.
   *
   * @param from stage that was left
   * @param to stage that was reached; stages between the two were not reported
   * @param n updates that went this way
   * @param medianNs smallest duration that at least half of them did not exceed
   * @param maxNs greatest one
   */
  public record Span(Stage from, Stage to, int n, long medianNs, long maxNs) {

    /** The stages between its ends that these updates did not report. */
    public List<Stage> skipped() {
      return Arrays.asList(Stage.values()).subList(from.ordinal() + 1, to.ordinal());
    }
  }

  /**
   * Open updates at one stage.
   *
   * @param last last stage, in stage order, that was reported of them
   * @param n how many
   * @param oldestNs longest time since that report
   */
  public record Waiting(Stage last, int n, long oldestNs) {}

  public StageTimes {
    spans = List.copyOf(spans);
    waiting = List.copyOf(waiting);
    unreported =
        unreported.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(unreported));
  }

  /** Over targets served, or still open, at {@code toNs}; others are passed over. */
  static StageTimes of(List<ModelUpdate> targets, long toNs) {
    Stage[] stages = Stage.values();
    List<List<Long>> durations = new ArrayList<>();
    for (int i = 0; i < stages.length * stages.length; i++) {
      durations.add(new ArrayList<>());
    }
    Map<Stage, Integer> unreported = new EnumMap<>(Stage.class);
    Map<Stage, Waiting> waiting = new EnumMap<>(Stage.class);
    for (ModelUpdate target : targets) {
      if (target.end() == End.PENDING || target.endNs() >= toNs) {
        stand(target, toNs, waiting);
      } else if (target.end() == End.SERVED) {
        cut(target, durations, unreported);
      }
    }
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < durations.size(); i++) {
      if (!durations.get(i).isEmpty()) {
        spans.add(span(stages[i / stages.length], stages[i % stages.length], durations.get(i)));
      }
    }
    return new StageTimes(spans, List.copyOf(waiting.values()), unreported);
  }

  private static void cut(
      ModelUpdate target, List<List<Long>> durations, Map<Stage, Integer> unreported) {
    Stage last = Stage.APPROVED;
    long lastNs = target.approvedNs();
    for (Stage stage : Stage.values()) {
      OptionalLong atNs = stage.of(target);
      if (atNs.isEmpty()) {
        unreported.merge(stage, 1, Integer::sum);
      } else if (stage != Stage.APPROVED) {
        durations
            .get(last.ordinal() * Stage.values().length + stage.ordinal())
            .add(atNs.getAsLong() - lastNs);
        last = stage;
        lastNs = atNs.getAsLong();
      }
    }
  }

  private static void stand(ModelUpdate target, long toNs, Map<Stage, Waiting> waiting) {
    Stage last = Stage.APPROVED;
    long sinceNs = target.approvedNs();
    for (Stage stage : Stage.values()) {
      OptionalLong atNs = stage.of(target);
      if (atNs.isPresent() && atNs.getAsLong() < toNs) {
        last = stage;
        sinceNs = atNs.getAsLong();
      }
    }
    waiting.merge(
        last,
        new Waiting(last, 1, toNs - sinceNs),
        (a, b) -> new Waiting(a.last, a.n + b.n, Math.max(a.oldestNs, b.oldestNs)));
  }

  private static Span span(Stage from, Stage to, List<Long> durationsNs) {
    long[] sorted = durationsNs.stream().mapToLong(Long::longValue).sorted().toArray();
    long medianNs = sorted[(sorted.length + 1) / 2 - 1];
    return new Span(from, to, sorted.length, medianNs, sorted[sorted.length - 1]);
  }
}
