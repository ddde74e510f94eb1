package io.feedrate.kpi.integration;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Episode;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.State;
import io.feedrate.kpi.episode.Episodes;
import io.feedrate.kpi.link.LinkTimelines;
import io.feedrate.kpi.meter.Heirs;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.meter.StateTimeline;
import io.feedrate.kpi.window.Tally;
import io.feedrate.kpi.window.Windows;
import java.util.Arrays;
import java.util.List;

/**
 * Mean times between failures and to repair of data links, and the median repair time over
 * episodes. A link failed when it was found dead or began a new session unasked; since when it was
 * dead is told by its last proof. Time is counted once it is decided: a link that is believed alive
 * is, up to its last proof. While the collector does not run nothing is observed: a link that is
 * down for that did not fail. Nor did one in planned downtime or excluded time, which does not
 * count at all. A link counts for one asset: the first that is reached by it, else the first that
 * has a signal of it.
 *
 * <p><b>Unit</b>: s. <b>Source</b>: ISO 22400-2, mean operating time between failures and mean time
 * to repair with FE + 1 (general knowledge, medium confidence). <b>Thread</b>: the engine's.
 * <b>Allocation</b>: per failure.
 */
public final class LinkReliability implements Meter.Timed {
  private static final int FAILURES = 0;
  private static final int UP_MS = 1;
  private static final int DOWN_MS = 2;
  private static final int UNOBSERVED_MS = 3;

  private static final int UNKNOWN = 0;
  private static final int UP = 1;
  private static final int DOWN = 2;
  private static final int NO_OWNER = -1;
  private static final long NEVER = Long.MIN_VALUE;
  private static final long SECOND_NS = 1_000_000_000L;
  private static final long MS = 1_000_000L;
  private static final double MS_PER_SECOND = 1e3;
  private static final double MEDIAN = 0.5;
  private static final String ID = "link_mtbf";
  private static final String SOURCE =
      "ISO 22400-2 with FE + 1 (general knowledge, medium confidence)";
  private static final List<String> COUNTS =
      List.of("failures", "up_ms", "down_ms", "unobserved_ms");

  /** Mean time between failures. Without a failure only "at least so long" is known. */
  public static final Kpi MTBF =
      new Kpi(
          ID,
          ID,
          "Mean time between link failures",
          "s",
          true,
          "time up / (failures + 1)",
          SOURCE,
          COUNTS,
          (n, histogram) -> mtbf(n));

  /** Mean time to repair. */
  public static final Kpi MTTR =
      new Kpi(
          "link_mttr",
          ID,
          "Mean time to repair of links",
          "s",
          false,
          "time down / (failures + 1)",
          SOURCE,
          COUNTS,
          (n, histogram) -> mttr(n));

  /** Median time from a link's loss to its return. */
  public static final Kpi REPAIR =
      Kpi.waiting(
          "link_repair_p50",
          "Link repair time (median)",
          "median of the time from the last proof of a link that failed to its return; those still"
              + " down are censored",
          SOURCE,
          new Kpi.Waiting(Episode.Kind.LINK_REPAIR, MEDIAN, false));

  private final Register register;
  private final LinkTimelines links;
  private final Episodes episodes;
  private final Windows windows;
  private final PlannedTime plan;
  private final Tally tally;
  private final int[] owner;
  private final StateTimeline states;
  private final long[] countedNs;
  private final StateTimeline.Visitor adding = this::add;

  public LinkReliability(Setting setting) {
    register = setting.register();
    links = setting.links();
    episodes = setting.episodes();
    windows = setting.windows();
    plan = new PlannedTime(register, setting.exclusions());
    tally = setting.tally(MTBF);
    owner = owners(register);
    states = new StateTimeline(owner.length, UNKNOWN);
    countedNs = new long[owner.length];
    Arrays.fill(countedNs, NEVER);
  }

  private static int[] owners(Register register) {
    int[] owner = new int[register.links().size()];
    Arrays.fill(owner, NO_OWNER);
    for (Asset a : register.assets()) {
      if (a.link() != Asset.NO_LINK && owner[a.link()] == NO_OWNER) {
        owner[a.link()] = a.id();
      }
    }
    for (Signal s : register.signals()) {
      if (owner[s.link()] == NO_OWNER) {
        owner[s.link()] = s.asset();
      }
    }
    return owner;
  }

  private static Figure mtbf(long[] n) {
    if (n[UP_MS] + n[DOWN_MS] == 0) {
      return n[UNOBSERVED_MS] > 0 ? Figure.INSUFFICIENT : Figure.NOT_APPLICABLE;
    }
    double value = n[UP_MS] / MS_PER_SECOND / (n[FAILURES] + 1);
    double upper = n[FAILURES] == 0 ? Double.POSITIVE_INFINITY : value;
    return new Figure(State.MEASURED, value, value, upper);
  }

