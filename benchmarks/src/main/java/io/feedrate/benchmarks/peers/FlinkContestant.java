package io.feedrate.benchmarks.peers;

import io.feedrate.benchmarks.Answers;
import io.feedrate.benchmarks.Trace;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.ValueTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/**
 * Apache Flink in this process: keyed tumbling event-time windows with an incremental aggregate,
 * parallelism 1, state on the heap, object reuse on, no checkpoints.
 */
final class FlinkContestant implements Contestant {
  private final MiniCluster cluster;

  FlinkContestant() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.BIND_PORT, "0");
    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(1)
                .setConfiguration(configuration)
                .build());
    cluster.start();
  }

  @Override
  public void run(Trace trace, int rounds, Answers answers) throws Exception {
    Shared.set(trace, answers);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
    env.getConfig().enableObjectReuse();
    env.fromSource(
            new DataGeneratorSource<>(
                new Samples(), (long) trace.size() * rounds, new ValueTypeInfo<>(Reading.class)),
            WatermarkStrategy.<Reading>forBoundedOutOfOrderness(Duration.ofNanos(Trace.LATENESS_NS))
                .withTimestampAssigner((reading, none) -> reading.sourceMs()),
            "trace")
        .keyBy(reading -> reading.signal, Types.INT)
        .window(TumblingEventTimeWindows.of(Duration.ofNanos(Answers.WINDOW_NS)))
        .aggregate(
            new Marking(),
            new Answering(),
            Types.GENERIC(SlotMasks.class),
            Types.GENERIC(SlotMasks.class),
            Types.INT)
        .sinkTo(new DiscardingSink<>());
    cluster.executeJobBlocking(env.getStreamGraph().getJobGraph());
  }

  @Override
  public void close() {
    cluster.closeAsync().join();
  }

  private static final class Samples implements GeneratorFunction<Long, Reading> {
    private static final long serialVersionUID = 1;

    private final Reading reading = new Reading();
    private transient long startNs;

    @Override
    public Reading map(Long index) {
      Trace trace = Shared.trace();
      int i = (int) (index % trace.size());
      if (i == 0) {
        startNs = trace.startNs(index / trace.size());
      }
      return reading.set(trace, startNs, i);
    }
  }

  private static final class Marking implements AggregateFunction<Reading, SlotMasks, SlotMasks> {
    private static final long serialVersionUID = 1;

    @Override
    public SlotMasks createAccumulator() {
      return new SlotMasks();
    }

    @Override
    public SlotMasks add(Reading reading, SlotMasks masks) {
      return masks.add(reading);
    }

    @Override
    public SlotMasks getResult(SlotMasks masks) {
      return masks;
    }

    @Override
    public SlotMasks merge(SlotMasks one, SlotMasks other) {
      return one.combine(other);
    }
  }

  private static final class Answering
      extends ProcessWindowFunction<SlotMasks, Integer, Integer, TimeWindow> {
    private static final long serialVersionUID = 1;

    @Override
    public void process(
        Integer signal, Context context, Iterable<SlotMasks> masks, Collector<Integer> out) {
      masks.iterator().next().answer(signal, context.window().getStart());
    }
  }
}
