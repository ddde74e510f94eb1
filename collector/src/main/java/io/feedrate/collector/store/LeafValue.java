package io.feedrate.collector.store;

import io.feedrate.kpi.Episode;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Result;

/**
 * What a leaf of the log says.
 *
 * @param row a {@link Result}, {@link ModelUpdate}, {@link Episode}, {@link RegisterRow}, {@link
 *     ExclusionRow}, {@link Handover}, {@link KeyRow}, {@link GapRow} or {@link EntryRow}
 * @param era which version of Feedrate computed it, of the first three; else 0
 */
public record LeafValue(Object row, int era) {

  /** Of which table the row is. */
  public LeafKind kind() {
    if (row instanceof Result) {
      return LeafKind.RESULT;
    } else if (row instanceof Episode) {
      return LeafKind.EPISODE;
    } else if (row instanceof ModelUpdate) {
      return LeafKind.MODEL_UPDATE;
    } else if (row instanceof RegisterRow) {
      return LeafKind.REGISTER;
    } else if (row instanceof ExclusionRow) {
      return LeafKind.EXCLUSION;
    } else if (row instanceof Handover) {
      return LeafKind.HANDOVER;
    } else if (row instanceof GapRow) {
      return LeafKind.GAP;
    } else if (row instanceof EntryRow) {
      return LeafKind.ENTRY;
    } else if (row instanceof KeyRow) {
      return LeafKind.KEY;
    }
    throw new IllegalArgumentException("no leaf is made of " + row.getClass());
  }
}
