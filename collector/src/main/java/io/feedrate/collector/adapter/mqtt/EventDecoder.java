package io.feedrate.collector.adapter.mqtt;

import io.feedrate.collector.journal.EventRecord;
import io.feedrate.collector.journal.RejectCause;
import io.feedrate.kpi.EventKind;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Decodes {@code <topic>/event}; see config/contract/event.schema.json. */
final class EventDecoder implements MessageDecoder {
  private static final int EVENT = 0;
  private static final int ID = 1;
  private static final int TIME = 2;
  private static final int NODE = 3;
  private static final int OPERATOR = 4;
  private static final int AMOUNT = 5;
  private static final int OF = 6;
  private static final int DETAIL = 7;

  /** Advice has a topic of its own. */
  private static final Set<EventKind> ELSEWHERE =
      EnumSet.range(EventKind.ADVICE_SHOWN, EventKind.ADVICE_EXPIRED);

  /** What speaks of something that was told before, and says nothing if it does not say of what. */
  private static final Set<EventKind> OF_SOMETHING =
      EnumSet.of(
          EventKind.ALARM_CLEARED,
          EventKind.ALARM_ACKNOWLEDGED,
          EventKind.PART_GOOD,
          EventKind.PART_BAD,
          EventKind.RESPONSE,
          EventKind.CORRECTION_RELEASED);

  private static final Map<String, EventKind> WORDS = new HashMap<>();

  static {
    for (EventKind kind : EnumSet.complementOf(EnumSet.copyOf(ELSEWHERE))) {
      WORDS.put(word(kind), kind);
    }
  }

  private final FlatMessage message;

  EventDecoder(Json json) {
    message =
        new FlatMessage(json, "event", "id", "time", "node", "operator", "amount", "of", "detail");
  }

  /** The kind as messages have it, such as {@code alarm-raised}. */
  static String word(EventKind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public void decode(byte[] payload, MessageSink sink) {
    if (!message.open(payload, sink)) {
      return;
    }
    EventKind kind = kind();
    String id = OF_SOMETHING.contains(kind) ? message.required(ID) : message.textOrNumber(ID);
    EventRecord event =
        new EventRecord(
            message.text(NODE),
            kind,
            message.timeNs(TIME),
            message.count(AMOUNT),
            message.count(OF),
            id,
            message.text(OPERATOR),
            message.text(DETAIL));
    checkAmounts(event);
    if (message.isRight(sink)) {
      sink.onEvent(event);
    }
  }

  private EventKind kind() {
    String word = message.required(EVENT);
    EventKind kind = WORDS.get(word);
    if (kind == null) {
      message.wrong(RejectCause.WRONG_TYPE, "event is no known word: " + word);
      return EventKind.ACTION;
    }
    return kind;
  }

  private void checkAmounts(EventRecord event) {
    if (event.kind() == EventKind.INTERFACE_CHECKED
        && !(message.fields().has(AMOUNT) && message.fields().has(OF))) {
      message.wrong(RejectCause.MISSING_FIELD, "interface-checked needs amount and of");
    }
    if (message.fields().has(OF) && event.amount() > event.of()) {
      message.wrong(RejectCause.WRONG_TYPE, "amount is over of");
    }
  }
}
