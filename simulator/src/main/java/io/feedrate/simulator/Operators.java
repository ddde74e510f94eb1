package io.feedrate.simulator;

import io.feedrate.kpi.AdviceEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * The people at one node's screen: what the model finds is shown to them as advice, and they follow
 * it, decide otherwise, or do not look in time. They appear under pseudonyms.
 *
 * <p><b>Thread</b>: under the node's lock.
 */
final class Operators {
  private static final long EXPIRY_MS = 8_000;
  static final List<String> PSEUDONYMS = List.of("op-11", "op-17", "op-23", "op-42");

  /** Trained for the first machine only. */
  private static final String BEGINNER = "op-23";

  /** Whose training has expired. */
  private static final String EXPIRED = "op-42";

  private static final List<String> REASONS =
      List.of("coolant on the lens", "known cosmetic mark", "measured by hand: in tolerance");

  /** Something to be reported at its time. */
  record Event(long atMs, String id, AdviceEvent event, String operator, String reason) {}

  private final String node;
  private final SplittableRandom random;
  private final PriorityQueue<Event> due =
      new PriorityQueue<>(Comparator.comparingLong(Event::atMs));
  private int count;

  Operators(String node, long seed) {
    this.node = node;
    random = new SplittableRandom(seed);
  }

  /** Below the line, what a person's training is for; "" for all of it. */
  static String trainedFor(String operator) {
    return operator.equals(BEGINNER) ? Machine.name(1) : "";
  }

  /** The last day of a person's training. */
  static String trainedUntil(String operator) {
    return operator.equals(EXPIRED) ? "2024-12-31" : "2099-12-31";
  }

  /** Whether a person's training is valid for a machine, today. */
  static boolean isQualified(String operator, String machine) {
    String subject = trainedFor(operator);
    return !operator.equals(EXPIRED) && (subject.isEmpty() || subject.equals(machine));
  }

  /** The model found a defect; every second time it is worth a person's attention. */
  void defect(long nowMs) {
    if (random.nextBoolean()) {
      return;
    }
    String id = node + "-advice-" + ++count;
    String operator = PSEUDONYMS.get(random.nextInt(PSEUDONYMS.size()));
    due.add(new Event(nowMs, id, AdviceEvent.SHOWN, operator, ""));
    int outcome = random.nextInt(10);
    long answerMs = nowMs + random.nextLong(1_000, 6_000);
    if (outcome < 7) {
      due.add(new Event(answerMs, id, AdviceEvent.ACCEPTED, operator, ""));
    } else if (outcome < 9) {
      String reason = REASONS.get(random.nextInt(REASONS.size()));
      due.add(new Event(answerMs, id, AdviceEvent.OVERRIDDEN, operator, reason));
    } else {
      due.add(new Event(nowMs + EXPIRY_MS, id, AdviceEvent.EXPIRED, operator, ""));
    }
  }

  /** What is to be reported by now. */
  List<Event> tick(long nowMs) {
    List<Event> result = new ArrayList<>();
    Event next = due.peek();
    while (next != null && next.atMs() <= nowMs) {
      result.add(due.remove());
      next = due.peek();
    }
    return result;
  }
}
