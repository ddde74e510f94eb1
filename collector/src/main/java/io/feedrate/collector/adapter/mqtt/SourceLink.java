package io.feedrate.collector.adapter.mqtt;

import io.feedrate.collector.adapter.LinkStatus;
import io.feedrate.collector.adapter.LinkStatus.State;
import io.feedrate.collector.adapter.mqtt.MqttRecords.JournalFailure;
import io.feedrate.collector.journal.EventRecord;
import io.feedrate.collector.journal.InferenceRecord;
import io.feedrate.collector.journal.RejectCause;
import io.feedrate.collector.journal.SampleBatch;
import io.feedrate.kpi.AdviceEvent;
import io.feedrate.kpi.ModelStage;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One source: turns its messages into records and counts them.
 *
 * <p><b>Thread</b>: under the adapter's lock, {@link #status} any. <b>Allocation</b>: 0 per sample
 * with a number.
 */
final class SourceLink implements MessageSink {

  /** Payloads over this are not looked into. */
  static final int MAX_PAYLOAD = 1 << 20;

  private static final int MAX_SHOWN = 120;

  private final MqttLink config;
  private final Map<String, String> nodes;
  private final MqttRecords records;
  private final Liveness liveness;
  private final SampleBatch batch;
  private final AtomicLong journaled = new AtomicLong();
  private final AtomicLong rejected = new AtomicLong();
  private volatile Trouble trouble = new Trouble("", "");

  /** The message at hand. */
  private String topic = "";

  private byte[] payload = new byte[0];
  private long nowNs;
  private boolean retained;
  private long sequence;

  /** What was last wrong with a sample or a message. */
  private record Trouble(String where, String why) {}

  SourceLink(MqttLink config, Map<String, String> nodes, MqttRecords records, long nowNs) {
    this.config = config;
    this.nodes = nodes;
    this.records = records;
    liveness = new Liveness(config.link(), records, nowNs);
    batch = new SampleBatch(config.link());
  }

  MqttLink config() {
    return config;
  }

  Liveness liveness() {
    return liveness;
  }

  LinkStatus status(String endpoint, long reconnects) {
    Liveness.View view = liveness.view();
    Trouble last = trouble;
    String detail = view.detail();
    if (view.state() == State.UP && !last.why().isEmpty()) {
      detail = "last trouble: " + last.where() + ": " + last.why();
    }
    long done = journaled.get();
    long refused = rejected.get();
    return new LinkStatus(
        config.link(),
        config.source().name(),
        "mqtt",
        endpoint + " " + config.source().topic(),
        view.state(),
        detail,
        view.sinceNs(),
        done + refused,
        done,
        refused,
        reconnects);
  }

  /**
   * Takes one message. When this returns, all of it is in the journal.
   *
   * @throws JournalFailure if it is not; the message must come again then
   */
  void onMessage(Route route, String origin, byte[] bytes, boolean old, long receivedNs) {
    topic = origin;
    payload = bytes;
    nowNs = receivedNs;
    retained = old;
    sequence = NOT_TOLD;
    batch.clear();
    try {
      decode(route);
    } catch (JournalFailure e) {
      throw e;
    } catch (RuntimeException e) { // it would come again and again, so it must not stop the rest
      batch.clear();
      onReject(RejectCause.MALFORMED, "decoder failed: " + e, 0, payload.length);
    } finally {
      payload = NOTHING;
    }
  }

  private static final byte[] NOTHING = new byte[0];

  private void decode(Route route) {
    if (payload.length > MAX_PAYLOAD) {
      onReject(RejectCause.TOO_LARGE, "over " + MAX_PAYLOAD + " bytes", 0, payload.length);
    } else if (route.kind() == Route.Kind.UNKNOWN) {
      String detail = "not samples, status, inference, model, advice or event";
      onReject(RejectCause.UNKNOWN_TOPIC, detail, 0, payload.length);
    } else if (retained && !route.kind().mayBeRetained()) {
      onReject(RejectCause.MALFORMED, "retained: old data", 0, payload.length);
    } else {
      route.decoder().decode(payload, this);
      flush();
      liveness.onSamplesJournaled(sequence);
    }
  }

