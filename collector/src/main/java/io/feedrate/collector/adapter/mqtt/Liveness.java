package io.feedrate.collector.adapter.mqtt;

import io.feedrate.collector.adapter.LinkStatus.State;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Sample;

/**
 * Whether one source is alive and whether anything of it was missed, as link records.
 *
 * <p>A link is up from the first live message on; it is down while the broker cannot be reached,
 * after the source said that it went (or its last will did), and after it was silent for three
 * heartbeats. Coming back is a {@link LinkEvent#RESUMED} only where sequence numbers show that
 * nothing was missed.
 *
 * <p><b>Thread</b>: under the adapter's lock. <b>Allocation</b>: 0 while nothing changes. A {@link
 * MqttRecords.JournalFailure} leaves the state so that the same call can be made again.
 */
final class Liveness {

  static final long DEFAULT_HEARTBEAT_NS = 5_000_000_000L;
  private static final long MIN_HEARTBEAT_NS = 100_000_000L;
  private static final long MAX_HEARTBEAT_NS = 3_600_000_000_000L;

  /** What a page shows of it. */
  record View(State state, String detail, long sinceNs) {}

  private final int link;
  private final MqttRecords records;
  private final Sequence sequence = new Sequence();
  private final ClockOffset clock = new ClockOffset();
  private volatile View view;

  private boolean connected;
  private boolean up;

  /** Went down by itself, so that numbers may start anew. */
  private boolean sourceWent;

  /** Something was missed since it went down; kept until the journal knows that it is up. */
  private boolean missed;

  /** Why it is down, as long as the journal does not know; else "". */
  private String untoldDown = "";

  private boolean downTold;
  private long heardNs;
  private long provenNs = Long.MIN_VALUE;
  private long heartbeatNs = DEFAULT_HEARTBEAT_NS;
  private boolean heardSinceConnect;

  Liveness(int link, MqttRecords records, long nowNs) {
    this.link = link;
    this.records = records;
    view = new View(State.CONNECTING, "connecting to the broker", nowNs);
  }

  /** State now; any thread. */
  View view() {
    return view;
  }

  void onBrokerConnected(long nowNs) {
    connected = true;
    heardSinceConnect = false;
    heardNs = nowNs;
    clock.reset();
    view = new View(State.CONNECTING, "waiting for the first heartbeat", nowNs);
  }

  /** The broker cannot be reached, or not any longer. */
  void onBrokerLost(String why, State shownAs, long nowNs) {
    connected = false;
    down(why, shownAs, nowNs);
  }

  /** Time passed. */
  void onTick(long nowNs) {
    tellDown();
    if (connected && nowNs - heardNs > 3 * heartbeatNs && view.state() != State.DOWN) {
      sourceWent |= up;
      down("nothing heard for " + 3 * heartbeatNs / 1_000_000 + " ms", State.DOWN, nowNs);
    }
  }

  void onStatus(
      boolean online, long sent, long timeNs, long everyNs, boolean retained, long nowNs) {
    if (!online) {
      // A retained one is older than anything that came live over this connection.
      if (!retained || !heardSinceConnect) {
        tellDown();
        sourceWent = true;
        down("the source went offline", State.DOWN, nowNs);
      }
      return;
    }
    if (retained) {
      return;
    }
    if (everyNs != MessageSink.NOT_TOLD) {
      heartbeatNs = Math.max(MIN_HEARTBEAT_NS, Math.min(everyNs, MAX_HEARTBEAT_NS));
    }
    advance(sent, sequence.stepToSent(sent), nowNs);
    if (sent != MessageSink.NOT_TOLD && sequence.stepToSent(sent) != Sequence.REPEATED) {
      sequence.settle(sent);
    }
    if (provenNs == Long.MIN_VALUE || nowNs - provenNs >= MIN_HEARTBEAT_NS) {
      records.link(link, LinkEvent.PROOF, 0, "");
      provenNs = nowNs;
    }
    if (timeNs != Sample.NO_TIME && clock.add(timeNs, nowNs, heartbeatNs)) {
      records.clock(link, clock.offsetNs(), clock.uncertaintyNs());
    }
  }

  /** A samples message of this number came; its samples follow. */
  void onSamples(long number, long nowNs) {
    advance(number, sequence.stepTo(number), nowNs);
  }

  /** All of the samples message of this number is in the journal. */
  void onSamplesJournaled(long number) {
    if (number != MessageSink.NOT_TOLD && sequence.stepTo(number) != Sequence.REPEATED) {
      sequence.settle(number);
    }
  }

  /** A live message of another kind came. */
  void onOther(long nowNs) {
    if (!up && sequence.last() != MessageSink.NOT_TOLD) {
      heardNs = nowNs; // the next heartbeat can tell whether something was missed, this cannot
      return;
    }
    advance(MessageSink.NOT_TOLD, Sequence.FIRST, nowNs);
  }

  private void advance(long number, long stepFound, long nowNs) {
    tellDown();
    long step = number == MessageSink.NOT_TOLD ? Sequence.FIRST : stepFound;
    if (step == Sequence.REPEATED && sourceWent) {
      step = Sequence.RESTARTED;
    }
    if (step > 0) {
      records.link(link, LinkEvent.GAP, step, "");
      sequence.settleBefore(number);
      missed = true;
    } else if (step == Sequence.RESTARTED) {
      if (up) {
        records.link(link, LinkEvent.UP, 0, "the source restarted: sequence went back");
      }
      sequence.settleBefore(number);
      missed = true;
    }
    if (!up) {
      boolean missedNothing = !missed && (step == 0 || step == Sequence.REPEATED);
      records.link(link, missedNothing ? LinkEvent.RESUMED : LinkEvent.UP, 0, "");
      up = true;
      downTold = false;
      view = new View(State.UP, "", nowNs);
    }
    missed = false;
    sourceWent = false;
    heardSinceConnect = true;
    heardNs = nowNs;
  }

  private void down(String why, State shownAs, long nowNs) {
    up = false;
    view = new View(shownAs, why, view.state() == shownAs ? view.sinceNs() : nowNs);
    if (!downTold) {
      untoldDown = why;
      tellDown();
    }
  }

  /** Appends that the link is down, if the journal could not take it before. */
  private void tellDown() {
    if (!untoldDown.isEmpty()) {
      records.link(link, LinkEvent.DOWN, 0, untoldDown);
      untoldDown = "";
      downTold = true;
    }
  }
}
