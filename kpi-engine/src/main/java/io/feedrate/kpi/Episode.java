package io.feedrate.kpi;

/**
 * Something that began and waits for its end: an alarm for its acknowledgement, a recommendation
 * for a decision. A later state of the same episode has a higher revision and supersedes it. The
 * estimate over episodes (see the package {@code episode}) does not forget those still open.
 *
 * @param kind what it is
 * @param subject path of the asset
 * @param key fingerprint of what it is about
 * @param startNs when it began, by its source's clock
 * @param startReceivedNs when the collector learned that
 * @param endNs when it ended, or {@link #OPEN}
 * @param endReceivedNs when the collector learned that, or {@link #OPEN}
 * @param end how it stands
 * @param revision 0 for the first state
 */
public record Episode(
    Kind kind,
    String subject,
    long key,
    long startNs,
    long startReceivedNs,
    long endNs,
    long endReceivedNs,
    End end,
    int revision) {

  /** The time of an end that has not come. */
  public static final long OPEN = Long.MIN_VALUE;

  /** What can be waited for. Ordinals are part of the snapshot: append only. */
  public enum Kind {
    /** From a model version's approval to its first production inference; kept as model updates. */
    MODEL_UPDATE,
    /** From an alarm's activation to its acknowledgement. */
    ALARM_ACKNOWLEDGE,
    /** From a recommendation shown to the operator's decision. */
    ADVICE_DECISION,
    /** From the request to take over to the operator's control. */
    TAKEOVER,
    /** From the failure of a model update to a good version serving again. */
    RECOVERY,
    /** From an operator's correction to a released model version that contains it. */
    FEEDBACK,
    /** From a link's loss to its return. */
    LINK_REPAIR,
    /**
     * From a model version's approval to a first production inference after which it was not rolled
     * back within the soak time; kept as model updates.
     */
    STABLE_MODEL_UPDATE
  }

  /** How an episode stands. Ordinals are part of the snapshot: append only. */
  public enum End {
    OPEN,
    /** What was waited for happened. */
    DONE,
    /** It cannot happen any more: cleared before it was acknowledged, expired, dropped. */
    LAPSED
  }
}
