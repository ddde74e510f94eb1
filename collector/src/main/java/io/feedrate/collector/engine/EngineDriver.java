package io.feedrate.collector.engine;

import io.feedrate.collector.journal.ExclusionKind;
import io.feedrate.collector.journal.ExclusionRecord;
import io.feedrate.collector.journal.ExclusionSource;
import io.feedrate.collector.journal.JournalReader;
import io.feedrate.collector.journal.RejectCause;
import io.feedrate.collector.journal.sbe.AdviceDecoder;
import io.feedrate.collector.journal.sbe.ClockDecoder;
import io.feedrate.collector.journal.sbe.ClockStepDecoder;
import io.feedrate.collector.journal.sbe.EntryDecoder;
import io.feedrate.collector.journal.sbe.EventDecoder;
import io.feedrate.collector.journal.sbe.ExclusionDecoder;
import io.feedrate.collector.journal.sbe.InferenceDecoder;
import io.feedrate.collector.journal.sbe.LinkChangeDecoder;
import io.feedrate.collector.journal.sbe.MessageHeaderDecoder;
import io.feedrate.collector.journal.sbe.ModelChangeDecoder;
import io.feedrate.collector.journal.sbe.RegisterVersionDecoder;
import io.feedrate.collector.journal.sbe.RejectDecoder;
import io.feedrate.collector.journal.sbe.SamplesDecoder;
import io.feedrate.collector.journal.sbe.StartDecoder;
import io.feedrate.collector.journal.sbe.TextSampleDecoder;
import io.feedrate.collector.journal.sbe.TickDecoder;
import io.feedrate.collector.store.Checkpoint;
import io.feedrate.collector.store.ExclusionRow;
import io.feedrate.collector.store.GapRow;
import io.feedrate.collector.store.RegisterRow;
import io.feedrate.collector.store.RejectRow;
import io.feedrate.collector.store.RowCounts;
import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.Fingerprint;
import io.feedrate.kpi.Inference;
import io.feedrate.kpi.InferenceMode;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Sample;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.engine.KpiEngine;
import java.util.List;
import java.util.function.Function;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Journal records to engine calls, in journal order. Records refer to the register in force at
 * their position. What cannot be, such as a signal that the register does not have, is counted and
 * left out: a journal never stops the engine.
 *
 * <p>Texts that tie events together (ids of inferences, advice, alarms, parts; pseudonyms) become
 * fingerprints here; two that are the same text are the same fingerprint, whatever record they come
 * in.
 *
 * <p><b>Thread</b>: one at a time. <b>Allocation</b>: 0 per sample, proof and tick, and per
 * inference, advice and event with known names.
 */
public final class EngineDriver implements JournalReader.RecordHandler {
  private static final LinkEvent[] LINK_EVENTS = LinkEvent.values();
  private static final ModelStage[] STAGES = ModelStage.values();
  private static final InferenceMode[] MODES = InferenceMode.values();

  /** In the order of {@link io.feedrate.kpi.AdviceEvent}, which is what the journal holds. */
  private static final EventKind[] ADVICE_EVENTS = {
    EventKind.ADVICE_SHOWN,
    EventKind.ADVICE_ACCEPTED,
    EventKind.ADVICE_OVERRIDDEN,
    EventKind.ADVICE_EXPIRED
  };

  private static final EventKind[] EVENTS = EventKind.values();
  private static final RejectCause[] CAUSES = RejectCause.values();

  /** Tells the repeats of events from those of inferences and advice, which have lower kinds. */
  private static final int EVENT_KINDS = 1 << 16;

