package io.feedrate.collector.journal;

import io.feedrate.kpi.EventKind;

/**
 * Something that happened at an asset, as its source told it; texts are "" and the time {@link
 * io.feedrate.kpi.Sample#NO_TIME} where not told.
 *
 * @param node path of the asset in the register
 * @param eventNs when, by the source's clock
 * @param amount how many, where the kind counts something, else 0
 * @param of of how many, else 0
 * @param key what it is about and shares with what belongs to it: alarm, part, request, inference
 * @param person pseudonym
 * @param detail for people
 */
public record EventRecord(
    String node,
    EventKind kind,
    long eventNs,
    long amount,
    long of,
    String key,
    String person,
    String detail) {

  /** One without amounts, person and detail. */
  public static EventRecord of(String node, EventKind kind, long eventNs, String key) {
    return new EventRecord(node, kind, eventNs, 0, 0, key, "", "");
  }
}
