package io.feedrate.collector.adapter.mqtt;

/** Where messages of one topic go. */
record Route(SourceLink link, Kind kind, MessageDecoder decoder) {

  /** The last part of a topic. */
  enum Kind {
    SAMPLES("samples"),
    STATUS("status"),
    INFERENCE("inference"),
    MODEL("model"),
    ADVICE("advice"),
    EVENT("event"),
    /** Anything else below a source's topic. */
    UNKNOWN("");

    private final String suffix;

    Kind(String suffix) {
      this.suffix = suffix;
    }

    String suffix() {
      return suffix;
    }

    /** Whether a retained message says something: a will, or a stage that was reached once. */
    boolean mayBeRetained() {
      return this == STATUS || this == MODEL;
    }

    /** A decoder of this kind. */
    MessageDecoder decoder(SignalTable signals, Json json) {
      return switch (this) {
        case SAMPLES -> new SamplesDecoder(signals, json);
        case STATUS -> new StatusDecoder(json);
        case INFERENCE -> new InferenceDecoder(json);
        case MODEL -> new ModelDecoder(json);
        case ADVICE -> new AdviceDecoder(json);
        case EVENT -> new EventDecoder(json);
        case UNKNOWN -> (payload, sink) -> {};
      };
    }
  }
}
