package io.feedrate.simulator;

import io.feedrate.kpi.EventKind;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The controller of the line: hands parts from machines to cameras, answers what the models want,
 * and tells over MQTT what happens at machines and with people: parts, inspections, alarms,
 * control, actions, corrections. It keeps the books of it, as {@link Truth} shows them.
 *
 * <p><b>Thread</b>: its ticks; {@link #tell} and the books from any. It takes the locks of nodes,
 * and nobody calls it under a lock but to leave a {@link Happening}.
 */
final class LineController implements AutoCloseable {
  static final String NAME = "controller";

  private static final long TICK_MS = 100;
  private static final long CHECK_MS = 10_000;
  private static final int PARTS_KEPT = 1_000;
  private static final int TIMES_KEPT = 5_000;

  /** Of a hundred, how many things of a kind happen. */
  private static final int ANSWERED = 97;

  private static final int INSPECTED = 50;
  private static final int RELEASED = 75;
  private static final int UNANNOUNCED = 30;

  /** A part that was made. */
  private record Part(String machine, boolean bad) {}

  /** Events of one kind: how many, and when the last of them were. */
  private static final class Told {
    private final Deque<Long> timesMs = new ArrayDeque<>();
    private long count;

    void add(long atMs) {
      count++;
      timesMs.add(atMs);
      if (timesMs.size() > TIMES_KEPT) {
        timesMs.remove();
      }
    }
  }

  /** Something to be told at its time. */
  private record Due(
      long atMs, EventKind kind, String asset, String id, String operator, boolean saidBad) {}

  private final Publisher publisher;
  private final List<String> machines;
  private final List<InferenceNode> nodes;
  private final boolean trouble;
  private final SplittableRandom random;
  private final Alarms alarms;
  private final Ticker ticker;
  private final Queue<Happening> inbox = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::atMs));
  private final Map<String, Part> parts = new LinkedHashMap<>();

  /** Corrections that no model version has learned yet, with their nodes. */
  private final Map<String, String> open = new LinkedHashMap<>();

  private final Map<String, Map<EventKind, Told>> told = new HashMap<>();
  private final Map<String, Inspections> inspections = new HashMap<>();
  private long qualifiedActions;
  private int interfaceChanges;

  LineController(
      LinePlan plan,
      InetSocketAddress broker,
      List<String> machines,
      List<InferenceNode> nodes,
      LineThreads threads) {
    this.machines = List.copyOf(machines);
    this.nodes = nodes;
    trouble = plan.trouble();
    random = new SplittableRandom(plan.seed() * 31 + 3);
    alarms = new Alarms(machines, plan.seed() * 37 + 5, trouble, System.currentTimeMillis());
    publisher = new Publisher(NAME, broker);
    ticker = new Ticker(threads.timers(), TICK_MS, this::tick);
  }

  void start() {
    ticker.start();
  }

  /** Leaves word of what happened. */
  void tell(Happening happening) {
    inbox.add(happening);
  }

  /** Number of events of this kind that were told of an asset. */
  synchronized long events(String asset, EventKind kind) {
    return told(asset, kind).count;
  }

  /** Of these, those that happened in {@code [fromMs, toMs)}. */
  synchronized long events(String asset, EventKind kind, long fromMs, long toMs) {
    return told(asset, kind).timesMs.stream().filter(ms -> ms >= fromMs && ms < toMs).count();
  }

  private Told told(String asset, EventKind kind) {
    return told.computeIfAbsent(asset, a -> new EnumMap<>(EventKind.class))
        .computeIfAbsent(kind, k -> new Told());
  }

  /** What inspections found of parts on which a node had decided. */
  synchronized Inspections inspections(String node) {
    return inspections.getOrDefault(node, Inspections.NONE);
  }

  /** Actions of people whose training is valid. */
  synchronized long qualifiedActions() {
    return qualifiedActions;
  }

  private synchronized void tick(long trueMs) {
    Happening happening = inbox.poll();
    while (happening != null) {
      handle(happening);
      happening = inbox.poll();
    }
    for (Alarms.Event alarm : alarms.tick(trueMs)) {
      publish(
          alarm.kind(), alarm.machine(), alarm.id(), alarm.atMs(), alarm.operator(), alarm.text());
    }
    Due next = due.peek();
    while (next != null && next.atMs() <= trueMs) {
      carryOut(due.remove());
      next = due.peek();
    }
    if (trueMs % CHECK_MS == 0) {
      nodes.forEach(node -> check(node, trueMs));
    }
    if (trueMs % InferenceNode.HEARTBEAT_MS == 0) {
      publisher.publish(Publisher.STATUS, Messages.status(trueMs, -1, InferenceNode.HEARTBEAT_MS));
    }
  }

  private void handle(Happening h) {
    switch (h.kind()) {
      case PART_PRODUCED -> produced(h);
      case PART_GOOD, PART_BAD -> decided(h);
      case RESPONSE -> {
        if (chance(ANSWERED)) {
          later(h, EventKind.RESPONSE, 40, 250);
        }
      }
      case ACTION -> act(h);
      case CORRECTION -> {
        open.put(h.id(), h.asset());
        publish(h.kind(), h.asset(), h.id(), h.atMs(), h.operator(), "");
      }
      case CORRECTION_RELEASED -> release(h.atMs());
      default -> publish(h.kind(), h.asset(), h.id(), h.atMs(), h.operator(), "");
    }
  }

  private void produced(Happening h) {
    publish(h.kind(), h.asset(), h.id(), h.atMs(), "", "");
    parts.put(h.id(), new Part(h.asset(), h.bad()));
    if (parts.size() > PARTS_KEPT) {
      Iterator<String> oldest = parts.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    if (!nodes.isEmpty()) {
      nodes.get(machines.indexOf(h.asset()) % nodes.size()).feed(h.id(), h.bad());
    }
  }

  /** A model decided on a part: half of the parts are measured later. */
  private void decided(Happening h) {
    if (parts.containsKey(h.id()) && chance(INSPECTED)) {
      later(h, h.kind(), 3_000, 8_000);
    }
  }

  private void later(Happening h, EventKind kind, long fromMs, long toMs) {
    due.add(
        new Due(
            h.atMs() + random.nextLong(fromMs, toMs),
            kind,
            h.asset(),
            h.id(),
            "",
            h.kind() == EventKind.PART_BAD));
  }

  private void carryOut(Due d) {
    if (d.kind() == EventKind.RESPONSE) {
      publish(d.kind(), d.asset(), d.id(), d.atMs(), "", "");
      return;
    }
    Part part = parts.get(d.id());
    if (part == null) {
      return;
    }
    EventKind found = part.bad() ? EventKind.PART_BAD : EventKind.PART_GOOD;
    if (publish(found, part.machine(), d.id(), d.atMs(), "", "")) {
      inspections.merge(
          d.asset(),
          Inspections.NONE.plus(d.saidBad(), part.bad()),
          (sum, one) -> sum.plus(d.saidBad(), part.bad()));
    }
  }

  private void act(Happening h) {
    String operator = Operators.PSEUDONYMS.get(random.nextInt(Operators.PSEUDONYMS.size()));
    if (publish(h.kind(), h.asset(), h.id(), h.atMs(), operator, "set-up")
        && Operators.isQualified(operator, h.asset())) {
      qualifiedActions++;
    }
  }

  /** A new model version: it has learned most corrections, and its interface may be another. */
  private void release(long atMs) {
    for (Iterator<Map.Entry<String, String>> it = open.entrySet().iterator(); it.hasNext(); ) {
      Map.Entry<String, String> correction = it.next();
      if (chance(RELEASED)) {
        publish(
            EventKind.CORRECTION_RELEASED,
            correction.getValue(),
            correction.getKey(),
            atMs,
            "",
            "");
        it.remove();
      }
    }
    for (InferenceNode node : nodes) {
      boolean silently = trouble && chance(UNANNOUNCED);
      publish(
          silently ? EventKind.INTERFACE_CHANGED_UNANNOUNCED : EventKind.INTERFACE_CHANGED,
          node.name(),
          node.name() + "-interface-" + ++interfaceChanges,
          atMs,
          "",
          "");
    }
  }

  private void check(InferenceNode node, long atMs) {
    int offered = node.signals().size();
    byte[] payload = Messages.interfaceChecked(node.name(), atMs, offered, offered);
    count(publisher.publish("event", payload), node.name(), EventKind.INTERFACE_CHECKED, atMs);
  }

  private boolean publish(
      EventKind kind, String asset, String id, long atMs, String operator, String detail) {
    byte[] payload = Messages.event(kind, asset, id, atMs, operator, detail);
    return count(publisher.publish("event", payload), asset, kind, atMs);
  }

  private boolean count(boolean published, String asset, EventKind kind, long atMs) {
    if (published) {
      told(asset, kind).add(atMs);
    }
    return published;
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  @Override
  public void close() {
    ticker.close();
    publisher.close();
  }
}
