package io.feedrate.simulator;

import io.feedrate.kpi.EventKind;

/**
 * Something that happened at a machine or a node, told to the {@link LineController}.
 *
 * @param kind RESPONSE: an inference wants an answer; PART_GOOD and PART_BAD: what a node's model
 *     says of a part; CORRECTION_RELEASED: a new model version was released; others as named
 * @param asset where
 * @param id of the part, request, action, inference or correction
 * @param atMs true time
 * @param bad whether a produced part really is bad
 * @param operator who, or ""
 */
record Happening(EventKind kind, String asset, String id, long atMs, boolean bad, String operator) {
  Happening(EventKind kind, String asset, String id, long atMs) {
    this(kind, asset, id, atMs, false, "");
  }
}
