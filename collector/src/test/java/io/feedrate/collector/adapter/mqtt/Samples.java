package io.feedrate.collector.adapter.mqtt;

import io.feedrate.collector.config.SignalAddress;
import java.time.Duration;
import java.util.List;

/** Signals and decoders that the tests share. */
final class Samples {
  static final int TEMPERATURE = 3;
  static final int LAMP = 4;
  static final int RECIPE = 5;

  static final List<SignalAddress> SIGNALS =
      List.of(
          signal(TEMPERATURE, "camera-temperature", false),
          signal(LAMP, "lamp-on", false),
          signal(RECIPE, "recipe", true));

  private Samples() {}

  private static SignalAddress signal(int id, String key, boolean text) {
    return new SignalAddress(id, "p/line/vision-01/" + key, key, Duration.ofSeconds(1), text);
  }

  static MessageDecoder decoder(Route.Kind kind) {
    return kind.decoder(new SignalTable(SIGNALS), new Json());
  }
}
