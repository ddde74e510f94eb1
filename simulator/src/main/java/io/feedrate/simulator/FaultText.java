package io.feedrate.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Faults as a user writes them on the command line. */
final class FaultText {
  private FaultText() {}

  /**
   * Reads {@code KIND:ASSET[:ARGUMENT...]}.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  static Fault parse(String text) {
    List<String> words = List.of(text.split(":", -1));
    if (words.size() < 2) {
      throw new IllegalArgumentException("a fault is KIND:ASSET[:ARGUMENT...], not " + text);
    }
    String asset = words.get(1);
    return switch (words.get(0)) {
      case "cut" -> new Fault.CutCable(asset, false);
      case "silent-cut" -> new Fault.CutCable(asset, true);
      case "freeze" -> new Fault.FreezeSensor(asset, word(words, 2));
      case "hang" -> new Fault.FreezeServer(asset);
      case "bad" -> new Fault.BadQuality(asset, word(words, 2), Long.decode(word(words, 3)));
      case "duplicate" -> new Fault.Duplicate(asset);
      case "delay" -> new Fault.Delay(asset, seconds(word(words, 2)));
      case "clock" -> new Fault.StepClock(asset, seconds(word(words, 2)));
      case "stall" -> new Fault.StallDownload(asset);
      case "lose" -> new Fault.LoseMessages(asset, Integer.parseInt(word(words, 2)));
      case "wrong" -> new Fault.WrongValues(asset, word(words, 2), nonsense(word(words, 3)));
      default -> throw new IllegalArgumentException("no fault is called " + words.get(0));
    };
  }

  private static String word(List<String> words, int index) {
    if (index >= words.size()) {
      throw new IllegalArgumentException(
          "the fault " + String.join(":", words) + " needs argument " + (index - 1));
    }
    return words.get(index);
  }

  private static Duration seconds(String text) {
    return Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000));
  }

  private static Fault.Nonsense nonsense(String text) {
    return Fault.Nonsense.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
