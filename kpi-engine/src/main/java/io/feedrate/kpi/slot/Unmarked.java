package io.feedrate.kpi.slot;

import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.link.LinkTimelines;

/** What a slot is in which nothing came, by the worst state that its link had across it. */
final class Unmarked {
  private Unmarked() {}

  /**
   * Of a signal that should have come.
   *
   * @param lost whether messages of the slot were lost, even if the link was worse later
   */
  static Outcome silent(int state, boolean lost) {
    if (lost) {
      return Outcome.LOST_TRANSPORT;
    }
    return switch (state) {
      case LinkTimelines.UP, LinkTimelines.BRIDGED -> Outcome.SILENT;
      case LinkTimelines.GAP -> Outcome.LOST_TRANSPORT;
      default -> Outcome.DISCONNECTED;
    };
  }

  /**
   * Of a signal that comes when it changes.
   *
   * @param lost whether messages of the slot were lost, even if the link was worse later
   * @param last what its last value in the present session is {@link Worth}
   * @param late whether the first value of the session came after the slot's deadline
   */
  static Outcome unchanged(int state, boolean lost, int last, boolean late) {
    if (last == Worth.NONE) {
      return silent(state, lost);
    }
    if (state == LinkTimelines.DOWN) {
      return Outcome.DISCONNECTED;
    }
    if (state == LinkTimelines.GAP || state == LinkTimelines.UNPROVEN) {
      return Outcome.AMBIGUOUS;
    }
    return switch (last) {
      case Worth.GOOD -> state == LinkTimelines.BRIDGED || late ? Outcome.GOOD_LATE : Outcome.GOOD;
      case Worth.GOOD_BUT_LATE -> Outcome.GOOD_LATE;
      case Worth.UNCERTAIN -> Outcome.UNCERTAIN;
      case Worth.BAD -> Outcome.BAD;
      case Worth.DOUBTFUL -> Outcome.AMBIGUOUS;
      default -> Outcome.INVALID;
    };
  }
}
