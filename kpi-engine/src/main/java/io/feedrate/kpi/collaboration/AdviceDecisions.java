package io.feedrate.kpi.collaboration;

import io.feedrate.kpi.Episode;
import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.PlantEvent;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.meter.Heirs;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.window.Tally;
import java.util.List;

/**
 * What operators did with the advice they were shown: accepted, overridden, or left until it
 * expired; and how long they took. Events count in the window that they happened in, so a decision
 * may count in a later window than its showing: read longer periods than a window. Advice that is
 * still open is in no ratio, but in the estimate of the time to decide.
 *
 * <p>An advice is shown and decided once: the first decision counts, also where it came before its
 * showing. Shown or decided once more is counted as {@code repeated}, decided without ever having
 * been shown as {@code unshown}; neither changes a ratio. A decision that happened before the
 * advice expired goes before the expiry until the watermark passes that. Advice without a key
 * cannot be followed: its events count as they come.
 *
 * <p><b>Unit</b>: 1; s for the time to decide. <b>Source</b>: house definition; ISO/IEC 42001 human
 * oversight, ISO 9241-810 (low confidence). <b>Thread</b>: the engine's. <b>Allocation</b>: per
 * event.
 */
public final class AdviceDecisions implements Meter.Timed {
  private static final int SHOWN = 0;
  private static final int ACCEPTED_COUNT = 1;
  private static final int OVERRIDDEN_COUNT = 2;
  private static final int EXPIRED = 3;
  private static final int REPEATED = 4;
  private static final int UNSHOWN = 5;

  private static final double HALF = 0.5;
  private static final String HOUSE = "house definition; ISO/IEC 42001 human oversight";

  private static final String ID = "advice_decided";
  private static final List<String> COUNTS =
      List.of("shown", "accepted", "overridden", "expired", "repeated", "unshown");

  /** Advice that a person decided before it expired, of the advice that came to an end. */
  public static final Kpi DECIDED =
      ratio(
          ID,
          "Advice decided by people",
          true,
          "(accepted + overridden) / (accepted + overridden + expired)",
          HOUSE + " (low confidence)",
          n -> Figure.ratio(decided(n), decided(n) + n[EXPIRED]));

  /** Accepted of decided advice. */
  public static final Kpi ACCEPTED =
      ratio(
          "advice_accepted",
          "Advice accepted",
          true,
          "accepted / (accepted + overridden)",
          "house definition",
          n -> Figure.ratio(n[ACCEPTED_COUNT], decided(n)));

  /** Overridden of decided advice. */
  public static final Kpi OVERRIDDEN =
      ratio(
          "advice_overridden",
          "Advice overridden",
          false,
          "overridden / (accepted + overridden)",
          "house definition",
          n -> Figure.ratio(n[OVERRIDDEN_COUNT], decided(n)));

  /** Advice that expired undecided, of the advice that came to an end. */
  public static final Kpi UNDECIDED =
      ratio(
          "advice_undecided",
          "Advice left undecided",
          false,
          "expired / (accepted + overridden + expired)",
          "house definition",
          n -> Figure.ratio(n[EXPIRED], decided(n) + n[EXPIRED]));

  /** Median time from showing to decision. */
  public static final Kpi DECISION_TIME =
      Kpi.waiting(
          "advice_decision_time_median",
          "Time to decide on advice (median)",
          "median of t(accepted or overridden) - t(shown); open: censored, expired: competing",
          "house definition",
          new Kpi.Waiting(Episode.Kind.ADVICE_DECISION, HALF, false));

  /** A figure of the counts alone. */
  private interface OfCounts {
    Figure figure(long[] counts);
  }

  private final Tally tally;
  private final Pairing pairing;

  public AdviceDecisions(Setting setting) {
    tally = setting.tally(DECIDED);
    pairing = new Pairing(setting, Episode.Kind.ADVICE_DECISION, false, this::count);
  }

  private static Kpi ratio(
      String id, String name, boolean higher, String formula, String source, OfCounts of) {
    return new Kpi(
        id, ID, name, "1", higher, formula, source, COUNTS, (n, histogram) -> of.figure(n));
  }

  private static long decided(long[] n) {
    return n[ACCEPTED_COUNT] + n[OVERRIDDEN_COUNT];
  }

  private void count(Pairing.What what, int asset, int how, long atNs) {
    switch (what) {
      case BEGUN -> tally.add(asset, SHOWN, atNs, 1);
      case ENDED -> tally.add(asset, how, atNs, 1);
      case AGAIN -> tally.add(asset, REPEATED, atNs, 1);
      case UNBEGUN -> tally.add(asset, UNSHOWN, atNs, 1);
      case FOUND -> tally.add(asset, UNSHOWN, atNs, -1);
    }
  }

  @Override
  public void onEvent(PlantEvent e) {
    int how = countOf(e.kind());
    if (how < 0) {
      return;
    }
    if (e.key() == PlantEvent.NONE) {
      tally.add(e.asset(), how, e.atNs(), 1);
    } else if (how == SHOWN) {
      pairing.begin(e.asset(), e.key(), e.atNs(), e.receivedNs());
    } else {
      Episode.End end = how == EXPIRED ? Episode.End.LAPSED : Episode.End.DONE;
      pairing.end(e.asset(), e.key(), end, how, e.atNs(), e.receivedNs());
    }
  }

  private static int countOf(EventKind kind) {
    return switch (kind) {
      case ADVICE_SHOWN -> SHOWN;
      case ADVICE_ACCEPTED -> ACCEPTED_COUNT;
      case ADVICE_OVERRIDDEN -> OVERRIDDEN_COUNT;
      case ADVICE_EXPIRED -> EXPIRED;
      default -> -1;
    };
  }

  @Override
  public void onTime(int asset, long fromNs, long toNs) {
    pairing.settle(asset, toNs);
  }

  @Override
  public void write(Snapshot.Writer out) {
    pairing.write(out);
  }

  @Override
  public void read(Snapshot.Reader in) {
    pairing.read(in);
  }

  @Override
  public void takeOver(Meter old, Heirs heirs) {
    pairing.takeOver(((AdviceDecisions) old).pairing, heirs);
  }
}
