package io.feedrate.collector.assess;

import io.feedrate.collector.statements.Stated;
import io.feedrate.collector.store.ModelUpdateRow;
import io.feedrate.collector.store.ResultSource;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.engine.Kpis;
import io.feedrate.kpi.maturity.Assessment;
import io.feedrate.kpi.maturity.Evidence;
import io.feedrate.kpi.maturity.Measurement;
import io.feedrate.kpi.maturity.Profile;
import io.feedrate.kpi.window.Histograms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Sums stored results over a period and holds them against a profile. Counts add and histograms
 * merge over the windows; figures are computed from the sums.
 *
 * <p><b>Thread</b>: any; reads the source.
 */
public final class Assessor {
  private final Profile profile;
  private final Supplier<Stated> stated;

  /** Holds what was measured alone against a profile. */
  public Assessor(Profile profile) {
    this(profile, () -> Stated.NOTHING);
  }

  /**
   * Also holds what people stated against it.
   *
   * @param stated asked for each assessment
   */
  public Assessor(Profile profile, Supplier<Stated> stated) {
    this.profile = profile;
    this.stated = stated;
  }

  /** The profile that is held against. */
  public Profile profile() {
    return profile;
  }

  /**
   * Assesses what was measured of a subject in windows that start in {@code [fromNs, toNs)}.
   *
   * @param subject path of a site, line, machine or node
   */
  public Assessment assess(ResultSource reader, String subject, long fromNs, long toNs) {
    Map<String, Measurement> measurements = measure(reader, subject, fromNs, toNs);
    return Assessment.of(profile, evidence(stated.get(), subject, fromNs, toNs, measurements));
  }

  /**
   * Assesses what the profile asks for of subjects that are taken together, such as all assets of a
   * supplier; counts add over subjects as they do over windows.
   *
   * @param name what they are called together
   * @param subjects their paths, none of them below another
   */
  public Assessed assess(
      ResultSource reader, String name, List<String> subjects, long fromNs, long toNs) {
    Predicate<Kpi> asked = kpi -> profile.kpis().contains(kpi.id());
    Measured measured = measure(reader, subjects, fromNs, toNs, asked);
    return new Assessed(
        Assessment.of(profile, evidence(stated.get(), name, fromNs, toNs, measured.byKpi)),
        measured.firstNs,
        measured.lastNs);
  }

  /** Holds the same evidence of a subject against two profiles: the older, then the newer. */
  public static List<Assessed> compare(
      ResultSource reader,
      Stated stated,
      String subject,
      Profile older,
      Profile newer,
      long fromNs,
      long toNs) {
    Predicate<Kpi> asked = k -> older.kpis().contains(k.id()) || newer.kpis().contains(k.id());
    Measured measured = measure(reader, List.of(subject), fromNs, toNs, asked);
    Evidence evidence = evidence(stated, subject, fromNs, toNs, measured.byKpi);
    return Stream.of(older, newer)
        .map(p -> new Assessed(Assessment.of(p, evidence), measured.firstNs, measured.lastNs))
        .toList();
  }

  private static Evidence evidence(
      Stated stated,
      String subject,
      long fromNs,
      long toNs,
      Map<String, Measurement> measurements) {
    return new Evidence(
        subject, fromNs, toNs, measurements, stated.documents(), stated.declarations());
  }

  /**
   * An assessment and the windows that it rests on.
   *
   * @param assessment of the period that was asked for
   * @param firstNs start of the first window found in it; {@link Long#MAX_VALUE} if none was
   * @param lastNs end of the last window found in it; {@link Long#MIN_VALUE} if none was
   */
  public record Assessed(Assessment assessment, long firstNs, long lastNs) {

    /** Whether there was no window in the period. */
    public boolean isEmpty() {
      return firstNs > lastNs;
    }
  }

  /**
   * Every KPI of the catalogue for a subject and period, by id. Windows are added up, and where
   * whole days lie in the period their sums are taken instead: these are the same counts.
   */
  public static Map<String, Measurement> measure(
      ResultSource reader, String subject, long fromNs, long toNs) {
    return measure(reader, List.of(subject), fromNs, toNs);
  }

  /** The same of subjects that are taken together, none of them below another. */
  public static Map<String, Measurement> measure(
      ResultSource reader, List<String> subjects, long fromNs, long toNs) {
    return measure(reader, subjects, fromNs, toNs, kpi -> true).byKpi;
  }

