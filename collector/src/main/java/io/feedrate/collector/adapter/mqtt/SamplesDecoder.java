package io.feedrate.collector.adapter.mqtt;

import io.feedrate.collector.adapter.mqtt.Json.Kind;
import io.feedrate.collector.config.SignalAddress;
import io.feedrate.collector.journal.RejectCause;
import io.feedrate.kpi.Sample;
import java.nio.charset.StandardCharsets;

/**
 * Decodes {@code <topic>/samples}. One bad sample does not spoil the others: where its signal is
 * known it is passed on as invalid, so that the slot shows it, else it is rejected.
 *
 * <p><b>Source</b>: config/contract/samples.schema.json. <b>Thread</b>: its owner's.
 * <b>Allocation</b>: 0 per sample with a number; a text is one String, a reject allocates.
 */
final class SamplesDecoder implements MessageDecoder {

  /** Status of a sample whose value is null: Bad_NoValue. */
  static final int BAD_NO_VALUE = 0x80F00000;

  private static final int SEQ = 0;
  private static final int SAMPLES = 1;

  private static final int SIGNAL = 0;
  private static final int TIME = 1;
  private static final int VALUE = 2;
  private static final int QUALITY = 3;

  private static final byte[] GOOD = {'g', 'o', 'o', 'd'};
  private static final byte[] UNCERTAIN = {'u', 'n', 'c', 'e', 'r', 't', 'a', 'i', 'n'};
  private static final byte[] BAD = {'b', 'a', 'd'};
  private static final long NO_STATUS = -1;

  private final SignalTable signals;
  private final Json json;
  private final Fields message;
  private final Fields sample;

  SamplesDecoder(SignalTable signals, Json json) {
    this.signals = signals;
    this.json = json;
    message = new Fields(json, "seq", "samples");
    sample = new Fields(json, "signal", "time", "value", "quality");
  }

  @Override
  public void decode(byte[] payload, MessageSink sink) {
    if (!FlatMessage.open(json, message, payload, sink)) {
      return;
    }
    if (message.kind(SAMPLES) != Kind.ARRAY) {
      boolean absent = message.kind(SAMPLES) == Kind.ABSENT;
      sink.onReject(
          absent ? RejectCause.MISSING_FIELD : RejectCause.WRONG_TYPE,
          absent ? "samples is missing" : "samples is no array",
          0,
          payload.length);
      return;
    }
    long sequence = Sequence.of(message, SEQ);
    sink.onSamples(sequence);
    if (sequence == MessageSink.NOT_TOLD && message.has(SEQ)) {
      sink.onReject(RejectCause.WRONG_TYPE, Sequence.WRONG, message.from(SEQ), message.to(SEQ));
    }
    elements(sink);
  }

  private void elements(MessageSink sink) {
    byte[] bytes = json.bytes();
    int p = json.space(message.from(SAMPLES) + 1);
    while (bytes[p] != ']') {
      int end;
      if (bytes[p] == '{') {
        end = sample.read(p);
        element(p, end, sink);
      } else {
        end = json.afterValue(p);
        sink.onReject(RejectCause.MALFORMED, "a sample is no object", p, end);
      }
      p = json.space(end);
      if (bytes[p] == ',') {
        p = json.space(p + 1);
      }
    }
  }

  private void element(int from, int to, MessageSink sink) {
    if (sample.duplicate() == SIGNAL) {
      sink.onReject(RejectCause.MALFORMED, "signal is there more than once", from, to);
      return;
    }
    if (sample.kind(SIGNAL) != Kind.TEXT) {
      boolean absent = !sample.has(SIGNAL);
      sink.onReject(
          absent ? RejectCause.MISSING_FIELD : RejectCause.WRONG_TYPE,
          absent ? "signal is missing" : "signal is no text",
          from,
          to);
      return;
    }
    int index = find(sample.from(SIGNAL) + 1, sample.to(SIGNAL) - 1);
    if (index < 0) {
      String name = sample.text(SIGNAL);
      sink.onReject(RejectCause.UNKNOWN_SIGNAL, "no signal has the key " + name, from, to);
      return;
    }
    known(signals.signal(index), sink);
  }

  private int find(int from, int to) {
    byte[] bytes = json.bytes();
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\\') { // rare: the key is written with escapes
        byte[] key = sample.text(SIGNAL).getBytes(StandardCharsets.UTF_8);
        return signals.find(key, 0, key.length);
      }
    }
    return signals.find(bytes, from, to);
  }

  private void known(SignalAddress signal, MessageSink sink) {
    long timeNs = sample.timeNs(TIME);
    long status = status();
    double value = number();
    String wrong = wrong(signal, timeNs, status, value);
    int flags = 0;
    if (timeNs == Sample.NO_TIME || timeNs == Times.UNREADABLE) {
      timeNs = Sample.NO_TIME;
      flags = Sample.NO_SOURCE_TIME;
    }
    if (!wrong.isEmpty()) {
      sink.onInvalid(signal.path(), wrong);
      int code = status == NO_STATUS ? 0 : (int) status;
      flags |= Sample.INVALID;
      sink.onSample(signal.signal(), timeNs, code, Double.NaN, flags);
    } else if (sample.kind(VALUE) == Kind.NULL) {
      int code = status < 0x80000000L ? BAD_NO_VALUE : (int) status;
      sink.onSample(signal.signal(), timeNs, code, Double.NaN, flags);
    } else if (signal.text()) {
      flags |= Sample.TEXT;
      sink.onText(signal.signal(), timeNs, (int) status, sample.text(VALUE), flags);
    } else {
      sink.onSample(signal.signal(), timeNs, (int) status, value, flags);
    }
  }

  /** What is wrong with the sample, "" if nothing. */
  private String wrong(SignalAddress signal, long timeNs, long status, double value) {
    if (sample.duplicate() >= 0) {
      return "a field is there more than once";
    }
    if (timeNs == Times.UNREADABLE) {
      return "time cannot be read";
    }
    if (status == NO_STATUS) {
      return "quality is not good, uncertain, bad or a status code";
    }
    return switch (sample.kind(VALUE)) {
      case ABSENT -> "value is missing";
      case NULL -> "";
      case TEXT -> signal.text() ? "" : "value is a text";
      case TRUE, FALSE -> signal.text() ? "value is no text" : "";
      case NUMBER ->
          signal.text()
              ? "value is no text"
              : Double.isInfinite(value) ? "value is too large for a double" : "";
      default -> "value is no number, boolean, text or null";
    };
  }

  private double number() {
    return switch (sample.kind(VALUE)) {
      case TRUE -> 1;
      case FALSE -> 0;
      default -> sample.number(VALUE);
    };
  }

  /** The status code as an unsigned number, or {@link #NO_STATUS}. */
  private long status() {
    int from = sample.from(QUALITY) + 1;
    int to = sample.to(QUALITY) - 1;
    switch (sample.kind(QUALITY)) {
      case ABSENT, NULL -> {
        return 0;
      }
      case NUMBER -> {
        long code = sample.integer(QUALITY);
        return code >= 0 && code <= 0xFFFFFFFFL ? code : NO_STATUS;
      }
      case TEXT -> {
        if (json.same(from, to, GOOD)) {
          return 0;
        }
        if (json.same(from, to, UNCERTAIN)) {
          return 0x40000000L;
        }
        return json.same(from, to, BAD) ? 0x80000000L : NO_STATUS;
      }
      default -> {
        return NO_STATUS;
      }
    }
  }
}
