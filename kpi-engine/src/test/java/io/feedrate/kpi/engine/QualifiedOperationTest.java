package io.feedrate.kpi.engine;

import static io.feedrate.kpi.EventKind.ACTION;
import static io.feedrate.kpi.engine.People.LINE;
import static io.feedrate.kpi.engine.People.MACHINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Fingerprint;
import io.feedrate.kpi.Qualification;
import io.feedrate.kpi.Rules;
import io.feedrate.kpi.State;
import io.feedrate.kpi.collaboration.QualifiedOperation;
import java.util.List;
import org.junit.jupiter.api.Test;

class QualifiedOperationTest {
  private static final long ANNA = Fingerprint.of("anna");
  private static final long BERND = Fingerprint.of("bernd");

  private People people = with(LINE);

  private static People with(String subject) {
    return new People(factory(subject).register());
  }

  private static Factory factory(String subject) {
    Factory factory = new Factory().machine("cnc");
    Rules trained =
        factory
            .rules()
            .qualifications(
                List.of(new Qualification("anna", subject, People.ns(10), People.ns(20))));
    return factory.rules(trained);
  }

  private void act(double second, long key, long person) {
    people.event(MACHINE, second, second, ACTION, key, person);
  }

  private long[] counts() {
    people.runTo(100);
    return people.report.counts("qualified_operation", LINE);
  }

  @Test
  void onlyTrainedPersonsAreQualified() {
    act(10, 1, ANNA);
    act(11, 2, BERND);
    act(12, 3, 0);
    act(13, 4, ANNA);
    assertThat(counts()).containsExactly(2, 1, 1);
    assertThat(people.figure(QualifiedOperation.KPI, LINE).value()).isEqualTo(0.5);
  }

  @Test
  void trainingHoldsFromItsFirstMomentToBeforeItsLast() {
    act(9.999, 1, ANNA);
    act(10, 2, ANNA);
    act(19.999, 3, ANNA);
    act(20, 4, ANNA);
    assertThat(counts()).containsExactly(2, 2, 0);
  }

  @Test
  void trainingHoldsForItsAssetAndWhatIsBelowIt() {
    people = with(MACHINE);
    act(10, 1, ANNA);
    assertThat(counts()).containsExactly(1, 0, 0);
    people = with("site/li"); // no part of a name
    act(10, 1, ANNA);
    assertThat(counts()).containsExactly(0, 1, 0);
    people = with(MACHINE + "/spindle");
    act(10, 1, ANNA);
    assertThat(counts()).containsExactly(0, 1, 0);
  }

  @Test
  void theSameActionAgainCountsOnceAlsoAfterARestartAndUnderAnotherRegister() {
    act(10, 1, ANNA);
    people.event(MACHINE, 10, 11, ACTION, 1, ANNA);
    people.restart();
    people.event(MACHINE, 10, 12, ACTION, 1, ANNA);
    people.change(factory("site").node("vision").register(), 13);
    people.event(MACHINE, 10, 14, ACTION, 1, ANNA);
    act(15, 1, ANNA); // the same kind of thing, done again
    act(16, 0, ANNA);
    act(16, 0, ANNA);
    assertThat(counts()).containsExactly(4, 0, 0);
  }

  @Test
  void withoutActionsThereIsNoRatio() {
    people.runTo(100);
    assertThat(people.figure(QualifiedOperation.KPI, LINE).state()).isEqualTo(State.NOT_APPLICABLE);
  }
}
