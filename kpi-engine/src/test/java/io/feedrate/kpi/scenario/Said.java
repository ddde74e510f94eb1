package io.feedrate.kpi.scenario;

import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.engine.Kpis;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sentence of a scenario, understood: what stands in its blanks, and what is added after commas.
 * All words are checked when they are read, so a misspelt name is found even where nothing happens
 * by it.
 */
final class Said {
  private final Text text;
  private final Given given;
  private final Map<String, Text> blanks;

  private Said(Text text, Given given, Map<String, Text> blanks) {
    this.text = text;
    this.given = given;
    this.blanks = blanks;
    blanks.forEach(this::check);
  }

  /**
   * Understands "phrase, addition, addition"; null if it does not begin with the phrase.
   *
   * @param additions what may follow the phrase
   */
  static @Nullable Said of(Text text, Given given, Phrase phrase, List<Phrase> additions) {
    String[] parts = text.words().split(", ", -1);
    Map<String, Text> blanks = phrase.match(text.of(parts[0]));
    if (blanks == null) {
      return null;
    }
    for (int i = 1; i < parts.length; i++) {
      blanks.putAll(addition(text.of(parts[i]), phrase, additions));
    }
    return new Said(text, given, blanks);
  }

  private static Map<String, Text> addition(Text text, Phrase phrase, List<Phrase> additions) {
    for (Phrase addition : additions) {
      Map<String, Text> blanks = addition.match(text);
      if (blanks != null) {
        blanks.put(addition.toString(), text);
        return blanks;
      }
    }
    throw text.fault(
        "'%s' cannot be added to '%s'; what can is %s".formatted(text.words(), phrase, additions));
  }

  private void check(String blank, Text word) {
    switch (blank) {
      case "source" -> word.oneOf(given.sources(), "source");
      case "clock" -> {
        List<String> clocks = new ArrayList<>(given.sources());
        clocks.add(Stage.REGISTRY);
        word.oneOf(clocks, "clock");
      }
      case "signal" -> word.oneOf(given.signals(), "signal");
      case "node" -> word.oneOf(given.nodes(), "node");
      case "subject" -> {
        List<String> subjects = new ArrayList<>(given.assets());
        subjects.addAll(given.signals());
        word.oneOf(subjects, "asset or signal");
      }
      case "kpi" -> word.oneOf(Kpis.ALL.stream().map(k -> k.id()).toList(), "KPI");
      case "stage" -> stage(word);
      case "asset" -> word.oneOf(given.assets(), "asset");
      case "advice", "alarm", "part", "control" -> event(blank);
      case "status" -> StatusCodes.of(word);
      case "number", "value", "of" -> number(word);
      case "duration", "latency", "later", "before" -> Times.durationNs(word);
      default -> {
        if (blank.startsWith("time")) {
          Times.timeNs(word, given.day());
        }
      }
    }
  }

  private static ModelStage stage(Text word) {
    return word.constant(ModelStage.class, "stage");
  }

  private static double number(Text word) {
    if (word.words().matches("\".*\"")) {
      return 0;
    }
    try {
      return Double.parseDouble(word.words());
    } catch (NumberFormatException e) {
      throw word.fault("'%s' is neither a number nor a \"text\"".formatted(word.words()));
    }
  }

  private Text blank(String name) {
    Text its = blanks.get(name);
    if (its == null) {
      throw text.fault("it must say " + name);
    }
    return its;
  }

  Text text() {
    return text;
  }

  /** Whether a blank is filled or an addition was made. */
  boolean has(String name) {
    return blanks.containsKey(name);
  }

  boolean has(Phrase addition) {
    return has(addition.toString());
  }

  String word(String name) {
    return blank(name).words();
  }

  /** The word, or another where none stands. */
  String word(String name, String otherwise) {
    return has(name) ? word(name) : otherwise;
  }

  /** The path of an asset or signal. */
  String path(String name) {
    return RegisterReader.path(word(name));
  }

  long timeNs(String name) {
    return Times.timeNs(blank(name), given.day());
  }

  long durationNs(String name) {
    return Times.durationNs(blank(name));
  }

  /** The duration, or another where none stands. */
  long durationNs(String name, long otherwise) {
    return has(name) ? durationNs(name) : otherwise;
  }

  double number(String name) {
    return number(blank(name));
  }

  /** Whether a value is a text. */
  boolean isText(String name) {
    return word(name).startsWith("\"");
  }

  int status(String name) {
    return has(name) ? StatusCodes.of(blank(name)) : StatusCodes.GOOD;
  }

  ModelStage stage() {
    return stage(blank("stage"));
  }

  /** The event that a blank says, such as ALARM_RAISED of "{alarm}" filled with "raised". */
  EventKind event(String name) {
    Text word = blank(name);
    try {
      return EventKind.valueOf((name + "_" + word.words()).toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      List<String> known = new ArrayList<>();
      for (EventKind kind : EventKind.values()) {
        if (kind.name().startsWith(name.toUpperCase(Locale.ROOT) + "_")) {
          known.add(kind.name().substring(name.length() + 1).toLowerCase(Locale.ROOT));
        }
      }
      throw word.fault(
          "%s cannot be '%s'; it can be %s".formatted(name, word.words(), String.join(", ", known)),
          e);
    }
  }
}
