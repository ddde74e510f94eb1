package io.feedrate.benchmarks.peers;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.aggregate.AggregateOperation;
import com.hazelcast.jet.aggregate.AggregateOperation1;
import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.ProcessorMetaSupplier;
import com.hazelcast.jet.core.ProcessorSupplier;
import com.hazelcast.jet.datamodel.KeyedWindowResult;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.Sink;
import com.hazelcast.jet.pipeline.SinkBuilder;
import com.hazelcast.jet.pipeline.Sources;
import com.hazelcast.jet.pipeline.WindowDefinition;
import io.feedrate.benchmarks.Answers;
import io.feedrate.benchmarks.Trace;

/**
 * Hazelcast Jet in this process: keyed tumbling event-time windows, one cooperative thread, a
 * cluster of one that nobody can join.
 */
final class JetContestant implements Contestant {
  private static final long MS_NS = 1_000_000;

  private final HazelcastInstance instance;

  JetContestant() {
    Config config = new Config();
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.logging.type", "slf4j");
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.getJetConfig().setEnabled(true).setCooperativeThreadCount(1);
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
    instance = Hazelcast.newHazelcastInstance(config);
  }

  @Override
  public void run(Trace trace, int rounds, Answers answers) {
    Shared.set(trace, answers);
    Pipeline pipeline = Pipeline.create();
    pipeline
        .readFrom(
            Sources.<Reading>streamFromProcessor(
                "trace",
                ProcessorMetaSupplier.preferLocalParallelismOne(
                    ProcessorSupplier.of(() -> new Samples(rounds)))))
        .withTimestamps(Reading::sourceMs, Trace.LATENESS_NS / MS_NS)
        .groupingKey(reading -> reading.signal)
        .window(WindowDefinition.tumbling(Answers.WINDOW_NS / MS_NS))
        .aggregate(marking())
        .writeTo(answering());
    instance.getJet().newJob(pipeline).join();
  }

  @Override
  public void close() {
    instance.shutdown();
  }

  private static AggregateOperation1<Reading, SlotMasks, SlotMasks> marking() {
    return AggregateOperation.withCreate(SlotMasks::new)
        .<Reading>andAccumulate(SlotMasks::add)
        .andCombine(SlotMasks::combine)
        .andExportFinish(masks -> masks);
  }

  private static Sink<KeyedWindowResult<Integer, SlotMasks>> answering() {
    return SinkBuilder.sinkBuilder("answers", context -> context)
        .<KeyedWindowResult<Integer, SlotMasks>>receiveFn(
            (context, result) -> result.result().answer(result.key(), result.start()))
        .build();
  }

  /** Emits as long as there is room, then lets others run. */
  private static final class Samples extends AbstractProcessor {
    private final int rounds;
    private final Trace trace = Shared.trace();
    private int round;
    private int i;
    private Reading pending = new Reading().set(trace, trace.startNs(0), 0);

    Samples(int rounds) {
      this.rounds = rounds;
    }

    @Override
    public boolean complete() {
      while (tryEmit(pending)) {
        i++;
        if (i == trace.size()) {
          i = 0;
          round++;
        }
        if (round == rounds) {
          return true;
        }
        pending = new Reading().set(trace, trace.startNs(round), i);
      }
      return false;
    }
  }
}
