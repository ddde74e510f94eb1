package io.feedrate.kpi.maturity;

/** Why an indicator has its state: the same in every language. */
public enum Reason {
  /** The conservative bound was held against the thresholds. */
  DECIDED_ON_BOUND,
  /** The KPI is not among the evidence. */
  NO_RESULT,
  /** Nothing was due in the period; nobody approved that it does not apply. */
  NOTHING_DUE,
  /** The KPI itself says that what is known does not carry a figure. */
  FIGURE_INSUFFICIENT,
  /** Less was counted than the profile asks for. */
  TOO_FEW,
  /** The side on which the decision falls has no bound. */
  NO_BOUND,
  /** No document is attached. */
  NO_DOCUMENT,
  /** A document is attached, but was not valid during the whole period. */
  DOCUMENT_NOT_VALID,
  /** A document is attached and nobody reviewed it. */
  DOCUMENT_NOT_REVIEWED,
  /** A human reviewed the document. */
  DOCUMENT_REVIEWED,
  /** Approved as not applicable. */
  DECLARED_NOT_APPLICABLE,
  /** Declared as not there. */
  DECLARED_NOT_IMPLEMENTED
}