  private final Gaps gaps = new Gaps();
  private final Entries entries = new Entries();
  private final TickDecoder tick = new TickDecoder();
  private final RegisterVersionDecoder registerVersion = new RegisterVersionDecoder();
  private final SamplesDecoder samples = new SamplesDecoder();
  private final TextSampleDecoder textSample = new TextSampleDecoder();
  private final LinkChangeDecoder linkChange = new LinkChangeDecoder();
  private final ClockDecoder clockChange = new ClockDecoder();
  private final ModelChangeDecoder modelChange = new ModelChangeDecoder();
  private final InferenceDecoder inference = new InferenceDecoder();
  private final AdviceDecoder advice = new AdviceDecoder();
  private final EventDecoder event = new EventDecoder();
  private final ExclusionDecoder exclusion = new ExclusionDecoder();
  private final RejectDecoder reject = new RejectDecoder();
  private final UnsafeBuffer text = new UnsafeBuffer(0, 0);
  private final Inference made = new Inference();

  private final KpiEngine engine;
  private final EngineOutput output;
  private final Function<String, Register> registers;
  private @Nullable Register register;
  private String registerJson = "";
  private int signalCount;
  private int linkCount;
  private long position;
  private long timeNs = Long.MIN_VALUE;
  private long recordCount;
  private long sampleCount;
  private long misfitCount;

  /**
   * A driver with a fresh engine.
   *
   * @param registers reads a register's canonical text
   */
  public EngineDriver(EngineOutput output, Function<String, Register> registers) {
    this(new KpiEngine(output), output, registers);
  }

  /** A driver of an engine that measures other KPIs. */
  EngineDriver(KpiEngine engine, EngineOutput output, Function<String, Register> registers) {
    this.engine = engine;
    this.output = output;
    this.registers = registers;
  }

  /**
   * Goes on from a checkpoint; the driver must be a new one.
   *
   * @throws IllegalArgumentException if its state cannot be used: it is of another version of
   *     Feedrate, or damaged. The driver cannot be used then.
   */
  public void restore(Checkpoint checkpoint) {
    if (checkpoint.format() != Snapshot.FORMAT) {
      throw new IllegalArgumentException(
          "the state is of another version of Feedrate: it has format %d, this one reads %d"
              .formatted(checkpoint.format(), Snapshot.FORMAT));
    }
    Register restored = registers.apply(checkpoint.registerJson());
    engine.restore(restored, new UnsafeBuffer(checkpoint.state()), 0);
    begin(checkpoint, restored);
  }

  /**
   * Begins where a checkpoint is whose state cannot be used, with its register alone; the driver
   * must be a new one.
   *
   * @param exclusions all that were ever entered; those of before are told to the engine again
   */
  public void beginWithout(Checkpoint checkpoint, List<ExclusionRow> exclusions) {
    Register known = registers.apply(checkpoint.registerJson());
    engine.onRegister(known, checkpoint.timeNs());
    for (ExclusionRow e : exclusions) {
      if (e.journaledNs() <= checkpoint.timeNs()) {
        tell(e.said(), checkpoint.timeNs());
      }
    }
    begin(checkpoint, known);
  }

  private void begin(Checkpoint checkpoint, Register known) {
    use(known, checkpoint.registerJson());
    position = checkpoint.position();
    timeNs = checkpoint.timeNs();
  }

  /**
   * The state now; only once a register is in force.
   *
   * @param rows how many were computed so far
   */
  public Checkpoint checkpoint(RowCounts rows) {
    DirectBuffer snapshot = engine.snapshot();
    byte[] state = new byte[engine.snapshotLength()];
    snapshot.getBytes(0, state);
    return new Checkpoint(
        position, Snapshot.FORMAT, registerHash(), registerJson, state, rows, timeNs);
  }

  /** The engine, for those who look at its totals. */
  KpiEngine engine() {
    return engine;
  }

  /** The register in force, or null before the first. */
  public @Nullable Register register() {
    return register;
  }

  /** Hash of the register in force, "" before the first. */
  public String registerHash() {
    return register == null ? "" : register.hash();
  }

  /** Position of the last record. */
  public long position() {
    return position;
  }

  /** Journal time of the last record; the smallest long before the first. */
  public long timeNs() {
    return timeNs;
  }

