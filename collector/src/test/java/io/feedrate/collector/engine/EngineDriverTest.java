package io.feedrate.collector.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.collector.TestPlant;
import io.feedrate.collector.journal.EventRecord;
import io.feedrate.collector.journal.InferenceRecord;
import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.journal.JournalReader;
import io.feedrate.collector.journal.ManualTime;
import io.feedrate.collector.journal.sbe.EventEncoder;
import io.feedrate.collector.journal.sbe.InferenceDecoder;
import io.feedrate.collector.journal.sbe.InferenceEncoder;
import io.feedrate.collector.journal.sbe.MessageHeaderDecoder;
import io.feedrate.collector.journal.sbe.MessageHeaderEncoder;
import io.feedrate.collector.journal.sbe.ModelChangeDecoder;
import io.feedrate.collector.journal.sbe.ModelChangeEncoder;
import io.feedrate.kpi.AdviceEvent;
import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.Fingerprint;
import io.feedrate.kpi.Inference;
import io.feedrate.kpi.InferenceMode;
import io.feedrate.kpi.ModelEvent;
import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.PlantEvent;
import io.feedrate.kpi.Sample;
import io.feedrate.kpi.engine.Family;
import io.feedrate.kpi.engine.KpiEngine;
import io.feedrate.kpi.meter.Meter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the engine hears of what is journaled. */
class EngineDriverTest {
  private static final long SECOND = 1_000_000_000L;
  private static final TestPlant PLANT = new TestPlant(1, 4, SECOND, 10 * SECOND, 3 * SECOND);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path directory;

  private final ManualTime time = new ManualTime(Instant.parse("2026-11-22T10:00:00Z"));
  private final List<String> heard = new ArrayList<>();
  private final SilentOutput output = new SilentOutput();
  private final EngineDriver driver =
      new EngineDriver(
          new KpiEngine(
              output, List.of(new Family(List.of(), Optional.of(setting -> new Listener())))),
          output,
          TestPlant::read);

  @SuppressWarnings("NullAway.Init") // set before each
  private Journal journal;

  /** Writes down what it is told; the objects are used again. */
  private final class Listener implements Meter {
    @Override
    public void onInference(Inference i) {
      heard.add(
          "inference %x %x %s %s %b".formatted(i.key, i.part, i.decision, i.mode, i.actionable));
    }

    @Override
    public void onEvent(PlantEvent e) {
      heard.add(
          "%s %x %x %d %d %d"
              .formatted(e.kind(), e.key(), e.person(), e.amount(), e.of(), e.atNs()));
    }

    @Override
    public void onModelEvent(ModelEvent e) {
      heard.add("%s %d %d".formatted(e.stage(), e.notBeforeNs(), e.eventNs()));
    }
  }

  @BeforeEach
  void open() {
    journal = Journal.open(directory, time.clock());
    journal.appendRegister("h", PLANT.json());
  }

  @AfterEach
  void close() {
    journal.close();
  }

  private List<String> drive() {
    try (JournalReader reader = journal.reader(driver.position())) {
      while (reader.poll(driver, 100) > 0) {}
    }
    return heard;
  }

  private static InferenceRecord inference(String id, long atNs, String decision, boolean acts) {
    return new InferenceRecord(
        TestPlant.NODE,
        "m",
        "1",
        "",
        InferenceMode.PRODUCTION,
        true,
        atNs,
        atNs,
        1,
        0.9,
        acts,
        id,
        decision,
        "part-7");
  }

  @Test
  void anEventArrivesWithFingerprintsOfItsTexts() {
    long atNs = time.wallNs() - SECOND;
    journal.appendEvent(
        1,
        new EventRecord(
            TestPlant.NODE, EventKind.INTERFACE_CHECKED, atNs, 8, 9, "türe", "op-1", "x"));

    assertThat(drive())
        .containsExactly(
            "INTERFACE_CHECKED %x %x 8 9 %d"
                .formatted(Fingerprint.of("türe"), Fingerprint.of("op-1"), atNs));
  }

  @Test
  void whatWasNotToldHasNoFingerprint() {
    journal.appendEvent(
        1, EventRecord.of(TestPlant.NODE, EventKind.ALARM_RAISED, Sample.NO_TIME, ""));

    assertThat(drive()).containsExactly("ALARM_RAISED 0 0 0 0 " + time.wallNs());
  }

  @Test
  void anEventThatIsDeliveredAgainCountsOnceAndALaterOneAgain() {
    long atNs = time.wallNs();
    EventRecord first = EventRecord.of(TestPlant.NODE, EventKind.ALARM_RAISED, atNs, "A1");
    journal.appendEvent(1, first);
    journal.appendEvent(1, first);
    journal.appendEvent(1, EventRecord.of(TestPlant.NODE, EventKind.ALARM_RAISED, atNs + 1, "A1"));
    journal.appendEvent(1, EventRecord.of(TestPlant.NODE, EventKind.ALARM_CLEARED, atNs, "A1"));

    assertThat(drive()).hasSize(3);
    assertThat(driver.engine().repeated()).isEqualTo(1);
  }

