package io.feedrate.kpi.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Episode;
import io.feedrate.kpi.Episode.End;
import io.feedrate.kpi.Episode.Kind;
import io.feedrate.kpi.ModelStage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From a failed or rolled back update to a good version serving again. */
class RecoveryTimeTest {
  private final Fleet fleet = new Fleet();

  private List<Episode> episodes() {
    return fleet.report.episodes.stream().filter(e -> e.kind() == Kind.RECOVERY).toList();
  }

  private Episode last() {
    return episodes().get(episodes().size() - 1);
  }

  private void goodThenRolledBack() {
    fleet.stage("1", ModelStage.APPROVED, 1);
    fleet.served("1", 2);
    fleet.stage("2", ModelStage.APPROVED, 10);
    fleet.served("2", 11);
    fleet.stage("2", ModelStage.ROLLED_BACK, 20);
  }

  @Test
  void itEndsWhenTheVersionBeforeServesAgain() {
    goodThenRolledBack();
    assertThat(last().end()).isEqualTo(End.OPEN);
    assertThat(last().subject()).isEqualTo(Fleet.A);
    fleet.served("2", 21); // still the bad one
    fleet.restart();
    fleet.served("1", 25);
    fleet.served("1", 26);
    assertThat(episodes()).hasSize(2);
    assertThat(last().end()).isEqualTo(End.DONE);
    assertThat(last().startNs()).isEqualTo(Fleet.ns(20));
    assertThat(last().endNs()).isEqualTo(Fleet.ns(25));
  }

  @Test
  void itEndsWithAFixThatWasApprovedSince() {
    goodThenRolledBack();
    fleet.served("0", 22); // nobody approved that
    fleet.stage("3", ModelStage.APPROVED, 30);
    assertThat(last().end()).isEqualTo(End.OPEN);
    fleet.served("3", 40);
    assertThat(last().end()).isEqualTo(End.DONE);
    assertThat(last().endNs()).isEqualTo(Fleet.ns(40));
  }

  @Test
  void theBadVersionIsGoodAgainOnlyAfterAnotherApproval() {
    goodThenRolledBack();
    fleet.stage("2", ModelStage.APPROVED, 30);
    fleet.served("2", 31);
    assertThat(last().end()).isEqualTo(End.DONE);
  }

  @Test
  void anUpdateThatFailedWhileTheOldVersionGoesOnIsOverWithItsNextInference() {
    fleet.stage("1", ModelStage.APPROVED, 1);
    fleet.served("1", 2);
    fleet.stage("2", ModelStage.APPROVED, 10);
    fleet.stage("2", ModelStage.FAILED, 12);
    fleet.servedLate("1", 11, 13); // from before the failure
    assertThat(last().end()).isEqualTo(End.OPEN);
    fleet.served("1", 14);
    assertThat(last().endNs()).isEqualTo(Fleet.ns(14));
    fleet.stage("2", ModelStage.LOADED, 15); // a later state of the same failure
    assertThat(episodes()).hasSize(2);
  }

  @Test
  void aRejectedUpdateChangedNothing() {
    fleet.stage("1", ModelStage.APPROVED, 1);
    fleet.stage("1", ModelStage.REJECTED, 2);
    assertThat(episodes()).isEmpty();
  }

  @Test
  void aSecondFailureBeforeTheRecoveryGoesOnWithTheFirstOnesClock() {
    goodThenRolledBack();
    fleet.stage("3", ModelStage.APPROVED, 22);
    fleet.stage("3", ModelStage.FAILED, 30);
    fleet.served("1", 35);
    assertThat(episodes()).hasSize(2);
    assertThat(last().startNs()).isEqualTo(Fleet.ns(20));
    assertThat(last().endNs()).isEqualTo(Fleet.ns(35));
  }

  @Test
  void aNodeThatIsRetiredDoesNotRecover() {
    goodThenRolledBack();
    fleet.stage("2", ModelStage.NODE_RETIRED, 50);
    assertThat(last().end()).isEqualTo(End.LAPSED);
  }

  @Test
  void aNodeThatLeavesTheRegisterDoesNotRecoverAndTheOthersGoOn() {
    goodThenRolledBack();
    fleet.register(new Factory().node("b").node("a"), 21);
    assertThat(last().end()).isEqualTo(End.OPEN);
    fleet.register(new Factory().node("b"), 22);
    assertThat(last().end()).isEqualTo(End.LAPSED);
    assertThat(last().endNs()).isEqualTo(Fleet.ns(22));
  }

  @Test
  void aPollThatSeesAGoodVersionEndsItToo() {
    goodThenRolledBack();
    fleet.stage("1", ModelStage.SERVING, 27);
    assertThat(last().end()).isEqualTo(End.DONE);
  }
}
