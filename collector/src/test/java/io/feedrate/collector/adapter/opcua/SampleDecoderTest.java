package io.feedrate.collector.adapter.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ulong;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import com.sun.management.ThreadMXBean;
import io.feedrate.collector.config.SignalAddress;
import io.feedrate.collector.journal.EpochClock;
import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.peers.JournalTape;
import io.feedrate.collector.peers.JournalTape.Reading;
import io.feedrate.kpi.Sample;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleDecoderTest {
  private static final int LINK = 3;
  private static final Instant TIME = Instant.parse("2026-11-22T10:00:00.123456700Z");
  private static final long TIME_NS = TIME.getEpochSecond() * 1_000_000_000L + TIME.getNano();

  private final SignalItem number = item(1, false);
  private final SignalItem text = item(2, true);
  private Journal journal;
  private JournalTape tape;
  private SampleDecoder decoder;

  @BeforeEach
  void open(@TempDir Path directory) {
    journal = Journal.open(directory, new EpochClock());
    tape = new JournalTape(journal);
    decoder = new SampleDecoder(journal, LINK);
  }

  @AfterEach
  void close() {
    tape.close();
    journal.close();
  }

  @Test
  void numbersOfEveryTypeBecomeDoubles() {
    Map<Object, Double> expected =
        Map.ofEntries(
            Map.entry(true, 1.0),
            Map.entry((byte) -5, -5.0),
            Map.entry(ubyte(200), 200.0),
            Map.entry((short) -300, -300.0),
            Map.entry(ushort(60_000), 60_000.0),
            Map.entry(-70_000, -70_000.0),
            Map.entry(uint(4_000_000_000L), 4e9),
            Map.entry(-(1L << 40), -(double) (1L << 40)),
            Map.entry(ulong(1L << 60), (double) (1L << 60)),
            Map.entry(1.5f, 1.5),
            Map.entry(2.5, 2.5),
            Map.entry(new DateTime(TIME), 1_795_341_600.1234567));

    expected.forEach(
        (value, number) -> {
          Reading sample = decode(value, StatusCode.GOOD, new DateTime(TIME));
          assertThat(sample.value()).as(value.getClass().getName()).isEqualTo(number);
          assertThat(sample.flags()).isZero();
          assertThat(sample.link()).isEqualTo(LINK);
          assertThat(sample.signal()).isEqualTo(1);
        });
  }

  @Test
  void sourceTimeKeepsItsHundredNanoseconds() {
    assertThat(decode(1.0, StatusCode.GOOD, new DateTime(TIME)).sourceTimeNs()).isEqualTo(TIME_NS);
  }

  @Test
  void missingSourceTimeIsFlaggedAndNotReplaced() {
    for (DateTime none : new DateTime[] {null, DateTime.NULL_VALUE}) {
      Reading sample = decode(1.0, StatusCode.GOOD, none);
      assertThat(sample.flags()).isEqualTo(Sample.NO_SOURCE_TIME);
      assertThat(sample.sourceTimeNs()).isEqualTo(Sample.NO_TIME);
    }
  }

  @Test
  void sourceTimesThatCannotBeAreInvalid() {
    for (String time : List.of("1969-12-31T23:59:59Z", "2300-01-01T00:00:00Z")) {
      assertThat(decode(1.0, StatusCode.GOOD, new DateTime(Instant.parse(time))).flags())
          .as(time)
          .isEqualTo(Sample.NO_SOURCE_TIME | Sample.INVALID);
    }
  }

  @Test
  void statusKeepsAllItsBits() {
    for (long code : new long[] {0x480, 0x408C_0480L, 0x808C_0000L, 0xC000_FFFFL}) {
      assertThat(decode(1.0, new StatusCode(code), new DateTime(TIME)).status())
          .isEqualTo((int) code);
    }
  }

  @Test
  void whatIsNoNumberIsInvalidUnlessItsStatusSaysWhy() {
    assertThat(decode("text", StatusCode.GOOD, new DateTime(TIME)).flags())
        .isEqualTo(Sample.INVALID);
    assertThat(decode(new Double[] {1.0}, StatusCode.GOOD, new DateTime(TIME)).flags())
        .isEqualTo(Sample.INVALID);
    assertThat(decode(null, StatusCode.GOOD, new DateTime(TIME)).flags()).isEqualTo(Sample.INVALID);
    assertThat(decode(null, StatusCode.BAD, new DateTime(TIME)).flags()).isZero();
  }

  @Test
  void notFiniteNumbersPassAsTheyAre() {
    assertThat(decode(Double.NaN, StatusCode.GOOD, new DateTime(TIME)).value()).isNaN();
    assertThat(decode(Float.NEGATIVE_INFINITY, StatusCode.GOOD, new DateTime(TIME)).value())
        .isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void textSignalsTakeTextsOnly() {
    decoder.onData(
        List.of(text, text, text, text),
        List.of(
            data("N10", StatusCode.GOOD, new DateTime(TIME)),
            data(LocalizedText.english("Automatic"), StatusCode.GOOD, new DateTime(TIME)),
            data(5, StatusCode.GOOD, new DateTime(TIME)),
            data(null, StatusCode.BAD, null)));

    assertThat(tape.texts())
        .extracting(JournalTape.Text::value)
        .containsExactly("N10", "Automatic", "", "");
    assertThat(tape.texts())
        .extracting(JournalTape.Text::flags)
        .containsExactly(
            Sample.TEXT,
            Sample.TEXT,
            Sample.TEXT | Sample.INVALID,
            Sample.TEXT | Sample.NO_SOURCE_TIME);
  }

  @Test
  void callbackLargerThanABatchIsJournaledWhole() {
    List<OpcUaMonitoredItem> items = new ArrayList<>();
    List<DataValue> values = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      items.add(number);
      values.add(data((double) i, StatusCode.GOOD, new DateTime(TIME)));
    }

    decoder.onData(items, values);

    assertThat(tape.samples()).hasSize(10_000);
    assertThat(tape.samples().get(9_999).value()).isEqualTo(9_999);
    assertThat(decoder.journaled()).isEqualTo(10_000);
    assertThat(decoder.rejected()).isZero();
  }

  @Test
  void whatTheJournalDidNotTakeIsCounted() {
    decode(1.0, StatusCode.GOOD, null);
    journal.close();

    DataValue value = data(1.0, StatusCode.GOOD, null);
    assertThatThrownBy(() -> decoder.onData(List.of(number, number), List.of(value, value)))
        .isInstanceOf(RuntimeException.class);

    assertThat(decoder.journaled()).isEqualTo(1);
    assertThat(decoder.rejected()).isEqualTo(2);
  }

  @Test
  void nodeThatTheServerNoLongerHasIsMarked() {
    decode(null, new StatusCode(0x8034_0000L), null);

    assertThat(number.gone).isTrue();
  }

  /** Stops 1 to 3 of a sample's way: what Milo allocates for its DataValues is not counted here. */
  @Test
  void decodingAndJournalingAllocatesNothingPerValue() {
    List<OpcUaMonitoredItem> items = new ArrayList<>();
    List<DataValue> values = new ArrayList<>();
    Object[] kinds = {1.5, 2.5f, 7, uint(9), ulong(11), true, new DateTime(TIME), (short) 3};
    for (int i = 0; i < 1_000; i++) {
      items.add(number);
      values.add(data(kinds[i % kinds.length], StatusCode.GOOD, new DateTime(TIME)));
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long[] rounds = new long[31];
    for (int round = 0; round < rounds.length; round++) {
      long before = threads.getThreadAllocatedBytes(thread);
      for (int i = 0; i < 100; i++) {
        decoder.onData(items, values);
      }
      rounds[round] = threads.getThreadAllocatedBytes(thread) - before;
    }

    // The first rounds warm up, and the queue allocates a little when it maps its next block: less
    // than the smallest object per callback. An object per value would be 1.6 MB a round.
    Arrays.sort(rounds);
    String all = "bytes per 100 callbacks of 1,000 values: " + Arrays.toString(rounds);
    assertThat(rounds[0]).as(all).isZero();
    assertThat(rounds[rounds.length / 2]).as(all).isLessThan(100 * 16);
  }

  private Reading decode(@Nullable Object value, StatusCode status, @Nullable DateTime time) {
    decoder.onData(List.of(number), List.of(data(value, status, time)));
    List<Reading> samples = tape.samples();
    return samples.get(samples.size() - 1);
  }

  private static DataValue data(
      @Nullable Object value, StatusCode status, @Nullable DateTime time) {
    return new DataValue(new Variant(value), status, time);
  }

  private static SignalItem item(int signal, boolean text) {
    return new SignalItem(
        new SignalAddress(signal, "signal-" + signal, "i=1", Duration.ofSeconds(1), text),
        new NodeId(1, 1));
  }
}
