package io.feedrate.kpi.rollout;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The targets that change by time alone: open ones when their deadline passes, served ones when
 * their soak time does.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 while none is due.
 */
final class Waits {
  private final Set<Target> open = new LinkedHashSet<>();
  private final Set<Target> soaking = new LinkedHashSet<>();
  private long deadlineNs;
  private long soakNs;

  // None is due earlier: so that time can pass without looking at each.
  private long noneOverdueBeforeNs = Long.MIN_VALUE;
  private long noneSoakedBeforeNs = Long.MIN_VALUE;

  void open(Target t) {
    open.add(t);
    noneOverdueBeforeNs = Long.MIN_VALUE;
  }

  void ended(Target t) {
    open.remove(t);
    if (t.isSoaking()) {
      soaking.add(t);
      noneSoakedBeforeNs = Long.MIN_VALUE;
    }
  }

  void settled(Target t) {
    soaking.remove(t);
  }

  /** Goes on with a target of a snapshot. */
  void resume(Target t) {
    if (t.isOpen()) {
      open(t);
    } else {
      ended(t);
    }
  }

  void clear() {
    open.clear();
    soaking.clear();
    noneOverdueBeforeNs = Long.MIN_VALUE;
    noneSoakedBeforeNs = Long.MIN_VALUE;
  }

  int openCount() {
    return open.size();
  }

  /** Whether asking for overdue ones can find any. */
  boolean mayBeOverdue(long beforeNs, long itsDeadlineNs) {
    return noneOverdueBeforeNs < beforeNs || deadlineNs != itsDeadlineNs;
  }

  /** Whether asking for soaked ones can find any. */
  boolean mayBeSoaked(long beforeNs, long itsSoakNs) {
    return noneSoakedBeforeNs < beforeNs || soakNs != itsSoakNs;
  }

  /** Open ones that were not judged and whose deadline is before a time. */
  List<Target> overdue(long beforeNs, long itsDeadlineNs) {
    deadlineNs = itsDeadlineNs;
    noneOverdueBeforeNs = Long.MAX_VALUE;
    List<Target> due = new ArrayList<>();
    for (Target t : open) {
      long dueNs = t.approvedNs + deadlineNs;
      if (!t.isJudged && dueNs < beforeNs) {
        due.add(t);
      } else if (!t.isJudged) {
        noneOverdueBeforeNs = Math.min(noneOverdueBeforeNs, dueNs);
      }
    }
    return due;
  }

  /** Served ones whose soak time is over before a time. */
  List<Target> soaked(long beforeNs, long itsSoakNs) {
    soakNs = itsSoakNs;
    noneSoakedBeforeNs = Long.MAX_VALUE;
    List<Target> over = new ArrayList<>();
    for (Target t : soaking) {
      long dueNs = t.endNs + soakNs;
      if (dueNs < beforeNs) {
        over.add(t);
      } else {
        noneSoakedBeforeNs = Math.min(noneSoakedBeforeNs, dueNs);
      }
    }
    return over;
  }
}
