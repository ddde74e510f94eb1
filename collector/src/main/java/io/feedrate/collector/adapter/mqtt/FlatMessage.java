package io.feedrate.collector.adapter.mqtt;

import io.feedrate.collector.adapter.mqtt.Json.Kind;
import io.feedrate.collector.journal.RejectCause;
import java.util.Locale;

/**
 * A message that is one flat object: what the decoders of status, inference, model, advice and
 * event have in common. A field that is wrong makes the whole message rejected, with the first
 * thing that was wrong as its detail.
 */
final class FlatMessage {
  private final Json json;
  private final Fields fields;
  private RejectCause cause = RejectCause.MALFORMED;
  private String wrong = "";

  FlatMessage(Json json, String... names) {
    this.json = json;
    this.fields = new Fields(json, names);
  }

  /** Reads the payload's outermost object; rejects it and returns false if it is none. */
  static boolean open(Json json, Fields fields, byte[] payload, MessageSink sink) {
    json.wrap(payload);
    String wrong = "";
    int start = 0;
    if (!json.check()) {
      wrong = "no JSON in UTF-8, or nested over " + Json.MAX_DEPTH + " deep";
    } else {
      start = json.space(0);
      if (payload[start] != '{') {
        wrong = "no JSON object";
      } else {
        fields.read(start);
        if (fields.duplicate() >= 0) {
          wrong = fields.name(fields.duplicate()) + " is there more than once";
        }
      }
    }
    if (!wrong.isEmpty()) {
      sink.onReject(RejectCause.MALFORMED, wrong, 0, payload.length);
    }
    return wrong.isEmpty();
  }

  boolean open(byte[] payload, MessageSink sink) {
    wrong = "";
    return open(json, fields, payload, sink);
  }

  /** Whether all that was asked for was right; rejects the message if not. */
  boolean isRight(MessageSink sink) {
    if (!wrong.isEmpty()) {
      sink.onReject(cause, wrong, 0, json.bytes().length);
    }
    return wrong.isEmpty();
  }

  Fields fields() {
    return fields;
  }

  /** Notes what is wrong, if it is the first thing. */
  void wrong(RejectCause why, String detail) {
    if (wrong.isEmpty()) {
      cause = why;
      wrong = detail;
    }
  }

  /** A text, or "" where it is not there. */
  String text(int field) {
    if (fields.has(field) && fields.kind(field) != Kind.TEXT) {
      wrong(RejectCause.WRONG_TYPE, fields.name(field) + " is no text");
    }
    return fields.text(field);
  }

  /** A text or a number as it was written: version 7 is as good as version "7". */
  String textOrNumber(int field) {
    if (fields.kind(field) == Kind.NUMBER) {
      return json.text(fields.from(field), fields.to(field));
    }
    return text(field);
  }

  /** A text that must be there. */
  String required(int field) {
    String text = textOrNumber(field);
    if (text.isEmpty()) {
      wrong(RejectCause.MISSING_FIELD, fields.name(field) + " is missing");
    }
    return text;
  }

  /** Epoch ns, or {@link io.feedrate.kpi.Sample#NO_TIME}. */
  long timeNs(int field) {
    long timeNs = fields.timeNs(field);
    if (timeNs == Times.UNREADABLE) {
      wrong(RejectCause.BAD_TIME, fields.name(field) + " cannot be read as a time");
    }
    return timeNs;
  }

  /** A number of 0 or more, or NaN where it is not there. */
  double number(int field) {
    double number = fields.number(field);
    if (fields.has(field) && !(number >= 0 && number <= Double.MAX_VALUE)) {
      wrong(RejectCause.WRONG_TYPE, fields.name(field) + " is no number of 0 or more");
    }
    return number;
  }

  /** A whole number of 0 or more, or 0 where it is not there. */
  long count(int field) {
    if (!fields.has(field)) {
      return 0;
    }
    long count = fields.integer(field);
    if (count < 0) { // what is none is below 0 as well
      wrong(RejectCause.WRONG_TYPE, fields.name(field) + " is no whole number of 0 or more");
    }
    return count;
  }

  /** A boolean, or what holds where it is not there. */
  boolean flag(int field, boolean otherwise) {
    Kind kind = fields.kind(field);
    if (kind == Kind.TRUE || kind == Kind.FALSE) {
      return kind == Kind.TRUE;
    }
    if (fields.has(field)) {
      wrong(RejectCause.WRONG_TYPE, fields.name(field) + " is neither true nor false");
    }
    return otherwise;
  }

  /** One of a closed list of words; the first one where it is not there or wrong. */
  <E extends Enum<E>> E word(int field, E[] words, boolean upperCase) {
    String text = text(field);
    for (E word : words) {
      String name = upperCase ? word.name() : word.name().toLowerCase(Locale.ROOT);
      if (name.equals(text)) {
        return word;
      }
    }
    if (fields.has(field)) {
      wrong(RejectCause.WRONG_TYPE, fields.name(field) + " is no known word: " + text);
    }
    return words[0];
  }
}
