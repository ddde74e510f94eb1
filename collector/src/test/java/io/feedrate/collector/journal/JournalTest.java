package io.feedrate.collector.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feedrate.collector.journal.sbe.AdviceDecoder;
import io.feedrate.collector.journal.sbe.ClockDecoder;
import io.feedrate.collector.journal.sbe.EventDecoder;
import io.feedrate.collector.journal.sbe.ExclusionDecoder;
import io.feedrate.collector.journal.sbe.InferenceDecoder;
import io.feedrate.collector.journal.sbe.LinkChangeDecoder;
import io.feedrate.collector.journal.sbe.ModelChangeDecoder;
import io.feedrate.collector.journal.sbe.RegisterVersionDecoder;
import io.feedrate.collector.journal.sbe.RejectDecoder;
import io.feedrate.collector.journal.sbe.SamplesDecoder;
import io.feedrate.collector.journal.sbe.StartDecoder;
import io.feedrate.collector.journal.sbe.TextSampleDecoder;
import io.feedrate.collector.journal.sbe.TickDecoder;
import io.feedrate.kpi.AdviceEvent;
import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.InferenceMode;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.Sample;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path directory;

  private final ManualTime time = new ManualTime(Instant.parse("2026-11-22T10:59:30Z"));
  private Journal journal;

  @BeforeEach
  void open() {
    journal = Journal.open(directory, time.clock());
  }

  @AfterEach
  void close() {
    journal.close();
  }

  /** All records as texts, in order. */
  private static List<String> read(JournalReader reader) {
    List<String> records = new ArrayList<>();
    reader.poll((id, record, header, at) -> records.add(text(id, record, header)), 100_000);
    return records;
  }

  private static String text(
      int templateId,
      org.agrona.DirectBuffer record,
      io.feedrate.collector.journal.sbe.MessageHeaderDecoder header) {
    return switch (templateId) {
      case StartDecoder.TEMPLATE_ID ->
          new StartDecoder().wrapAndApplyHeader(record, 0, header).toString();
      case TickDecoder.TEMPLATE_ID ->
          new TickDecoder().wrapAndApplyHeader(record, 0, header).toString();
      case RegisterVersionDecoder.TEMPLATE_ID ->
          new RegisterVersionDecoder().wrapAndApplyHeader(record, 0, header).toString();
      case SamplesDecoder.TEMPLATE_ID ->
          new SamplesDecoder().wrapAndApplyHeader(record, 0, header).toString();
      case TextSampleDecoder.TEMPLATE_ID ->
          new TextSampleDecoder().wrapAndApplyHeader(record, 0, header).toString();
      case LinkChangeDecoder.TEMPLATE_ID ->
          new LinkChangeDecoder().wrapAndApplyHeader(record, 0, header).toString();
      case ClockDecoder.TEMPLATE_ID ->
          new ClockDecoder().wrapAndApplyHeader(record, 0, header).toString();
      case ModelChangeDecoder.TEMPLATE_ID ->
          new ModelChangeDecoder().wrapAndApplyHeader(record, 0, header).toString();
      case InferenceDecoder.TEMPLATE_ID ->
          new InferenceDecoder().wrapAndApplyHeader(record, 0, header).toString();
      case AdviceDecoder.TEMPLATE_ID ->
          new AdviceDecoder().wrapAndApplyHeader(record, 0, header).toString();
      case EventDecoder.TEMPLATE_ID ->
          new EventDecoder().wrapAndApplyHeader(record, 0, header).toString();
      case ExclusionDecoder.TEMPLATE_ID ->
          new ExclusionDecoder().wrapAndApplyHeader(record, 0, header).toString();
      case RejectDecoder.TEMPLATE_ID ->
          new RejectDecoder().wrapAndApplyHeader(record, 0, header).toString();
      default -> "unknown " + templateId;
    };
  }

  @Test
  void everyKindOfRecordComesBackAsItWentIn() {
    long nowNs = time.wallNs();
    journal.appendStart("1.2.3");
    journal.appendTick();
    journal.appendRegister("abc", "{\"ä\":1}");
    SampleBatch batch = new SampleBatch(3);
    batch.add(7, 123L, 0x80F00000, -0.5, Sample.HISTORICAL);
    batch.add(8, Sample.NO_TIME, 0, Double.NaN, Sample.NO_SOURCE_TIME);
    journal.append(batch);
    journal.appendTextSample(3, 9, 124L, 0, "O1234", Sample.TEXT);
    journal.appendLink(3, LinkEvent.GAP, 17, "sequence 4 after 21");
    journal.appendClock(3, -250, 40);
    journal.appendModelChange(
        2, ModelStage.VERIFIED, 125L, 120L, "a/n", "m", "7", "sha256:0", "fine");
    journal.appendInference(
        2,
        new InferenceRecord(
            "a/n",
            "m",
            "7",
            "d",
            InferenceMode.SHADOW,
            true,
            1L,
            2L,
            3L,
            0.5,
            true,
            "i1",
            "ok",
            "p"));
    journal.appendAdvice(2, AdviceEvent.OVERRIDDEN, 126L, "a/n", "adv", "op-17", "wrong tool");
    journal.appendEvent(
        3, new EventRecord("a/b", EventKind.ALARM_RAISED, 127L, 8, 9, "A7", "op-18", "oil"));
    journal.appendExclusion("a/b", 1, 2, "holidays", "planning");
    journal.appendReject(
        -1, RejectCause.MALFORMED, "t/x", "no JSON", "{".getBytes(StandardCharsets.UTF_8));

    List<String> records = read(journal.reader(0));

    assertThat(records).hasSize(13);
    assertThat(records.get(0)).contains("nowNs=" + nowNs, "softwareVersion='1.2.3'");
    assertThat(records.get(1)).contains("nowNs=" + nowNs);
    assertThat(records.get(2)).contains("hash='abc'", "json='{\"ä\":1}'");
    assertThat(records.get(3))
        .contains("link=3", "signal=7", "status=-2131755008", "sourceTimeNs=123", "value=-0.5")
        .contains("flags=4", "signal=8", "sourceTimeNs=-9223372036854775808", "value=NaN");
    assertThat(records.get(4)).contains("signal=9", "flags=8", "value='O1234'");
    assertThat(records.get(5)).contains("change=3", "lost=17", "detail='sequence 4 after 21'");
    assertThat(records.get(6)).contains("offsetNs=-250", "uncertaintyNs=40");
    assertThat(records.get(7))
        .contains("stage=5", "eventNs=125", "notBeforeNs=120", "node='a/n'", "detail='fine'");
    assertThat(records.get(8))
        .contains("mode=1", "ok=1", "score=0.5", "part='p'", "latencyNs=3", "actionable=1");
    assertThat(records.get(9)).contains("change=2", "operatorRef='op-17'", "reason='wrong tool'");
    assertThat(records.get(10))
        .contains("kind=4", "eventNs=127", "amount=8", "of=9")
        .contains("node='a/b'", "key='A7'", "person='op-18'", "detail='oil'");
    assertThat(records.get(11)).contains("fromNs=1", "toNs=2", "approver='planning'");
    assertThat(records.get(12)).contains("cause=0", "size=1", "origin='t/x'", "payload='{'");
  }

  @Test
  void fullBatchIsOneRecordAndIsEmptyAfterwards() {
    SampleBatch batch = new SampleBatch(0);
    for (int i = 0; i < SampleBatch.CAPACITY; i++) {
      batch.add(i, i, 0, i, 0);
    }
    assertThat(batch.isFull()).isTrue();
    assertThatThrownBy(() -> batch.add(0, 0, 0, 0, 0)).isInstanceOf(IllegalStateException.class);

    journal.append(batch);
    journal.append(batch);

    assertThat(batch.isEmpty()).isTrue();
    List<Integer> sizes = new ArrayList<>();
    SamplesDecoder samples = new SamplesDecoder();
    journal
        .reader(0)
        .poll(
            (id, record, header, at) ->
                sizes.add(samples.wrapAndApplyHeader(record, 0, header).readings().count()),
            10);
    assertThat(sizes).containsExactly(SampleBatch.CAPACITY);
  }

  @Test
  void longTextIsCutBetweenCharacters() {
    // Three bytes each: 1,365 whole ones fit into 4,096 bytes.
    journal.appendTextSample(0, 0, 0, 0, "€".repeat(2000), 0);
    journal.appendReject(0, RejectCause.TOO_LARGE, "t", "", new byte[1_000_000]);

    List<String> records = read(journal.reader(0));

    assertThat(records.get(0)).contains("value='" + "€".repeat(1365) + "'");
    assertThat(records.get(1)).contains("size=1000000").hasSizeLessThan(2000);
  }

  @Test
  void readerGoesOnAfterAPosition() {
    List<Long> positions = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      journal.appendLink(i, LinkEvent.PROOF, 0, "");
    }
    journal.reader(0).poll((id, record, header, at) -> positions.add(at), 10);

    JournalReader reader = journal.reader(positions.get(2));

    assertThat(read(reader)).hasSize(2).first().asString().contains("link=3");
    assertThat(reader.position()).isEqualTo(positions.get(4)).isEqualTo(journal.lastPosition());
    assertThat(read(reader)).isEmpty();
    journal.appendTick();
    assertThat(read(reader)).hasSize(1);
  }

  @Test
  void positionThatIsNotThereIsRefused() {
    journal.appendTick();

    assertThatThrownBy(() -> journal.reader(journal.lastPosition() + 5))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no record at position");
  }

  @Test
  void readerCrossesHoursAlsoThoseWithoutRecords() {
    journal.appendTick();
    time.pass(1, TimeUnit.MINUTES);
    journal.appendTick();
    JournalReader reader = journal.reader(0);
    assertThat(read(reader)).hasSize(2);
    long middle = reader.position();
    time.pass(5, TimeUnit.HOURS);
    journal.appendTick();

    assertThat(read(reader)).hasSize(1);
    assertThat(read(journal.reader(middle))).hasSize(1);
    assertThat(read(journal.reader(0))).hasSize(3);
  }

  @Test
  void timeNeverRunsBackOverARestart() {
    journal.appendTick();
    long beforeNs = time.wallNs();
    journal.close();
    time.stepWall(-3, TimeUnit.HOURS);

    journal = Journal.open(directory, time.clock());
    journal.appendStart("2");

    List<String> records = read(journal.reader(0));
    assertThat(records).hasSize(2);
    assertThat(records.get(1)).contains("nowNs=" + beforeNs);
  }

  @Test
  void interruptedThreadDoesNotBreakTheJournalForOthers() {
    journal.appendTick();
    time.pass(1, TimeUnit.HOURS); // so that the interrupted one opens a file
    Thread.currentThread().interrupt();
    journal.appendTick();
    journal.appendRegister("h", "x".repeat(15_000_000));
    assertThat(Thread.interrupted()).isTrue();

    journal.appendTick();
    journal.sync();

    List<Integer> kinds = new ArrayList<>();
    journal.reader(0).poll((id, record, header, at) -> kinds.add(id), 100);
    assertThat(kinds).containsExactly(2, 2, 3, 2);
  }

  @Test
  void closedJournalIsReadWithoutWriting() {
    journal.appendTick();
    journal.appendTick();
    journal.sync();
    journal.close();

    try (JournalReader reader = JournalReader.open(directory)) {
      assertThat(read(reader)).hasSize(2);
    }
  }

  @Test
  void largestRegisterFitsWhereverItFalls() {
    String json = "x".repeat(Journal.MAX_RECORD - 100);
    for (int i = 0; i < 12; i++) {
      journal.appendRegister("h" + i, json);
      journal.appendTextSample(0, 0, 0, 0, "y".repeat(131 * i), 0);
    }

    List<Integer> sizes = new ArrayList<>();
    RegisterVersionDecoder register = new RegisterVersionDecoder();
    journal
        .reader(0)
        .poll(
            (id, record, header, at) -> {
              if (id == RegisterVersionDecoder.TEMPLATE_ID) {
                register.wrapAndApplyHeader(record, 0, header);
                sizes.add(register.hash().length() + register.jsonLength());
              }
            },
            100);
    assertThat(sizes).hasSize(12).allMatch(size -> size >= json.length() + 2);
  }

  @Test
  void largerRecordIsRefusedBeforeItDoesHarm() {
    String json = "x".repeat(Journal.MAX_RECORD);

    assertThatThrownBy(() -> journal.appendRegister("h", json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("too large");
    assertThat(read(journal.reader(0))).isEmpty();
  }
}
