package io.feedrate.simulator;

import io.feedrate.kpi.EventKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * The alarms of a line's machines: now and then one, which a person acknowledges and which then
 * goes; and on a line with trouble small floods, and one that chatters.
 *
 * <p><b>Thread</b>: under the controller's lock.
 */
final class Alarms {
  private static final long FIRST_FLOOD_MS = 12_000;
  private static final int FLOOD_SIZE = 12;
  private static final int CHATTERS = 4;
  private static final List<String> TEXTS =
      List.of(
          "coolant level low",
          "lubrication pressure low",
          "tool life reached",
          "door open",
          "chip conveyor overload",
          "air pressure low");

  /** Something to be told at its time. */
  record Event(long atMs, EventKind kind, String machine, String id, String operator, String text) {
    Event(long atMs, EventKind kind, String machine, int number, String operator) {
      this(
          atMs,
          kind,
          machine,
          machine + "-A" + number,
          operator,
          kind == EventKind.ALARM_RAISED ? TEXTS.get(number % TEXTS.size()) : "");
    }
  }

  private final List<String> machines;
  private final SplittableRandom random;
  private final boolean floods;
  private final PriorityQueue<Event> due =
      new PriorityQueue<>(Comparator.comparingLong(Event::atMs));

  /** When each alarm is, or will be, cleared. */
  private final Map<String, Long> cleared = new HashMap<>();

  private long nextMs;
  private long nextFloodMs;

  Alarms(List<String> machines, long seed, boolean floods, long nowMs) {
    this.machines = machines;
    this.floods = floods;
    random = new SplittableRandom(seed);
    nextMs = nowMs + random.nextLong(1_000, 3_000);
    nextFloodMs = nowMs + FIRST_FLOOD_MS;
  }

  /** What is to be told by now. */
  List<Event> tick(long nowMs) {
    if (!machines.isEmpty() && nowMs >= nextMs) {
      nextMs = nowMs + random.nextLong(6_000, 20_000);
      alarm(nowMs, machine(), random.nextInt(TEXTS.size()), random.nextLong(4_000, 15_000));
    }
    if (floods && !machines.isEmpty() && nowMs >= nextFloodMs) {
      nextFloodMs = nowMs + random.nextLong(60_000, 150_000);
      flood(nowMs, machine());
    }
    List<Event> result = new ArrayList<>();
    Event next = due.peek();
    while (next != null && next.atMs() <= nowMs) {
      result.add(due.remove());
      next = due.peek();
    }
    return result;
  }

  private String machine() {
    return machines.get(random.nextInt(machines.size()));
  }

  /** Most are acknowledged before they go. */
  private void alarm(long atMs, String machine, int number, long lengthMs) {
    Long clearedMs = cleared.get(machine + number);
    if (clearedMs != null && atMs <= clearedMs) {
      return; // what is active cannot be raised
    }
    cleared.put(machine + number, atMs + lengthMs);
    due.add(new Event(atMs, EventKind.ALARM_RAISED, machine, number, ""));
    if (random.nextInt(8) > 0) {
      long ackMs = atMs + random.nextLong(lengthMs / 4, lengthMs);
      String operator = Operators.PSEUDONYMS.get(random.nextInt(Operators.PSEUDONYMS.size()));
      due.add(new Event(ackMs, EventKind.ALARM_ACKNOWLEDGED, machine, number, operator));
    }
    due.add(new Event(atMs + lengthMs, EventKind.ALARM_CLEARED, machine, number, ""));
  }

  /** One cause, many alarms; the last one of them chatters. */
  private void flood(long atMs, String machine) {
    for (int i = 0; i < FLOOD_SIZE; i++) {
      alarm(atMs + i * 700L, machine, TEXTS.size() + i, random.nextLong(8_000, 20_000));
    }
    int chattering = TEXTS.size() + FLOOD_SIZE;
    for (int i = 0; i < CHATTERS; i++) {
      long raisedMs = atMs + i * 4_000L;
      due.add(new Event(raisedMs, EventKind.ALARM_RAISED, machine, chattering, ""));
      due.add(new Event(raisedMs + 1_500, EventKind.ALARM_CLEARED, machine, chattering, ""));
    }
  }
}
