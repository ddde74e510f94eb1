package io.feedrate.collector.adapter.opcua;

import io.feedrate.collector.adapter.LinkStatus;
import io.feedrate.collector.adapter.LinkStatus.State;
import io.feedrate.collector.journal.Journal;
import io.feedrate.kpi.LinkEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known about the link, as link records and for the status. Changes only are recorded: two
 * reasons for one outage make one DOWN.
 *
 * <p><b>Thread</b>: any. <b>Allocation</b>: 0 for {@link #heard} and {@link #proof}.
 */
final class LinkRecorder {
  private static final Logger log = LoggerFactory.getLogger(LinkRecorder.class);

  private final Journal journal;
  private final int link;
  private final String name;

  private State state = State.CONNECTING;
  private String reason = "";
  private String notes = "";
  private long sinceNs;
  private long reconnects;
  private boolean everUp;
  private boolean recordedDown;
  private boolean lostWhileDown;
  private boolean lostByJournal;
  private boolean resumable;
  private boolean closed;
  private volatile long heardNs = System.nanoTime();

  LinkRecorder(Journal journal, int link, String name) {
    this.journal = journal;
    this.link = link;
    this.name = name;
    this.sinceNs = journal.clock().nowNs();
  }

  /** When something was last heard over the subscription, by {@link System#nanoTime()}. */
  long heardNs() {
    return heardNs;
  }

  synchronized boolean isUp() {
    return state == State.UP;
  }

  /** A new subscription stands: what was before it is not known. */
  synchronized void up(String detail) {
    heardNs = System.nanoTime();
    come(LinkEvent.UP, detail);
  }

  /**
   * The session is active again. If the subscription lived on, the first message that it brings
   * proves that nothing was missed.
   */
  synchronized void sessionActive() {
    resumable = state != State.UP;
  }

  /** Values came over the subscription; call it before they are journaled. */
  synchronized void heard() {
    heardNs = System.nanoTime();
    if (resumable && state != State.UP) {
      if (lostWhileDown) {
        come(LinkEvent.UP, "reconnected, notifications were lost");
      } else {
        come(LinkEvent.RESUMED, "");
      }
    } else if (lostByJournal) {
      lostByJournal = false;
      record(LinkEvent.GAP, "the journal could not be written");
    }
  }

  /** A keep-alive came: the subscription is alive and had nothing to say. */
  synchronized void proof() {
    heard();
    if (state == State.UP) {
      record(LinkEvent.PROOF, "");
    }
  }

  /** The server could not repeat notifications that are missing; how many, it does not say. */
  synchronized void gap(String detail) {
    if (state == State.UP) {
      record(LinkEvent.GAP, detail);
      log.warn("{}: {}", name, detail);
    } else {
      lostWhileDown = true;
    }
  }

  /** Samples were received and the journal did not take them. */
  synchronized void journalFailed(RuntimeException e) {
    if (!lostByJournal) {
      log.error("{}: the journal cannot be written, samples are lost", name, e);
    }
    lostByJournal = true;
  }

  /** The link is not usable; whether a person must act is in {@code attention}. */
  synchronized void down(String detail, boolean attention) {
    if (!detail.equals(reason)) {
      log.warn("{}: {}", name, detail);
    }
    go(attention ? State.ATTENTION : State.DOWN, detail);
  }

  /**
   * The collector itself ended the connection. The link did not fail, so nothing is recorded: the
   * collector's next start tells that nothing was observed since the last proof.
   */
  synchronized void ended() {
    log.debug("{}: closed", name);
    resumable = false;
    change(State.DOWN, "closed");
  }

  /**
   * What a person should know while the link is up, such as nodes that the server does not have.
   */
  synchronized void notes(String text) {
    if (!text.isEmpty() && !text.equals(notes)) {
      log.warn("{}: {}", name, text);
    }
    notes = text;
  }

  /** Nothing is recorded any more. */
  synchronized void close() {
    closed = true;
  }

  synchronized LinkStatus status(String endpoint, long journaled, long rejected) {
    String separator = reason.isEmpty() || notes.isEmpty() ? "" : "; ";
    return new LinkStatus(
        link,
        name,
        "opcua",
        endpoint,
        state,
        reason + separator + notes,
        sinceNs,
        journaled + rejected,
        journaled,
        rejected,
        reconnects);
  }

  private void come(LinkEvent event, String detail) {
    if (everUp && state != State.UP) {
      reconnects++;
    }
    log.info("{}: {}{}", name, event, detail.isEmpty() ? "" : " (" + detail + ")");
    change(State.UP, "");
    everUp = true;
    recordedDown = false;
    resumable = false;
    record(event, detail);
  }

  private void go(State next, String detail) {
    resumable = false;
    change(next, detail);
    if (!recordedDown) {
      recordedDown = true;
      lostWhileDown = false;
      record(LinkEvent.DOWN, detail);
    }
  }

  private void change(State next, String detail) {
    if (state != next) {
      sinceNs = journal.clock().nowNs();
    }
    state = next;
    reason = detail;
  }

  private void record(LinkEvent event, String detail) {
    if (closed) {
      return;
    }
    try {
      journal.appendLink(link, event, 0, detail);
    } catch (RuntimeException e) {
      journalFailed(e);
    }
  }
}