  @Override
  public void onSamples(long number) {
    sequence = number;
    liveness.onSamples(number, nowNs);
  }

  @Override
  public void onSample(int signal, long sourceTimeNs, int status, double value, int flags) {
    batch.add(signal, sourceTimeNs, status, value, flags);
    if (batch.isFull()) {
      flush();
    }
  }

  private void flush() {
    int size = batch.size();
    if (size > 0) {
      records.append(batch);
      batch.clear();
      journaled.addAndGet(size);
    }
  }

  @Override
  public void onText(int signal, long sourceTimeNs, int status, String value, int flags) {
    records.text(config.link(), signal, sourceTimeNs, status, value, flags);
    journaled.incrementAndGet();
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // constants: a flood of the same trouble allocates nothing
  public void onInvalid(String path, String why) {
    Trouble last = trouble;
    if (last.where() != path || last.why() != why) {
      trouble = new Trouble(path, why);
    }
  }

  @Override
  public void onStatus(boolean online, long sent, long timeNs, long heartbeatNs) {
    liveness.onStatus(online, sent, timeNs, heartbeatNs, retained, nowNs);
  }

  @Override
  public void onInference(InferenceRecord r) {
    String node = node(r.node());
    if (node.isEmpty()) {
      return;
    }
    liveness.onOther(nowNs);
    records.inference(
        config.link(),
        new InferenceRecord(
            node,
            r.model(),
            r.version(),
            r.digest(),
            r.mode(),
            r.ok(),
            r.inputNs(),
            r.inferenceNs(),
            r.latencyNs(),
            r.score(),
            r.actionable(),
            r.inferenceId(),
            r.decision(),
            r.part()));
    journaled.incrementAndGet();
  }

  @Override
  public void onModel(
      ModelStage stage,
      long eventNs,
      long notBeforeNs,
      String named,
      String model,
      String version,
      String digest,
      String detail) {
    String node = node(named);
    if (node.isEmpty()) {
      return;
    }
    if (!retained) {
      liveness.onOther(nowNs);
    }
    records.model(config.link(), stage, eventNs, notBeforeNs, node, model, version, digest, detail);
    journaled.incrementAndGet();
  }

  @Override
  public void onAdvice(
      AdviceEvent event,
      long eventNs,
      String named,
      String adviceId,
      String operator,
      String reason) {
    String node = node(named);
    if (node.isEmpty()) {
      return;
    }
    liveness.onOther(nowNs);
    records.advice(config.link(), event, eventNs, node, adviceId, operator, reason);
    journaled.incrementAndGet();
  }

  @Override
  public void onEvent(EventRecord e) {
    String node = node(e.node());
    if (node.isEmpty()) {
      return;
    }
    liveness.onOther(nowNs);
    records.event(
        config.link(),
        new EventRecord(
            node, e.kind(), e.eventNs(), e.amount(), e.of(), e.key(), e.person(), e.detail()));
    journaled.incrementAndGet();
  }

  /** Asset path of a node as a payload names it; rejects the message and gives "" if none. */
  private String node(String named) {
    if (named.isEmpty()) {
      if (config.node().isEmpty()) {
        onReject(RejectCause.MISSING_FIELD, "node is missing", 0, payload.length);
      }
      return config.node();
    }
    String path = nodes.getOrDefault(named, "");
    if (path.isEmpty()) {
      onReject(RejectCause.UNKNOWN_TOPIC, "no asset is called " + named, 0, payload.length);
    }
    return path;
  }

  @Override
  public void onReject(RejectCause cause, String detail, int from, int to) {
    boolean whole = from == 0 && to == payload.length;
    byte[] part = whole ? payload : Arrays.copyOfRange(payload, from, to);
    records.reject(config.link(), cause, topic, detail, part);
    rejected.incrementAndGet();
    trouble = new Trouble(shortened(topic), shortened(detail));
  }

  /** What others wrote must not fill the memory or the page. */
  private static String shortened(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }
}
