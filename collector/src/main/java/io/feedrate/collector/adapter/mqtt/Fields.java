package io.feedrate.collector.adapter.mqtt;

import io.feedrate.kpi.Sample;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The fields of one JSON object that a decoder asks for, by index; all others are passed over. Used
 * again for object after object.
 *
 * <p><b>Thread</b>: its owner's. <b>Allocation</b>: 0, but for {@link #text}.
 */
final class Fields {

  private final byte[][] names;
  private final int[] from;
  private final int[] to;
  private final Json.Kind[] kinds;
  private final Json json;
  private int duplicate;

  Fields(Json json, String... names) {
    this.json = json;
    this.names = new byte[names.length][];
    for (int i = 0; i < names.length; i++) {
      this.names[i] = names[i].getBytes(StandardCharsets.UTF_8);
    }
    from = new int[names.length];
    to = new int[names.length];
    kinds = new Json.Kind[names.length];
  }

  /** Reads the object that starts at {@code at}; returns the position after it. */
  int read(int at) {
    byte[] bytes = json.bytes();
    Arrays.fill(kinds, Json.Kind.ABSENT);
    duplicate = -1;
    int p = json.space(at + 1);
    while (bytes[p] != '}') {
      int afterKey = json.afterString(p);
      int field = index(p + 1, afterKey - 1);
      int value = json.space(json.space(afterKey) + 1);
      int end = json.afterValue(value);
      if (field >= 0) {
        take(field, value, end);
      }
      p = json.space(end);
      if (bytes[p] == ',') {
        p = json.space(p + 1);
      }
    }
    return p + 1;
  }

  private void take(int field, int value, int end) {
    if (kinds[field] != Json.Kind.ABSENT) {
      duplicate = field;
    }
    from[field] = value;
    to[field] = end;
    kinds[field] = json.kind(value, end);
  }

  private int index(int nameFrom, int nameTo) {
    for (int i = 0; i < names.length; i++) {
      if (json.same(nameFrom, nameTo, names[i])) {
        return i;
      }
    }
    return -1;
  }

  /** A field that was there more than once, or -1: which of its values is meant is not known. */
  int duplicate() {
    return duplicate;
  }

  String name(int field) {
    return new String(names[field], StandardCharsets.UTF_8);
  }

  Json.Kind kind(int field) {
    return kinds[field];
  }

  /** Whether the field is there and not null. */
  boolean has(int field) {
    return kinds[field] != Json.Kind.ABSENT && kinds[field] != Json.Kind.NULL;
  }

  /** Where the value starts. */
  int from(int field) {
    return from[field];
  }

  /** Where the value ends, exclusive. */
  int to(int field) {
    return to[field];
  }

  /** A text without its quotes; "" where it is not there or no text. */
  String text(int field) {
    return kinds[field] == Json.Kind.TEXT ? json.text(from[field] + 1, to[field] - 1) : "";
  }

  /** A number; NaN where it is not there or no number. */
  double number(int field) {
    return kinds[field] == Json.Kind.NUMBER ? json.number(from[field], to[field]) : Double.NaN;
  }

  /** A whole number, or {@link Json#NO_INTEGER}. */
  long integer(int field) {
    return kinds[field] == Json.Kind.NUMBER
        ? json.integer(from[field], to[field])
        : Json.NO_INTEGER;
  }

  /** Epoch ns; {@link Sample#NO_TIME} if not told, {@link Times#UNREADABLE} if nonsense. */
  long timeNs(int field) {
    return switch (kinds[field]) {
      case ABSENT, NULL -> Sample.NO_TIME;
      case TEXT -> Times.ofText(json.bytes(), from[field] + 1, to[field] - 1);
      case NUMBER -> Times.ofMillis(integer(field));
      default -> Times.UNREADABLE;
    };
  }
}
