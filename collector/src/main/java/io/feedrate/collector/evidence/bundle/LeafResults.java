package io.feedrate.collector.evidence.bundle;

import io.feedrate.collector.assess.Assessor;
import io.feedrate.collector.journal.EntryKind;
import io.feedrate.collector.store.EntryRow;
import io.feedrate.collector.store.EpisodeRow;
import io.feedrate.collector.store.GapRow;
import io.feedrate.collector.store.LeafText;
import io.feedrate.collector.store.LeafValue;
import io.feedrate.collector.store.ModelUpdateRow;
import io.feedrate.collector.store.RegisterRow;
import io.feedrate.collector.store.ResultSource;
import io.feedrate.kpi.Episode;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What the leaves of a bundle say of the subjects that are assessed: the newest of each, in the
 * order of the log.
 *
 * <p><b>Thread</b>: one at a time. <b>Memory</b>: grows with the windows of these subjects alone.
 */
final class LeafResults implements ResultSource {
  private final List<String> subjects;
  private final long fromNs;
  private final long toNs;
  private final Map<Series, TreeMap<Interval, Result>> windows = new HashMap<>();
  private final Map<Series, Integer> revised = new HashMap<>();
  private final Map<List<Object>, ModelUpdateRow> updates = new LinkedHashMap<>();
  private final Map<List<Object>, EpisodeRow> episodes = new LinkedHashMap<>();
  private final List<RegisterRow> registers = new ArrayList<>();
  private final LeafText text = new LeafText();
  private final List<String> exclusions = new ArrayList<>();
  private final List<String> statements = new ArrayList<>();
  private final List<GapRow> gaps = new ArrayList<>();

  private record Series(String kpi, String subject) {}

  /** From the start of a window to its end. */
  record Interval(long startNs, long endNs) implements Comparable<Interval> {
    @Override
    public int compareTo(Interval other) {
      return Comparator.comparingLong(Interval::startNs)
          .thenComparingLong(Interval::endNs)
          .compare(this, other);
    }
  }

  LeafResults(List<String> subjects, long fromNs, long toNs) {
    this.subjects = List.copyOf(subjects);
    this.fromNs = fromNs;
    this.toNs = toNs;
  }

  /** The leaf that comes next in the log. */
  void accept(long index, LeafValue value) {
    switch (value.kind()) {
      case RESULT -> accept((Result) value.row());
      case MODEL_UPDATE -> accept(index, (ModelUpdate) value.row());
      case EPISODE -> accept(index, (Episode) value.row());
      case REGISTER -> accept((RegisterRow) value.row());
      case GAP -> gaps.add((GapRow) value.row());
      case ENTRY -> accept((EntryRow) value.row());
      case EXCLUSION -> exclusions.add(text.of(value).toString());
      case HANDOVER, KEY -> {}
    }
  }

  /** Whether a window starts in the period. */
  boolean isWithin(Result r) {
    return r.startNs() >= fromNs && r.startNs() < toNs;
  }

  private void accept(Result r) {
    if (r.span() == Span.WINDOW && isWithin(r) && subjects.contains(r.subject())) {
      Series series = new Series(r.kpi(), r.subject());
      Result before =
          windows
              .computeIfAbsent(series, key -> new TreeMap<>())
              .put(new Interval(r.startNs(), r.endNs()), r);
      if (before != null) {
        revised.merge(series, 1, Integer::sum);
      }
    }
  }

  private void accept(long index, ModelUpdate u) {
    List<Object> target = List.of(u.node(), u.model(), u.version(), u.attempt());
    updates.put(target, new ModelUpdateRow(index, u));
  }

  private void accept(long index, Episode e) {
    List<Object> which = List.of(e.kind(), e.subject(), e.key(), e.startNs(), e.startReceivedNs());
    episodes.put(which, new EpisodeRow(index, e));
  }

  private void accept(RegisterRow register) {
    if (register.sinceNs() < toNs) {
      registers.add(register);
    }
  }

  private void accept(EntryRow entry) {
    if (entry.kind() == EntryKind.STATEMENT) {
      statements.add(entry.line());
    }
  }

  /** Texts of the leaves of exclusions, in the order of the log. */
  List<String> exclusions() {
    return Collections.unmodifiableList(exclusions);
  }

  /** Lines that people stated, as far as the log knows them. */
  List<String> statements() {
    return Collections.unmodifiableList(statements);
  }

  /** The windows of a KPI and subject, oldest first. */
  List<Interval> intervals(String kpi, String subject) {
    return List.copyOf(windows.getOrDefault(new Series(kpi, subject), new TreeMap<>()).keySet());
  }

  /** How many windows of a KPI were computed anew, of all subjects. */
  int revised(String kpi) {
    return subjects.stream().mapToInt(s -> revised.getOrDefault(new Series(kpi, s), 0)).sum();
  }

  /** Hashes of the registers in force in the period, in their order. */
  List<String> registerHashes() {
    return registers.stream().map(RegisterRow::hash).distinct().toList();
  }

  List<String> subjects() {
    return subjects;
  }

  List<GapRow> gaps() {
    return gaps;
  }

  @Override
  public void forEachResultOf(
      String kpi, String subject, Span span, long from, long to, Consumer<Result> each) {
    if (span != Span.WINDOW) {
      throw new IllegalArgumentException("only windows are kept");
    }
    windows.getOrDefault(new Series(kpi, subject), new TreeMap<>()).values().stream()
        .filter(r -> r.startNs() >= from && r.startNs() < to)
        .forEach(each);
  }

  @Override
  public boolean hasDays(long from, long to) {
    return false; // who recomputes by hand adds up windows
  }

  @Override
  public List<ModelUpdateRow> modelUpdatesOpenIn(long from, long to) {
    return updates.values().stream()
        .filter(row -> Assessor.isAtOrBelow(subjects, row.update().node()))
        .filter(row -> row.update().approvedNs() != ModelUpdate.PENDING)
        .filter(row -> row.update().approvedNs() < to)
        .filter(
            row ->
                row.update().end() == ModelUpdate.End.PENDING
                    || (row.update().endNs() != ModelUpdate.PENDING
                        && row.update().endNs() >= from))
        .sorted(
            Comparator.comparingLong((ModelUpdateRow row) -> row.update().approvedNs())
                .thenComparingLong(ModelUpdateRow::id))
        .toList();
  }

  @Override
  public List<EpisodeRow> episodesOpenIn(Episode.Kind kind, long from, long to) {
    return episodes.values().stream()
        .filter(row -> row.episode().kind() == kind)
        .filter(row -> isOpenIn(row.episode(), from, to))
        .sorted(
            Comparator.comparingLong((EpisodeRow row) -> row.episode().startReceivedNs())
                .thenComparingLong(EpisodeRow::id))
        .toList();
  }

  private static boolean isOpenIn(Episode e, long from, long to) {
    boolean hasBegun = e.startNs() < to || e.startReceivedNs() < to;
    boolean isOpen = e.end() == Episode.End.OPEN;
    return hasBegun
        && (isOpen
            || (e.endNs() != Episode.OPEN && e.endNs() >= from)
            || (e.endReceivedNs() != Episode.OPEN && e.endReceivedNs() >= from));
  }

  @Override
  public Optional<RegisterRow> latestRegister() {
    return registers.isEmpty()
        ? Optional.empty()
        : Optional.of(registers.get(registers.size() - 1));
  }
}
