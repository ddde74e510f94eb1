package io.feedrate.collector.store;

import io.feedrate.kpi.Episode;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Span;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What assessments are made from: a results file, or the leaves of a bundle. */
public interface ResultSource {

  /**
   * Hands over the newest revisions of a KPI's windows of one subject that start in {@code [fromNs,
   * toNs)}, oldest first.
   *
   * @param each must not ask this source
   */
  void forEachResultOf(
      String kpi, String subject, Span span, long fromNs, long toNs, Consumer<Result> each);

  /**
   * Whether it also has days, each of which is the sum of the windows that start in it. Not where
   * another version of Feedrate took over in between: that one knew a part of its first day only.
   */
  boolean hasDays(long fromNs, long toNs);

  /** Where model updates stand that were open at some time in {@code [fromNs, toNs)}. */
  List<ModelUpdateRow> modelUpdatesOpenIn(long fromNs, long toNs);

  /** Episodes that were open at some time in {@code [fromNs, toNs)}, by either clock. */
  List<EpisodeRow> episodesOpenIn(Episode.Kind kind, long fromNs, long toNs);

  /** The register in force at the end. */
  Optional<RegisterRow> latestRegister();
}