  /** Records handled. */
  public long recordCount() {
    return recordCount;
  }

  /** Samples handled. */
  public long sampleCount() {
    return sampleCount;
  }

  /** Records and samples that fit neither the register nor this version of Feedrate. */
  public long misfitCount() {
    return misfitCount;
  }

  @Override
  public void onRecord(int templateId, DirectBuffer record, MessageHeaderDecoder header, long at) {
    long beforeNs = timeNs;
    timeNs = JournalReader.timeNs(record);
    switch (templateId) {
      case SamplesDecoder.TEMPLATE_ID -> onSamples(record, header);
      case TextSampleDecoder.TEMPLATE_ID -> onTextSample(record, header);
      case TickDecoder.TEMPLATE_ID -> onTick(record, header);
      case LinkChangeDecoder.TEMPLATE_ID -> onLinkChange(record, header);
      case ClockDecoder.TEMPLATE_ID -> onClock(record, header);
      case InferenceDecoder.TEMPLATE_ID -> onInference(record, header);
      case ModelChangeDecoder.TEMPLATE_ID -> onModelChange(record, header);
      case AdviceDecoder.TEMPLATE_ID -> onAdvice(record, header);
      case EventDecoder.TEMPLATE_ID -> onEvent(record, header);
      case RejectDecoder.TEMPLATE_ID -> onReject(record, header);
      case ExclusionDecoder.TEMPLATE_ID -> onExclusion(record, header);
      case EntryDecoder.TEMPLATE_ID ->
          entries.read(record, header).ifPresentOrElse(output::onEntry, () -> misfitCount++);
      case RegisterVersionDecoder.TEMPLATE_ID -> onRegister(record, header);
      case StartDecoder.TEMPLATE_ID -> onStart(record, header, beforeNs);
      case ClockStepDecoder.TEMPLATE_ID -> output.onGap(gaps.clockSetBack(record, header));
      default -> misfitCount++; // written by a newer version
    }
    position = at;
    recordCount++;
  }

  private void onStart(DirectBuffer record, MessageHeaderDecoder header, long beforeNs) {
    GapRow gap = gaps.stopped(record, header, beforeNs);
    engine.onStart(gap.toNs());
    output.onGap(gap);
  }

  private void onTick(DirectBuffer record, MessageHeaderDecoder header) {
    long nowNs = tick.wrapAndApplyHeader(record, 0, header).nowNs();
    engine.onTick(nowNs);
    output.onTick(nowNs);
  }

  private void onSamples(DirectBuffer record, MessageHeaderDecoder header) {
    samples.wrapAndApplyHeader(record, 0, header);
    long receivedNs = samples.receivedNs();
    SamplesDecoder.ReadingsDecoder readings = samples.readings();
    while (readings.hasNext()) {
      readings.next();
      int signal = readings.signal();
      if (signal < 0 || signal >= signalCount) {
        misfitCount++;
        continue;
      }
      sampleCount++;
      engine.onSample(
          signal,
          readings.sourceTimeNs(),
          receivedNs,
          readings.status(),
          readings.value(),
          readings.flags());
    }
    // After its data: proof says that all up to now was handed over.
    onLink(samples.link(), LinkEvent.PROOF, receivedNs);
  }

  private void onTextSample(DirectBuffer record, MessageHeaderDecoder header) {
    textSample.wrapAndApplyHeader(record, 0, header);
    long receivedNs = textSample.receivedNs();
    int signal = textSample.signal();
    if (signal < 0 || signal >= signalCount) {
      misfitCount++;
    } else {
      sampleCount++;
      engine.onSample(
          signal,
          textSample.sourceTimeNs(),
          receivedNs,
          textSample.status(),
          0,
          textSample.flags() | Sample.TEXT);
    }
    onLink(textSample.link(), LinkEvent.PROOF, receivedNs);
  }

