package io.feedrate.benchmarks.peers;

import io.feedrate.benchmarks.Answers;
import io.feedrate.benchmarks.Fixture;
import io.feedrate.benchmarks.Trace;
import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.engine.Family;
import io.feedrate.kpi.engine.KpiEngine;
import io.feedrate.kpi.engine.Kpis;
import io.feedrate.kpi.foundation.Completeness;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.collections.Object2IntHashMap;

/** Our engine, with signals reported every minute as the others do. */
final class FeedrateContestant implements Contestant {
  private final List<Family> families;
  private final Object2IntHashMap<String> signals = new Object2IntHashMap<>(-1);

  private FeedrateContestant(List<Family> families) {
    this.families = families;
  }

  /** It measures what the others do: the outcomes of slots. */
  static FeedrateContestant ofCompleteness() {
    return new FeedrateContestant(
        Kpis.FAMILIES.stream()
            .filter(family -> family.kpis().contains(Completeness.EVENTUAL))
            .toList());
  }

  /** It measures everything, as it does for users. */
  static FeedrateContestant ofAll() {
    return new FeedrateContestant(Kpis.FAMILIES);
  }

  @Override
  public void run(Trace trace, int rounds, Answers answers) {
    Register register = Fixture.register(trace.signals(), Answers.SLOTS, Answers.SLOTS);
    register.signals().forEach(s -> signals.put(s.path(), s.id()));
    KpiEngine engine = Fixture.engine(register, families, new Reading(signals, answers));
    for (int round = 0; round < rounds; round++) {
      Fixture.replay(engine, trace, round);
    }
    Fixture.finish(engine, trace, register, rounds);
  }

  private record Reading(Object2IntHashMap<String> signals, Answers answers)
      implements Consumer<Result> {
    @Override
    public void accept(Result result) {
      int signal = signals.getValue(result.subject());
      if (signal >= 0) {
        long[] n = result.counts();
        answers.add(
            signal,
            result.startNs(),
            n[Outcome.GOOD.ordinal()],
            n[Outcome.GOOD_LATE.ordinal()],
            n[Outcome.BAD.ordinal()],
            n[Outcome.SILENT.ordinal()]);
      }
    }
  }
}
