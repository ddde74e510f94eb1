package io.feedrate.collector.adapter.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.collector.adapter.LinkStatus;
import io.feedrate.collector.adapter.LinkStatus.State;
import io.feedrate.collector.journal.EpochClock;
import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.peers.JournalTape;
import io.feedrate.kpi.LinkEvent;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkRecorderTest {
  private Journal journal;
  private JournalTape tape;
  private LinkRecorder recorder;

  @BeforeEach
  void open(@TempDir Path directory) {
    journal = Journal.open(directory, new EpochClock());
    tape = new JournalTape(journal);
    recorder = new LinkRecorder(journal, 0, "cnc");
  }

  @AfterEach
  void close() {
    tape.close();
    journal.close();
  }

  @Test
  void twoReasonsForOneOutageMakeOneDown() {
    recorder.up("connected");

    recorder.down("no data", false);
    recorder.down("the connection is lost", false);

    assertThat(tape.changes()).containsExactly(LinkEvent.UP, LinkEvent.DOWN);
    assertThat(status().detail()).isEqualTo("the connection is lost");
  }

  @Test
  void firstMessageAfterTheSessionIsBackProvesThatNothingWasMissed() {
    recorder.up("connected");
    recorder.down("lost", false);
    recorder.sessionActive();
    assertThat(status().state()).isEqualTo(State.DOWN);

    recorder.heard();

    assertThat(tape.changes()).containsExactly(LinkEvent.UP, LinkEvent.DOWN, LinkEvent.RESUMED);
    assertThat(status().state()).isEqualTo(State.UP);
    assertThat(status().reconnects()).isEqualTo(1);
  }

  @Test
  void messageThatWasStillUnderWayResumesNothing() {
    recorder.up("connected");
    recorder.down("lost", false);

    recorder.heard();
    recorder.proof();

    assertThat(tape.changes()).containsExactly(LinkEvent.UP, LinkEvent.DOWN);
  }

  @Test
  void lossDuringAnOutageIsNotCalledResumed() {
    recorder.up("connected");
    recorder.down("lost", false);
    recorder.sessionActive();
    recorder.gap("notifications were lost");

    recorder.heard();

    assertThat(tape.changes()).containsExactly(LinkEvent.UP, LinkEvent.DOWN, LinkEvent.UP);
  }

  @Test
  void lossOnALivingLinkIsAGap() {
    recorder.up("connected");

    recorder.gap("notifications were lost");
    recorder.heard();

    assertThat(tape.changes()).containsExactly(LinkEvent.UP, LinkEvent.GAP);
  }

  @Test
  void samplesThatTheJournalDidNotTakeAreAGapAsSoonAsItCan() {
    recorder.up("connected");

    recorder.journalFailed(new IllegalStateException("disk full"));
    recorder.heard();
    recorder.heard();

    assertThat(tape.changes()).containsExactly(LinkEvent.UP, LinkEvent.GAP);
  }

  @Test
  void whatWantsAPersonIsShownAsSuch() {
    recorder.down("the certificate is not trusted", true);

    assertThat(status().state()).isEqualTo(State.ATTENTION);
    assertThat(tape.changes()).containsExactly(LinkEvent.DOWN);
  }

  @Test
  void endOfTheCollectorIsNoFailureOfTheLink() {
    recorder.up("connected");

    recorder.ended();

    assertThat(status().state()).isEqualTo(State.DOWN);
    assertThat(status().detail()).isEqualTo("closed");
    assertThat(tape.changes()).containsExactly(LinkEvent.UP);
  }

  @Test
  void nothingIsRecordedAfterTheEnd() {
    recorder.up("connected");
    recorder.ended();
    recorder.close();

    recorder.up("too late");
    recorder.down("too late", false);

    assertThat(tape.changes()).containsExactly(LinkEvent.UP);
  }

  private LinkStatus status() {
    return recorder.status("opc.tcp://cnc", 3, 2);
  }
}
