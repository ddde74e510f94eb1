package io.feedrate.benchmarks.peers;

import io.feedrate.benchmarks.Answers;
import io.feedrate.benchmarks.Fixture;
import io.feedrate.benchmarks.Trace;
import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.engine.KpiEngine;
import java.util.function.Consumer;
import org.agrona.collections.Object2IntHashMap;

/** Our engine, with signals reported every minute as the others do. */
final class FeedrateContestant implements Contestant {
  private final Object2IntHashMap<String> signals = new Object2IntHashMap<>(-1);

  @Override
  public void run(Trace trace, int rounds, Answers answers) {
    Register register = Fixture.register(trace.signals(), Answers.SLOTS, Answers.SLOTS);
    register.signals().forEach(s -> signals.put(s.path(), s.id()));
    KpiEngine engine = Fixture.engine(register, new Reading(signals, answers));
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