  private void onLinkChange(DirectBuffer record, MessageHeaderDecoder header) {
    linkChange.wrapAndApplyHeader(record, 0, header);
    int event = linkChange.change();
    if (fits(event, LINK_EVENTS.length)) {
      onLink(linkChange.link(), LINK_EVENTS[event], linkChange.receivedNs());
    }
  }

  private void onLink(int link, LinkEvent event, long receivedNs) {
    if (fits(link, linkCount)) {
      engine.onLink(link, event, receivedNs);
    }
  }

  private void onClock(DirectBuffer record, MessageHeaderDecoder header) {
    clockChange.wrapAndApplyHeader(record, 0, header);
    if (fits(clockChange.link(), linkCount)) {
      engine.onClock(
          clockChange.link(),
          clockChange.offsetNs(),
          clockChange.uncertaintyNs(),
          clockChange.receivedNs());
    }
  }

  private void onModelChange(DirectBuffer record, MessageHeaderDecoder header) {
    modelChange.wrapAndApplyHeader(record, 0, header);
    if (!fits(modelChange.stage(), STAGES.length)) {
      return;
    }
    modelChange.wrapNode(text);
    int node = nameId();
    modelChange.wrapModel(text);
    int model = nameId();
    modelChange.wrapVersion(text);
    int version = nameId();
    modelChange.wrapDigest(text);
    int digest = nameId();
    engine.onModelEvent(
        node,
        model,
        version,
        digest,
        STAGES[modelChange.stage()],
        modelChange.eventNs(),
        modelChange.notBeforeNs(),
        modelChange.receivedNs());
  }

  private void onInference(DirectBuffer record, MessageHeaderDecoder header) {
    inference.wrapAndApplyHeader(record, 0, header);
    if (!fits(inference.mode(), MODES.length)) {
      return;
    }
    inference.wrapNode(text);
    int node = nameId();
    inference.wrapModel(text);
    int model = nameId();
    inference.wrapVersion(text);
    int version = nameId();
    inference.wrapDigest(text);
    int digest = nameId();
    inference.wrapInferenceId(text);
    if (isRepeated(node, inference.mode(), inference.inferenceNs())) {
      return;
    }
    made.clear();
    made.key = fingerprint();
    inference.wrapDecision(text);
    made.decision = DecisionWords.of(text);
    inference.wrapPart(text);
    made.part = fingerprint();
    made.node = node;
    made.model = model;
    made.version = version;
    made.digest = digest;
    made.mode = MODES[inference.mode()];
    made.ok = inference.ok() != 0;
    made.actionable = inference.actionable() == 1;
    made.inputNs = inference.inputNs();
    made.inferenceNs = inference.inferenceNs();
    made.latencyNs = inference.latencyNs();
    made.receivedNs = inference.receivedNs();
    engine.onInference(made);
  }

  private void onAdvice(DirectBuffer record, MessageHeaderDecoder header) {
    advice.wrapAndApplyHeader(record, 0, header);
    if (!fits(advice.change(), ADVICE_EVENTS.length)) {
      return;
    }
    advice.wrapNode(text);
    int node = nameId();
    advice.wrapAdviceId(text);
    if (isRepeated(node, ~advice.change(), advice.eventNs())) {
      return;
    }
    long key = fingerprint();
    advice.wrapOperatorRef(text);
    engine.onEvent(
        node,
        ADVICE_EVENTS[advice.change()],
        key,
        fingerprint(),
        0,
        0,
        advice.eventNs(),
        advice.receivedNs());
  }

  private void onEvent(DirectBuffer record, MessageHeaderDecoder header) {
    event.wrapAndApplyHeader(record, 0, header);
    if (!fits(event.kind(), EVENTS.length)) {
      return;
    }
    event.wrapNode(text);
    int node = nameId();
    event.wrapKey(text);
    if (isRepeated(node, EVENT_KINDS + event.kind(), event.eventNs())) {
      return;
    }
    long key = fingerprint();
    event.wrapPerson(text);
    engine.onEvent(
        node,
        EVENTS[event.kind()],
        key,
        fingerprint(),
        event.amount(),
        event.of(),
        event.eventNs(),
        event.receivedNs());
  }