  @Test
  void anAdviceAndItsDecisionShareAKeyAndTellThePerson() {
    long atNs = time.wallNs();
    journal.appendAdvice(1, AdviceEvent.SHOWN, atNs, TestPlant.NODE, "adv-1", "", "");
    journal.appendAdvice(1, AdviceEvent.ACCEPTED, atNs, TestPlant.NODE, "adv-1", "op-1", "");

    String key = Long.toHexString(Fingerprint.of("adv-1"));
    String person = Long.toHexString(Fingerprint.of("op-1"));
    assertThat(drive())
        .containsExactly(
            "ADVICE_SHOWN " + key + " 0 0 0 " + atNs,
            "ADVICE_ACCEPTED " + key + " " + person + " 0 0 " + atNs);
  }

  @Test
  void aResponseHasTheKeyOfItsInference() {
    long atNs = time.wallNs();
    journal.appendInference(1, inference("i-1", atNs, "class 4", true));
    journal.appendEvent(1, EventRecord.of(TestPlant.NODE, EventKind.RESPONSE, atNs, "i-1"));

    String key = Long.toHexString(Fingerprint.of("i-1"));
    String part = Long.toHexString(Fingerprint.of("part-7"));
    assertThat(drive())
        .containsExactly(
            "inference " + key + " " + part + " NONE PRODUCTION true",
            "RESPONSE " + key + " 0 0 0 " + atNs);
  }

  @ParameterizedTest
  @CsvSource({
    "ok, GOOD",
    "Good, GOOD",
    "PASS, GOOD",
    "nok, BAD",
    "NOK, BAD",
    "bad, BAD",
    "Fail, BAD",
    "defect, BAD",
    "okay, NONE",
    "o, NONE",
    "'', NONE",
    "3, NONE",
    "ÖK, NONE"
  })
  void wordsOfDecisionsAreUnderstoodInAnyCase(String word, String decision) {
    journal.appendInference(1, inference("i-1", time.wallNs(), word, false));

    assertThat(drive()).hasSize(1).first().asString().contains(" " + decision + " ");
  }

  @Test
  void anEventOfAKindThatThisVersionDoesNotKnowIsCountedAndLeftOut() {
    ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    MessageHeaderEncoder header = new MessageHeaderEncoder();
    EventEncoder e = new EventEncoder().wrapAndApplyHeader(buffer, 0, header);
    e.receivedNs(time.wallNs()).kind(EventKind.values().length);
    e.node("x").key("").person("").detail("");
    drive();
    handle(new UnsafeBuffer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + e.encodedLength()));

    assertThat(heard).isEmpty();
    assertThat(driver.misfitCount()).isEqualTo(1);
  }

  @Test
  void anInferenceOfSchemaVersionOneIsNotActionable() {
    ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    InferenceEncoder e =
        new InferenceEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    e.receivedNs(time.wallNs()).link(1).mode(0).ok(1).inputNs(5).inferenceNs(time.wallNs());
    e.latencyNs(7).score(0.5).actionable(1);
    e.node(TestPlant.NODE).model("m").version("1").digest("d").inferenceId("i-1").decision("ok");
    e.part("p");
    drive();
    UnsafeBuffer old = firstVersion(buffer, e.encodedLength(), 52);
    handle(old);

    assertThat(heard)
        .containsExactly(
            "inference %x %x GOOD PRODUCTION false"
                .formatted(Fingerprint.of("i-1"), Fingerprint.of("p")));
    InferenceDecoder d = new InferenceDecoder();
    d.wrapAndApplyHeader(old, 0, new MessageHeaderDecoder());
    assertThat(d.actionable()).isEqualTo(InferenceDecoder.actionableNullValue());
    assertThat(d.latencyNs()).isEqualTo(7);
  }

  @Test
  void aModelStageOfSchemaVersionOneWasNotPolled() {
    ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    ModelChangeEncoder e =
        new ModelChangeEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    long atNs = time.wallNs();
    e.receivedNs(atNs).link(1).stage(ModelStage.LOADED.ordinal()).eventNs(atNs).notBeforeNs(3);
    e.node(TestPlant.NODE).model("m").version("1").digest("").detail("");
    drive();
    handle(firstVersion(buffer, e.encodedLength(), ModelChangeDecoder.notBeforeNsEncodingOffset()));
    journal.appendModelChange(
        1, ModelStage.LOADED, atNs, atNs - SECOND, TestPlant.NODE, "m", "2", "", "");

    assertThat(drive())
        .containsExactly("LOADED " + atNs + " " + atNs, "LOADED " + (atNs - SECOND) + " " + atNs);
  }

  private void handle(UnsafeBuffer record) {
    MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(record, 0);
    driver.onRecord(header.templateId(), record, header, driver.position());
  }

  /** The bytes that version 1 of the schema wrote: a shorter block, then the same texts. */
  private static UnsafeBuffer firstVersion(
      ExpandableArrayBuffer newer, int encodedLength, int oldBlock) {
    int head = MessageHeaderEncoder.ENCODED_LENGTH;
    MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(newer, 0);
    int added = header.blockLength() - oldBlock;
    assertThat(added).isPositive();
    UnsafeBuffer old = new UnsafeBuffer(new byte[head + encodedLength - added]);
    old.putBytes(0, newer, 0, head + oldBlock);
    old.putBytes(
        head + oldBlock, newer, head + header.blockLength(), encodedLength - header.blockLength());
    new MessageHeaderEncoder().wrap(old, 0).blockLength(oldBlock).version(1);
    return old;
  }
}
