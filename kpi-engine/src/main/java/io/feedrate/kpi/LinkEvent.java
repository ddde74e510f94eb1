package io.feedrate.kpi;

/**
 * What an adapter knows about the connection to one source. Ordinals are journaled: append only.
 */
public enum LinkEvent {
  /** Connected with a new session: what happened before it on the source is not known. */
  UP,
  /** Connected again and nothing was missed: same session or transferred subscription, no gap. */
  RESUMED,
  /** Known to be alive up to now: a keep-alive, a heartbeat or data in sequence. */
  PROOF,
  /** Sequence numbers show that messages were lost since the last proof. */
  GAP,
  /** The connection was lost or found dead; the last proof tells since when that may be. */
  DOWN
}
