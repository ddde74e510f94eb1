package io.feedrate.collector.journal;

import io.feedrate.collector.journal.sbe.AdviceEncoder;
import io.feedrate.collector.journal.sbe.ClockEncoder;
import io.feedrate.collector.journal.sbe.ClockStepEncoder;
import io.feedrate.collector.journal.sbe.EntryEncoder;
import io.feedrate.collector.journal.sbe.EventEncoder;
import io.feedrate.collector.journal.sbe.ExclusionEncoder;
import io.feedrate.collector.journal.sbe.InferenceEncoder;
import io.feedrate.collector.journal.sbe.LinkChangeEncoder;
import io.feedrate.collector.journal.sbe.MessageHeaderEncoder;
import io.feedrate.collector.journal.sbe.ModelChangeEncoder;
import io.feedrate.collector.journal.sbe.RegisterVersionEncoder;
import io.feedrate.collector.journal.sbe.RejectEncoder;
import io.feedrate.collector.journal.sbe.StartEncoder;
import io.feedrate.collector.journal.sbe.TextSampleEncoder;
import io.feedrate.collector.journal.sbe.TickEncoder;
import io.feedrate.kpi.AdviceEvent;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.ModelStage;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueStore;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableDirectByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The journal of one data directory, open for appending and reading. When an append returns, the
 * record survives the death of the process; {@link #sync()} makes it survive a power loss.
 *
 * <p><b>Thread</b>: any; appends take turns. <b>Allocation</b>: 0 for samples, ticks, link changes
 * without detail and clock records. <b>Errors</b>: a full disk or a damaged file throws from the
 * append: the caller has not been promised anything then.
 */
public final class Journal implements Closeable {

  /** Files grow and are mapped by so much, which bounds a record: see {@link #MAX_RECORD}. */
  private static final int BLOCK_SIZE = 64 << 20;

  /**
   * Largest record in bytes; only a register can come near it. Blocks are mapped with a quarter of
   * the next one; writing past that would end the process.
   */
  static final int MAX_RECORD = BLOCK_SIZE / 4 - (1 << 16);

  /** Longest text field of a record in bytes; longer ones are cut. */
  public static final int MAX_TEXT = 4096;

  /** A char of Java's is at most so many bytes of UTF-8; the two of a pair are four together. */
  private static final int MOST_BYTES_PER_CHAR = 3;

  static {
    // The data directory is locked by the collector, so a lock left in the queue is always that of
    // a dead process, also where process ids repeat, as they do in containers.
    System.setProperty("queue.force.unlock.mode", "ALWAYS");
    System.setProperty("chronicle.analytics.disable", "true");
    System.setProperty("chronicle.announcer.disable", "true");
  }

  private final Path directory;
  private final SingleChronicleQueue queue;
  private final ExcerptAppender appender;
  private final EpochClock clock;
  private final UnsafeBuffer document = new UnsafeBuffer(0, 0);
  private final ExpandableDirectByteBuffer scratch = new ExpandableDirectByteBuffer(1 << 12);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();

  private volatile long lastPosition;
  private final Object syncLock = new Object();
  private int syncedCycle = Integer.MIN_VALUE;

  private Journal(Path directory, EpochClock clock) {
    this.directory = directory;
    this.clock = clock;
    this.queue = queue(directory, false, clock);
    try (JournalReader reader = reader(0)) {
      reader.toLast();
      lastPosition = reader.position();
      clock.notBefore(reader.timeNs());
    }
    this.appender = queue.createAppender();
    appender.singleThreadedCheckDisabled(true);
  }

  /** Where the journal of a data directory is. */
  public static Path in(Path dataDirectory) {
    return dataDirectory.resolve("journal");
  }

  /** Opens the journal in {@code directory}, creating it if there is none. */
  public static Journal open(Path directory, EpochClock clock) {
    return new Journal(directory, clock);
  }

  static SingleChronicleQueue queue(Path directory, boolean readOnly, EpochClock clock) {
    return SingleChronicleQueueBuilder.binary(directory)
        .rollCycle(RollCycles.FAST_HOURLY)
        // The journal's clock and not the system's: a new hour never lies before the last one.
        .timeProvider(() -> clock.nowNs() / 1_000_000)
        .blockSize(BLOCK_SIZE)
        .timeoutMS(2_000)
        .readOnly(readOnly)
        .build();
  }

  /** A reader that starts after the record at {@code position}, or at the first one for 0. */
  public JournalReader reader(long position) {
    return new JournalReader(queue.createTailer(), position);
  }

  /**
   * A reader that starts after the record at {@code position}, or at the oldest record that is left
   * if that one was removed. For those who count what they miss.
   */
  public JournalReader readerAfterOrOldest(long position) {
    JournalReader reader = reader(0);
    reader.moveAfterOrOldest(position);
    return reader;
  }

  /** Position of the last record, 0 if there is none. */
  public long lastPosition() {
    return lastPosition;
  }

  /** The hour, since the epoch, that holds this position. */
  int cycle(long position) {
    return queue.rollCycle().toCycle(position);
  }

  /**
   * What an hour takes on disk. Files are as long as what is mapped of them, mostly holes; this is
   * up to where they are written.
   */
  long usedBytes(JournalFiles.HourFile file) {
    SingleChronicleQueueStore store = queue.storeForCycle(file.cycle(), queue.epoch(), false, null);
    if (store == null) {
      return file.bytes();
    }
    try {
      return Math.min(file.bytes(), store.writePosition());
    } finally {
      queue.closeStore(store);
    }
  }

  /** Where the files are. */
  Path directory() {
    return directory;
  }

  /** Files were removed. */
  void refresh() {
    queue.refreshDirectoryListing();
  }

  /** Appends the samples and empties the batch; nothing if it is empty. */
  public synchronized void append(SampleBatch batch) {
    if (batch.isEmpty()) {
      return;
    }
    write(batch.encode(clock.nowNs()), batch.encodedLength());
    batch.clear();
  }

  public synchronized void appendTextSample(
      int link, int signal, long sourceTimeNs, int status, String value, int flags) {
    TextSampleEncoder e = textSample.wrapAndApplyHeader(scratch, 0, header);
    e.receivedNs(clock.nowNs()).link(link).signal(signal).status(status);
    e.sourceTimeNs(sourceTimeNs).flags(flags).value(cut(value));
    write(scratch, e.limit());
  }

  /** Appends the start of a session of the collector; returns its time. */
  public synchronized long appendStart(String softwareVersion) {
    StartEncoder e = start.wrapAndApplyHeader(scratch, 0, header);
    long nowNs = clock.nowNs();
    e.nowNs(nowNs).softwareVersion(softwareVersion);
    write(scratch, e.limit());
    return nowNs;
  }

  /**
   * Appends that the machine's clock was set back.
   *
   * @param wallNs what it shows now, before the journal's time
   */
  public synchronized void appendClockStep(long wallNs, String softwareVersion) {
    ClockStepEncoder e = clockStep.wrapAndApplyHeader(scratch, 0, header);
    e.nowNs(clock.nowNs()).wallNs(wallNs).softwareVersion(softwareVersion);
    write(scratch, e.limit());
  }

  public synchronized void appendTick() {
    TickEncoder e = tick.wrapAndApplyHeader(scratch, 0, header);
    e.nowNs(clock.nowNs());
    write(scratch, e.limit());
  }

  public synchronized void appendRegister(String hash, String json) {
    RegisterVersionEncoder e = register.wrapAndApplyHeader(scratch, 0, header);
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    e.nowNs(clock.nowNs()).hash(hash).putJson(utf8, 0, utf8.length);
    write(scratch, e.limit());
  }

  public synchronized void appendLink(int link, LinkEvent event, long lost, String detail) {
    LinkChangeEncoder e = linkChange.wrapAndApplyHeader(scratch, 0, header);
    e.receivedNs(clock.nowNs()).link(link).change(event.ordinal()).lost(lost).detail(cut(detail));
    write(scratch, e.limit());
  }

  public synchronized void appendClock(int link, long offsetNs, long uncertaintyNs) {
    ClockEncoder e = clockChange.wrapAndApplyHeader(scratch, 0, header);
    e.receivedNs(clock.nowNs()).link(link).offsetNs(offsetNs).uncertaintyNs(uncertaintyNs);
    write(scratch, e.limit());
  }

  /**
   * Appends that a model version reached a stage on a node.
   *
   * @param eventNs when, by the clock of who reports, or {@link io.feedrate.kpi.Sample#NO_TIME}
   * @param notBeforeNs since when it may have been, where the node was polled, or {@link
   *     io.feedrate.kpi.Sample#NO_TIME}
   */
  public synchronized void appendModelChange(
      int link,
      ModelStage stage,
      long eventNs,
      long notBeforeNs,
      String node,
      String model,
      String version,
      String digest,
      String detail) {
    ModelChangeEncoder e = modelChange.wrapAndApplyHeader(scratch, 0, header);
    e.receivedNs(clock.nowNs()).link(link).stage(stage.ordinal());
    e.eventNs(eventNs).notBeforeNs(notBeforeNs);
    e.node(cut(node)).model(cut(model)).version(cut(version)).digest(cut(digest));
    e.detail(cut(detail));
    write(scratch, e.limit());
  }

  public synchronized void appendInference(int link, InferenceRecord r) {
    InferenceEncoder e = inference.wrapAndApplyHeader(scratch, 0, header);
    e.receivedNs(clock.nowNs()).link(link).mode(r.mode().ordinal()).ok(r.ok() ? 1 : 0);
    e.inputNs(r.inputNs()).inferenceNs(r.inferenceNs()).latencyNs(r.latencyNs()).score(r.score());
    e.actionable(r.actionable() ? 1 : 0);
    e.node(cut(r.node())).model(cut(r.model())).version(cut(r.version())).digest(cut(r.digest()));
    e.inferenceId(cut(r.inferenceId())).decision(cut(r.decision())).part(cut(r.part()));
    write(scratch, e.limit());
  }

  public synchronized void appendAdvice(
      int link,
      AdviceEvent event,
      long eventNs,
      String node,
      String adviceId,
      String operator,
      String reason) {
    AdviceEncoder e = advice.wrapAndApplyHeader(scratch, 0, header);
    e.receivedNs(clock.nowNs()).link(link).change(event.ordinal()).eventNs(eventNs);
    e.node(cut(node)).adviceId(cut(adviceId)).operatorRef(cut(operator)).reason(cut(reason));
    write(scratch, e.limit());
  }

  public synchronized void appendEvent(int link, EventRecord r) {
    EventEncoder e = plantEvent.wrapAndApplyHeader(scratch, 0, header);
    e.receivedNs(clock.nowNs()).link(link).kind(r.kind().ordinal()).eventNs(r.eventNs());
    e.amount(r.amount()).of(r.of());
    e.node(cut(r.node())).key(cut(r.key())).person(cut(r.person())).detail(cut(r.detail()));
    write(scratch, e.limit());
  }

  /** Appends an exclusion that is entered now. */
  public void appendExclusion(
      String subject, long fromNs, long toNs, String reason, String approver) {
    appendExclusion(
        new ExclusionRecord(
            ExclusionKind.EXCLUSION,
            subject,
            fromNs,
            toNs,
            reason,
            approver,
            ExclusionSource.OTHER,
            "",
            "",
            clock.nowNs(),
            ""));
  }

  /** Appends an exclusion, or that one is withdrawn. */
  public synchronized void appendExclusion(ExclusionRecord r) {
    ExclusionEncoder e = exclusion.wrapAndApplyHeader(scratch, 0, header);
    e.enteredNs(clock.nowNs()).fromNs(r.fromNs()).toNs(r.toNs()).kind(r.kind().ordinal());
    e.source(r.source().ordinal()).toldNs(r.enteredNs());
    e.subject(cut(r.subject())).reason(cut(r.reason())).approver(cut(r.approver()));
    e.reference(cut(r.reference())).enteredBy(cut(r.enteredBy())).entry(cut(r.entry()));
    write(scratch, e.limit());
  }

  /** Appends a line of a file that people's entries are added to. */
  public synchronized void appendEntry(EntryKind kind, String line) {
    EntryEncoder e = entry.wrapAndApplyHeader(scratch, 0, header);
    byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
    e.nowNs(clock.nowNs()).kind(kind.ordinal()).putLine(utf8, 0, utf8.length);
    write(scratch, e.limit());
  }

  /**
   * Appends something that could not be understood.
   *
   * @param link the link it came over, or -1
   * @param origin topic or node id
   * @param payload the whole payload; its first bytes are kept
   */
  public synchronized void appendReject(
      int link, RejectCause cause, String origin, String detail, byte[] payload) {
    RejectEncoder e = reject.wrapAndApplyHeader(scratch, 0, header);
    e.receivedNs(clock.nowNs()).link(link).cause(cause.ordinal()).size(payload.length);
    e.origin(cut(origin)).detail(cut(detail));
    e.putPayload(payload, 0, Math.min(payload.length, REJECT_KEPT));
    write(scratch, e.limit());
  }

  /** How many bytes of a rejected payload are kept. */
  public static final int REJECT_KEPT = 512;

  /**
   * Makes all that was appended before the call survive a power loss. Takes as long as the disk,
   * but appends go on meanwhile.
   */
  public void sync() {
    synchronized (syncLock) {
      try {
        for (JournalFiles.HourFile file : JournalFiles.list(directory)) {
          if (file.cycle() >= syncedCycle) {
            force(file.path());
            syncedCycle = file.cycle();
          }
        }
        force(directory.resolve(SingleChronicleQueue.QUEUE_METADATA_FILE));
      } catch (IOException e) {
        throw new UncheckedIOException("the journal cannot be synced", e);
      }
    }
  }

  /** The file's pages are mapped; forcing any channel of it writes them all. */
  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(false);
    }
  }

  /** The clock that stamps the records. */
  public EpochClock clock() {
    return clock;
  }

  @Override
  public synchronized void close() {
    appender.close();
    queue.close();
  }

  private final ClockStepEncoder clockStep = new ClockStepEncoder();
  private final StartEncoder start = new StartEncoder();
  private final TickEncoder tick = new TickEncoder();
  private final RegisterVersionEncoder register = new RegisterVersionEncoder();
  private final TextSampleEncoder textSample = new TextSampleEncoder();
  private final LinkChangeEncoder linkChange = new LinkChangeEncoder();
  private final ClockEncoder clockChange = new ClockEncoder();
  private final ModelChangeEncoder modelChange = new ModelChangeEncoder();
  private final InferenceEncoder inference = new InferenceEncoder();
  private final AdviceEncoder advice = new AdviceEncoder();
  private final EventEncoder plantEvent = new EventEncoder();
  private final ExclusionEncoder exclusion = new ExclusionEncoder();
  private final EntryEncoder entry = new EntryEncoder();
  private final RejectEncoder reject = new RejectEncoder();

  private void write(DirectBuffer record, int length) {
    if (length > MAX_RECORD) {
      throw new IllegalArgumentException(
          "a record of " + length + " bytes is too large for the journal, at most " + MAX_RECORD);
    }
    try (DocumentContext context = appender.writingDocument()) {
      boolean written = false;
      try {
        Bytes<?> bytes = context.wire().bytes();
        bytes.ensureCapacity(bytes.writePosition() + length);
        document.wrap(bytes.addressForWrite(bytes.writePosition()), length);
        document.putBytes(0, record, 0, length);
        bytes.writeSkip(length);
        written = true;
      } finally {
        if (!written) {
          context.rollbackOnClose();
        }
      }
    }
    lastPosition = appender.lastIndexAppended();
  }

  /** The text, or as many whole characters of it as a record may have. */
  private static String cut(String text) {
    if (text.length() <= MAX_TEXT / MOST_BYTES_PER_CHAR) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= MAX_TEXT) {
      return text;
    }
    int end = MAX_TEXT;
    while (end > 0 && (bytes[end] & 0xC0) == 0x80) {
      end--; // not in the middle of a character
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }
}
