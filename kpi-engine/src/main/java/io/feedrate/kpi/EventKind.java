package io.feedrate.kpi;

/**
 * What can happen at an asset beside samples, inferences and model stages. Each has a key that ties
 * together what belongs together. Ordinals are journaled: append only.
 */
public enum EventKind {
  /** A recommendation was shown to an operator; key: the advice. */
  ADVICE_SHOWN,
  /** The operator followed it. */
  ADVICE_ACCEPTED,
  /** The operator decided otherwise. */
  ADVICE_OVERRIDDEN,
  /** Nobody decided in time. */
  ADVICE_EXPIRED,
  /** An alarm became active (OPC 10000-9 ActiveState true); key: the alarm. */
  ALARM_RAISED,
  /** It is not active any more. */
  ALARM_CLEARED,
  /** An operator acknowledged it (OPC 10000-9 AckedState true). */
  ALARM_ACKNOWLEDGED,
  /** A part was finished; key: the part. */
  PART_PRODUCED,
  /** A later inspection found the part good; key: the part. */
  PART_GOOD,
  /** A later inspection found the part bad; key: the part. */
  PART_BAD,
  /** The controller took over or acknowledged an actionable inference; key: the inference. */
  RESPONSE,
  /** An operator was asked to take over control; key: the request. */
  CONTROL_REQUESTED,
  /** The operator has control; key: the request. */
  CONTROL_TAKEN,
  /** A person did something that needs a qualification; key: the action. */
  ACTION,
  /** An operator corrected a model's result; key: the correction. */
  CORRECTION,
  /** The correction is part of a released model version; key: the correction. */
  CORRECTION_RELEASED,
  /**
   * What a source offers was compared with the register: amount conforming of {@code of} required.
   */
  INTERFACE_CHECKED,
  /** The source's interface changed and said so (new version number, model change event). */
  INTERFACE_CHANGED,
  /** The source's interface changed without saying so. */
  INTERFACE_CHANGED_UNANNOUNCED
}