  private static Figure mttr(long[] n) {
    boolean none = n[FAILURES] == 0 && n[DOWN_MS] == 0;
    return none
        ? Figure.NOT_APPLICABLE
        : Figure.exact(n[DOWN_MS] / MS_PER_SECOND / (n[FAILURES] + 1));
  }

  @Override
  public void onLink(int link, LinkEvent event, long nowNs) {
    if (owner[link] == NO_OWNER) {
      return;
    }
    boolean connected = links.isConnected(link);
    switch (event) {
      case UP -> {
        if (connected) {
          fail(link, nowNs);
        }
        comeBack(link, nowNs);
      }
      case RESUMED -> {
        if (!connected) {
          comeBack(link, nowNs);
        }
      }
      case DOWN -> {
        if (connected) {
          fail(link, nowNs);
        } else if (states.current(link) == UP) {
          set(link, nowNs, DOWN); // found so when the collector started: it is not known since when
        }
      }
      default -> {}
    }
  }

  private void fail(int link, long nowNs) {
    long lostNs = Math.min(links.provenNs(link), nowNs);
    set(link, lostNs, DOWN);
    if (!plan.isOut(owner[link], Math.floorDiv(lostNs, SECOND_NS) * SECOND_NS)) {
      tally.add(owner[link], FAILURES, lostNs, 1);
      episodes.begin(Episode.Kind.LINK_REPAIR, path(link), key(link), lostNs, nowNs);
    }
  }

  private void comeBack(int link, long nowNs) {
    set(link, nowNs, UP);
    episodes.end(Episode.Kind.LINK_REPAIR, path(link), key(link), Episode.End.DONE, nowNs, nowNs);
  }

  private void set(int link, long atNs, int state) {
    if (countedNs[link] == NEVER) {
      countedNs[link] = atNs;
    }
    states.set(link, Math.max(atNs, countedNs[link]), state);
  }

  private String path(int link) {
    return register.assets().get(owner[link]).path();
  }

  private long key(int link) {
    return register.links().get(link).hashCode(); // an asset may have several
  }

  @Override
  public void onTime(int asset, long fromNs, long toNs) {
    for (int link = 0; link < owner.length; link++) {
      if (owner[link] == asset && countedNs[link] != NEVER) {
        long untilNs = links.isConnected(link) ? Math.min(toNs, links.provenNs(link)) : toNs;
        while (countedNs[link] < untilNs) {
          countedNs[link] = count(link, countedNs[link], untilNs);
        }
        states.forget(link, countedNs[link]);
      }
    }
  }

  /** Counts the time up to the next whole second, change or window, and returns that. */
  private long count(int link, long fromNs, long untilNs) {
    long secondNs = Math.floorDiv(fromNs, SECOND_NS) * SECOND_NS;
    long toNs = Math.min(untilNs, Math.min(secondNs + SECOND_NS, windows.endNs(fromNs)));
    if (!plan.isOut(owner[link], secondNs)) {
      states.visit(link, fromNs, toNs, adding);
    }
    return toNs;
  }

  private void add(int link, int state, long fromNs, long toNs) {
    int kind = UNOBSERVED_MS;
    if (state == DOWN) {
      kind = DOWN_MS;
    } else if (state == UP && links.worst(link, fromNs, toNs) < LinkTimelines.UNPROVEN) {
      kind = UP_MS;
    }
    tally.add(owner[link], kind, fromNs, Math.floorDiv(toNs, MS) - Math.floorDiv(fromNs, MS));
  }

  @Override
  public void write(Snapshot.Writer out) {
    states.write(out);
    out.putLongs(countedNs);
  }

  @Override
  public void read(Snapshot.Reader in) {
    states.read(in);
    in.getLongs(countedNs);
  }

  @Override
  public void takeOver(Meter old, Heirs heirs) {
    LinkReliability its = (LinkReliability) old;
    boolean[] kept = new boolean[its.owner.length];
    states.takeOver(its.states, heirs.oldLink());
    for (int link = 0; link < owner.length; link++) {
      int o = heirs.oldLink()[link];
      boolean same = o >= 0 && owner[link] != NO_OWNER && its.owner[o] != NO_OWNER;
      if (same) {
        countedNs[link] = its.countedNs[o];
        kept[o] = path(link).equals(its.path(o));
      }
    }
    for (int o = 0; o < kept.length; o++) {
      if (!kept[o] && its.owner[o] != NO_OWNER) {
        episodes.end(
            Episode.Kind.LINK_REPAIR,
            its.path(o),
            its.key(o),
            Episode.End.LAPSED,
            heirs.nowNs(),
            heirs.nowNs());
      }
    }
  }
}
