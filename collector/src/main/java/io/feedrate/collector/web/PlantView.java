package io.feedrate.collector.web;

import io.feedrate.collector.adapter.LinkStatus;
import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.SignalMode;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.foundation.Completeness;
import io.feedrate.kpi.foundation.Timeliness;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the page, the API and the metrics know of the plant. All records are immutable.
 *
 * <p><b>Thread</b>: any, several at once. Only {@link #now()} and the methods beside it that say so
 * answer from memory; the others may wait for the store and are never called on an event loop.
 */
public interface PlantView {

  /** The state now, from memory: called once a second while somebody looks, and per scrape. */
  Snapshot now();

  /** Whether an asset or a signal of this path is in the register. From memory. */
  boolean isSubject(String path);

  /** The KPIs that {@link #results} knows. From memory. */
  List<Kpi> kpis();

  /**
   * Completeness windows that start in {@code [from, to)}, oldest first, newest revision of each; a
   * subject without any may be left out.
   */
  Map<String, List<Window>> windows(Collection<String> subjects, Instant from, Instant to);

  /** The signals of an asset, each with its windows that start in {@code [from, to)}. */
  List<SignalView> signals(String asset, Instant from, Instant to);

  /**
   * Newest revisions of results of one span whose windows start in {@code [from, to)}, oldest
   * first.
   */
  List<Result> results(String kpi, String subject, Span span, Instant from, Instant to, int limit);

  /** Newest revisions of updates that were open at some time in {@code [from, to)}. */
  List<ModelUpdate> modelUpdates(Instant from, Instant to);

  /** The last rejects, newest first. */
  List<RejectView> rejects(int limit);

  /** The register in force, canonical JSON. */
  String registerJson();

  /**
   * Everything that is looked at often.
   *
   * @param time when this was true
   * @param engine what the engine did with what it read
   * @param assets parents first
   * @param seconds what was settled in the last seconds
   * @param nodes inference nodes, with what is known of their models
   * @param rejectedByCause rejects since the first start, by name of the cause
   * @param recentRejects the last ones, newest first, some 20
   * @param updates model updates: all open ones, and the last ended ones of each node
   * @param assessment null until there has been a first one
   */
  record Snapshot(
      Instant time,
      Gateway gateway,
      Health health,
      EngineView engine,
      List<AssetView> assets,
      SecondsView seconds,
      List<NodeView> nodes,
      List<LinkView> links,
      Map<String, Long> rejectedByCause,
      List<RejectView> recentRejects,
      List<ModelUpdate> updates,
      @Nullable AssessmentView assessment) {
    public Snapshot {
      assets = List.copyOf(assets);
      nodes = List.copyOf(nodes);
      links = List.copyOf(links);
      rejectedByCause = Map.copyOf(rejectedByCause);
      recentRejects = List.copyOf(recentRejects);
      updates = List.copyOf(updates);
    }
  }

  /**
   * Who is speaking.
   *
   * @param id name of the gateway
   * @param version of the program
   * @param started when the process started
   * @param site path that all assets begin with
   * @param registerHash which register is in force
   * @param windowSeconds length of the stored windows
   * @param modelUpdateDeadlineSeconds how soon after approval a version must serve
   */
  record Gateway(
      String id,
      String version,
      Instant started,
      String site,
      String registerHash,
      double windowSeconds,
      double modelUpdateDeadlineSeconds) {}

  /**
   * Whether the collector itself works.
   *
   * @param ready engine and journal do their work
   * @param reason why not, in a sentence; "" when ready
   * @param records journal records that the engine has read, ever
   * @param journalLagSeconds age of the oldest record that the engine has not read; 0 if none
   * @param lastTick when the engine last saw time pass, or null before the first
   * @param storeBytes size of the result store
   * @param journalBytes size of the journal
   */
  record Health(
      boolean ready,
      String reason,
      long records,
      double journalLagSeconds,
      @Nullable Instant lastTick,
      long storeBytes,
      long journalBytes) {}

  /**
   * What the engine did with what it read, in numbers that only grow.
   *
   * @param samples of registered signals, ever
   * @param duplicates samples equal to the one before them
   * @param withoutSourceTime samples that were assigned by their time of receipt
   * @param tooLate samples whose slot was settled too long ago to be revised
   * @param clockSuspect samples of a source whose clock was off too much
   * @param overflows samples that told of an overflow at their source
   * @param repeatedMessages inferences, advice and events that came again and did not count
   * @param unknownNode events of assets that the register does not have
   * @param beyondRevision counts that came too late for any window to be revised
   * @param episodesDropped episodes that lapsed because too many were open
   * @param updatesUntracked reports of model updates that could not be followed
   * @param misfits records that fit neither the register nor this version, since the process
   *     started
   * @param revisions results that superseded an earlier one, since the process started
   */
  record EngineView(
      long samples,
      long duplicates,
      long withoutSourceTime,
      long tooLate,
      long clockSuspect,
      long overflows,
      long repeatedMessages,
      long unknownNode,
      long beyondRevision,
      long episodesDropped,
      long updatesUntracked,
      long misfits,
      long revisions) {}

  /**
   * One asset.
   *
   * @param parent path, or "" at the top
   * @param supplier or ""
   * @param link name of its link, or ""
   * @param signals how many it has below it
   * @param totals slots since the first start, of all signals below it, as they were settled; what
   *     came late is in windows alone
   * @param last last closed window, or null before the first
   */
  record AssetView(
      String path,
      String parent,
      Asset.Kind kind,
      String supplier,
      String link,
      int signals,
      OutcomeCounts totals,
      @Nullable Window last) {}

  /**
   * One inference node.
   *
   * @param path of its asset
   * @param model model that served last, or ""
   * @param version version that served last, or ""
   * @param inferencesOk production inferences that succeeded, since the first start
   * @param inferencesFailed production inferences that did not
   * @param endedUpdates ended model updates by how they ended, since the first start
   * @param updateLatency seconds from approval to first production inference, served ones
   * @param inferenceLatency seconds per production inference
   */
  record NodeView(
      String path,
      String model,
      String version,
      long inferencesOk,
      long inferencesFailed,
      Map<ModelUpdate.End, Long> endedUpdates,
      Distribution updateLatency,
      Distribution inferenceLatency) {
    public NodeView {
      endedUpdates = Map.copyOf(endedUpdates);
    }
  }

  /**
   * One link.
   *
   * @param clockOffsetSeconds source minus collector, or NaN while not measured
   * @param clockUncertaintySeconds how sure that is, or NaN
   */
  record LinkView(LinkStatus status, double clockOffsetSeconds, double clockUncertaintySeconds) {}

  /**
   * Something that was received and could not be taken.
   *
   * @param link name of the link, or "" where even that is unknown
   * @param cause name of the cause
   * @param origin topic or node id
   * @param detail what is wrong, for people
   * @param head first characters of the payload, not to be trusted
   */
  record RejectView(
      Instant time, String link, String cause, String origin, String detail, String head) {}

  /**
   * Completeness of one subject in one window, or in several that were added up.
   *
   * @param start inclusive
   * @param end exclusive
   * @param revision 0 when first closed
   */
  record Window(Instant start, Instant end, int revision, OutcomeCounts outcomes, Figures figures) {

    /** A window with the figures of its counts. */
    public static Window of(Instant start, Instant end, int revision, OutcomeCounts outcomes) {
      return new Window(start, end, revision, outcomes, Figures.of(outcomes));
    }
  }

  /**
   * The three completeness ratios.
   *
   * @param rt known in time, of what was in scope
   * @param ev known in time or late, of what was in scope: the headline
   * @param gross the same, of everything, without exclusions
   */
  record Figures(Figure rt, Figure ev, Figure gross) {

    /** The ratios of these counts. */
    public static Figures of(OutcomeCounts counts) {
      long[] n = counts.toArray();
      return new Figures(
          Timeliness.KPI.figure(n, null),
          Completeness.EVENTUAL.figure(n, null),
          Completeness.GROSS.figure(n, null));
    }
  }

  /**
   * One signal with its requirement.
   *
   * @param unit UCUM code
   * @param min smallest valid value, or negative infinity
   * @param max largest valid value, or positive infinity
   * @param windows as asked for, oldest first
   */
  record SignalView(
      String path,
      String name,
      String unit,
      SignalMode mode,
      double periodSeconds,
      double deadlineSeconds,
      double min,
      double max,
      boolean text,
      List<Window> windows) {
    public SignalView {
      windows = List.copyOf(windows);
    }
  }
}