  private record Measured(Map<String, Measurement> byKpi, long firstNs, long lastNs) {}

  private static Measured measure(
      ResultSource reader, List<String> subjects, long fromNs, long toNs, Predicate<Kpi> wanted) {
    Map<String, Sum> sums = new TreeMap<>();
    Waits waits = new Waits(reader, subjects, fromNs, toNs);
    Map<String, Measurement> measurements = new TreeMap<>();
    for (Kpi kpi : Kpis.ALL) {
      if (!wanted.test(kpi)) {
        continue;
      }
      if (kpi.waiting().isPresent()) {
        measurements.put(kpi.id(), Measurement.of(waits.figure(kpi)));
      } else {
        Sum sum =
            sums.computeIfAbsent(
                kpi.basis(), basis -> sum(reader, Kpis.byId(basis), subjects, fromNs, toNs));
        measurements.put(kpi.id(), sum.measurement(kpi));
      }
    }
    return new Measured(
        measurements,
        sums.values().stream().mapToLong(sum -> sum.firstNs).min().orElse(Long.MAX_VALUE),
        sums.values().stream().mapToLong(sum -> sum.lastNs).max().orElse(Long.MIN_VALUE));
  }

  /** Model updates of the nodes at or below a subject that were open at some time of a period. */
  public static List<ModelUpdate> updates(
      ResultSource reader, String subject, long fromNs, long toNs) {
    return updates(reader, List.of(subject), fromNs, toNs);
  }

  static List<ModelUpdate> updates(
      ResultSource reader, List<String> subjects, long fromNs, long toNs) {
    return reader.modelUpdatesOpenIn(fromNs, toNs).stream()
        .map(ModelUpdateRow::update)
        .filter(u -> isAtOrBelow(subjects, u.node()))
        .toList();
  }

  /** Whether a path is one of these subjects or below one. */
  public static boolean isAtOrBelow(List<String> subjects, String path) {
    return subjects.stream().anyMatch(s -> path.equals(s) || path.startsWith(s + "/"));
  }

  private static Sum sum(
      ResultSource reader, Kpi kpi, List<String> subjects, long fromNs, long toNs) {
    Sum sum = new Sum(kpi.counts().size());
    for (String subject : subjects) {
      long nextNs = fromNs;
      for (Result day : days(reader, kpi, subject, fromNs, toNs)) {
        if (day.startNs() >= nextNs) {
          addWindows(sum, reader, kpi, subject, nextNs, day.startNs());
          sum.add(day);
          nextNs = day.endNs();
        }
      }
      addWindows(sum, reader, kpi, subject, nextNs, toNs);
    }
    return sum;
  }

  private static void addWindows(
      Sum sum, ResultSource reader, Kpi kpi, String subject, long fromNs, long toNs) {
    if (fromNs < toNs) {
      reader.forEachResultOf(kpi.id(), subject, Span.WINDOW, fromNs, toNs, sum::add);
    }
  }

  /** Days that lie within the period, oldest first: a year has 365 of them, and many windows. */
  private static List<Result> days(
      ResultSource reader, Kpi kpi, String subject, long fromNs, long toNs) {
    List<Result> days = new ArrayList<>();
    if (reader.hasDays(fromNs, toNs)) {
      reader.forEachResultOf(
          kpi.id(),
          subject,
          Span.DAY,
          fromNs,
          toNs,
          day -> {
            if (day.endNs() <= toNs) {
              days.add(day);
            }
          });
    }
    return days;
  }

  /** Base counts of many windows. */
  private static final class Sum {
    private final long[] counts;
    private @Nullable Histogram histogram;
    private long firstNs = Long.MAX_VALUE;
    private long lastNs = Long.MIN_VALUE;

    Sum(int kinds) {
      counts = new long[kinds];
    }

    /** A result of a version that knew fewer counts adds those that it has. */
    void add(Result result) {
      long[] its = result.counts();
      for (int i = 0; i < Math.min(counts.length, its.length); i++) {
        counts[i] += its[i];
      }
      firstNs = Math.min(firstNs, result.startNs());
      lastNs = Math.max(lastNs, result.endNs());
      histogram = Histograms.merge(histogram, Histograms.decode(result.histogram()));
    }

    Measurement measurement(Kpi kpi) {
      return Measurement.of(kpi, kpi.figure(counts, histogram), counts);
    }
  }
}
