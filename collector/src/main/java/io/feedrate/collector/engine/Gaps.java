package io.feedrate.collector.engine;

import io.feedrate.collector.journal.sbe.ClockStepDecoder;
import io.feedrate.collector.journal.sbe.MessageHeaderDecoder;
import io.feedrate.collector.journal.sbe.StartDecoder;
import io.feedrate.collector.store.GapRow;
import org.agrona.DirectBuffer;

/** What the records about the collector itself say of what it missed. */
final class Gaps {
  private final StartDecoder start = new StartDecoder();
  private final ClockStepDecoder clockStep = new ClockStepDecoder();

  /**
   * It started; before that it was not running.
   *
   * @param beforeNs time of the record before, the smallest long where there is none
   */
  GapRow stopped(DirectBuffer record, MessageHeaderDecoder header, long beforeNs) {
    start.wrapAndApplyHeader(record, 0, header);
    return new GapRow(GapRow.Cause.STOPPED, beforeNs, start.nowNs(), start.softwareVersion());
  }

  /** The machine's clock was set back. */
  GapRow clockSetBack(DirectBuffer record, MessageHeaderDecoder header) {
    clockStep.wrapAndApplyHeader(record, 0, header);
    return new GapRow(
        GapRow.Cause.CLOCK_SET_BACK,
        clockStep.nowNs(),
        clockStep.wallNs(),
        clockStep.softwareVersion());
  }
}
