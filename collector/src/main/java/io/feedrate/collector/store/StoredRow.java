package io.feedrate.collector.store;

/** What became of the row of a leaf. */
public sealed interface StoredRow {

  /** It is not there any more. */
  StoredRow MISSING = new Gone(true);

  /** It holds a state that does not exist, a broken array of counts or the like. */
  StoredRow DAMAGED = new Gone(false);

  /** It says something. */
  record Is(LeafValue value) implements StoredRow {}

  /** It says nothing. */
  record Gone(boolean isMissing) implements StoredRow {}
}