  /**
   * Whether a message came before, which is told by its node, kind, id (what the last wrap found)
   * and time. Without an id or a time it never did: a node that starts anew may begin to count
   * anew.
   */
  private boolean isRepeated(int node, int kind, long eventNs) {
    if (text.capacity() == 0 || eventNs == Sample.NO_TIME) {
      return false;
    }
    long hash = Fingerprint.mix(Fingerprint.START, node);
    hash = Fingerprint.mix(Fingerprint.mix(hash, kind), eventNs);
    hash = Fingerprint.mix(hash, text, 0, text.capacity());
    return engine.isRepeated(Fingerprint.finish(hash));
  }

  /** The fingerprint of what the last wrap found, or none where that is empty. */
  private long fingerprint() {
    return text.capacity() == 0 ? Fingerprint.NONE : Fingerprint.of(text, 0, text.capacity());
  }

  /** The id of the name that the last wrap found. */
  private int nameId() {
    return engine.names().id(text, 0, text.capacity());
  }

  private void onExclusion(DirectBuffer record, MessageHeaderDecoder header) {
    exclusion.wrapAndApplyHeader(record, 0, header);
    String subject = exclusion.subject();
    String reason = exclusion.reason();
    String approver = exclusion.approver();
    long journaledNs = exclusion.enteredNs();
    boolean isTold = exclusion.toldNs() != ExclusionDecoder.toldNsNullValue();
    ExclusionRecord said =
        new ExclusionRecord(
            ExclusionKind.of(exclusion.kind()),
            subject,
            exclusion.fromNs(),
            exclusion.toNs(),
            reason,
            approver,
            ExclusionSource.of(exclusion.source()),
            exclusion.reference(),
            exclusion.enteredBy(),
            isTold ? exclusion.toldNs() : journaledNs,
            exclusion.entry());
    tell(said, journaledNs);
    output.onExclusion(new ExclusionRow(said, journaledNs));
  }

  private void tell(ExclusionRecord said, long atNs) {
    switch (said.kind()) {
      case EXCLUSION -> engine.onExclusion(said.subject(), said.fromNs(), said.toNs(), atNs);
      case WITHDRAWAL ->
          engine.onExclusionWithdrawn(said.subject(), said.fromNs(), said.toNs(), atNs);
      case OBSERVED -> {} // the engine itself finds it in what was received
    }
  }

  private void onReject(DirectBuffer record, MessageHeaderDecoder header) {
    reject.wrapAndApplyHeader(record, 0, header);
    if (!fits(reject.cause(), CAUSES.length)) {
      return;
    }
    String origin = reject.origin();
    String detail = reject.detail();
    byte[] payload = new byte[reject.payloadLength()];
    reject.getPayload(payload, 0, payload.length);
    output.onReject(
        new RejectRow(
            reject.receivedNs(),
            reject.link(),
            CAUSES[reject.cause()],
            reject.size(),
            origin,
            detail,
            payload));
  }

  private void onRegister(DirectBuffer record, MessageHeaderDecoder header) {
    registerVersion.wrapAndApplyHeader(record, 0, header);
    long nowNs = registerVersion.nowNs();
    String hash = registerVersion.hash();
    String json = registerVersion.json();
    Register next = registers.apply(json);
    engine.onRegister(next, nowNs);
    use(next, json);
    output.onRegister(next, new RegisterRow(hash, json, nowNs));
  }

  private void use(Register next, String json) {
    register = next;
    registerJson = json;
    signalCount = next.signals().size();
    linkCount = next.links().size();
  }

  private boolean fits(int index, int size) {
    if (index >= 0 && index < size) {
      return true;
    }
    misfitCount++;
    return false;
  }
}
