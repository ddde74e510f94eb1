package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Cell.CNC;
import static io.feedrate.kpi.engine.Cell.LINE;
import static io.feedrate.kpi.engine.Cell.ns;
import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Episode;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.State;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Failures of links, and how long they last. */
class LinkReliabilityTest {
  private static final String MTBF = "link_mtbf";
  private static final String MTTR = "link_mttr";

  private final Cell cell = new Cell();

  private List<Episode> repairs() {
    return cell.report.episodes.stream().filter(e -> e.kind() == Episode.Kind.LINK_REPAIR).toList();
  }

  /** Up from 0, dead from 20 on, found so at 23, back at 30. */
  private void failOnce() {
    cell.link(0, LinkEvent.UP, 0);
    cell.alive(1, 20);
    cell.tick(22);
    cell.link(0, LinkEvent.DOWN, 23);
    for (int s = 24; s < 30; s++) {
      cell.tick(s);
    }
    cell.link(0, LinkEvent.UP, 30);
    cell.alive(31, 65);
  }

  @Test
  void aLinkIsDownFromItsLastProofToItsReturn() {
    failOnce();
    assertThat(cell.counts(MTBF, CNC)).containsExactly(1, 50_000, 10_000, 0);
    assertThat(cell.figure(MTBF, CNC)).isEqualTo(Figure.exact(25));
    assertThat(cell.figure(MTTR, LINE)).isEqualTo(Figure.exact(5));
  }

  @Test
  void theRepairIsAnEpisode() {
    failOnce();
    assertThat(repairs()).hasSize(2);
    Episode repaired = repairs().get(1);
    assertThat(repaired.end()).isEqualTo(Episode.End.DONE);
    assertThat(repaired.startNs()).isEqualTo(ns(20));
    assertThat(repaired.startReceivedNs()).isEqualTo(ns(23));
    assertThat(repaired.endNs()).isEqualTo(ns(30));
  }

  @Test
  void withoutAFailureOnlyAtLeastIsKnown() {
    cell.link(0, LinkEvent.UP, 0);
    cell.alive(1, 25);
    assertThat(cell.figure(MTBF, CNC))
        .isEqualTo(new Figure(State.MEASURED, 20, 20, Double.POSITIVE_INFINITY));
    assertThat(cell.figure(MTTR, CNC)).isEqualTo(Figure.NOT_APPLICABLE);
  }

  @Test
  void aLinkThatWasNeverUpHasNeverFailed() {
    cell.link(0, LinkEvent.DOWN, 1);
    cell.tick(30);
    assertThat(cell.figure(MTBF, CNC)).isEqualTo(Figure.NOT_APPLICABLE);
    assertThat(repairs()).isEmpty();
  }

  @Test
  void aNewSessionUnaskedIsAFailure() {
    cell.link(0, LinkEvent.UP, 0);
    cell.alive(1, 10);
    cell.link(0, LinkEvent.UP, 12);
    cell.alive(12, 25);
    assertThat(cell.counts(MTBF, CNC)).containsExactly(1, 18_000, 2_000, 0);
  }

  @Test
  void aRestartOfTheCollectorIsNoFailure() {
    cell.link(0, LinkEvent.UP, 0);
    cell.alive(1, 10);
    cell.crash();
    cell.engine.onStart(ns(15));
    cell.link(0, LinkEvent.UP, 16);
    cell.alive(16, 35);
    assertThat(cell.counts(MTBF, CNC)).containsExactly(0, 24_000, 0, 6_000);
    assertThat(repairs()).isEmpty();
  }

  @Test
  void slowProofsCountOnceTheyCome() {
    cell.link(0, LinkEvent.UP, 0);
    for (int s = 1; s <= 100; s++) {
      if (s % 30 == 0) {
        cell.link(0, LinkEvent.PROOF, s);
      }
      cell.tick(s);
    }
    assertThat(cell.counts(MTBF, CNC)).containsExactly(0, 90_000, 0, 0);
  }

  @Test
  void whatIsExcludedIsNeitherTimeNorFailure() {
    cell.engine.onExclusion(CNC, ns(15), ns(35), ns(0));
    failOnce();
    assertThat(cell.counts(MTBF, CNC)).containsExactly(0, 40_000, 0, 0);
    assertThat(repairs()).isEmpty();
  }

  @Test
  void aFailureOutlivesACrashAndARegisterChange() {
    cell.link(0, LinkEvent.UP, 0);
    cell.alive(1, 20);
    cell.link(0, LinkEvent.DOWN, 23);
    cell.crash();
    cell.tick(24);
    cell.change(Cell.register(new Factory().rules(), 1), 25);
    cell.tick(28);
    cell.link(0, LinkEvent.UP, 30);
    cell.alive(31, 65);
    assertThat(cell.counts(MTBF, CNC)).containsExactly(1, 50_000, 10_000, 0);
    assertThat(repairs().get(1).end()).isEqualTo(Episode.End.DONE);
  }

  @Test
  void theRepairOfALinkThatIsNotKeptLapses() {
    cell.link(0, LinkEvent.UP, 0);
    cell.alive(1, 20);
    cell.link(0, LinkEvent.DOWN, 23);
    cell.change(new Factory().node("other").register(), 25);
    assertThat(repairs().get(1).end()).isEqualTo(Episode.End.LAPSED);
  }
}
