package io.feedrate.collector.adapter.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Mutated messages: whatever comes, decoders do not throw, and say one thing about each part. */
final class DecoderFuzzTest {
  private static final int ROUNDS = 100_000;

  private static final String[] SEEDS = {
    """
    {"seq": 17, "samples": [{"signal":"camera-temperature","time":"2026-11-22T10:00:00.123Z",\
    "value":41.2,"quality":"good"},{"signal":"lamp-on","time":1795341600123,"value":true},\
    {"signal":"recipe","value":"a\\u00e9\\n\\ud83d\\ude00 ü"},{"signal":"nobody","value":null}]}""",
    """
    {"online": true, "time": "2026-11-22T10:00:00.200Z", "seq": 17, "heartbeatMs": 1000}""",
    """
    {"inferenceId":"a","model":"m","version":"7","inputTime":1795341600100,"time":1795341600114,\
    "latencyMs":12.5,"ok":true,"score":0.98,"mode":"production","node":"vision-01"}""",
    """
    {"model":"m","version":7,"stage":"APPROVED","time":"2026-11-22T09:30:00+01:00","x":[{}]}""",
    """
    {"adviceId":"adv","event":"OVERRIDDEN","operator":"op-17","reason":"\\"quoted\\""}""",
    """
    {"event":"interface-checked","id":"A17","amount":11,"of":12,"node":"vision-01","detail":"x"}"""
  };

  private static final String[] BITS = {
    "\"",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\\",
    "\\u",
    "\\ud800",
    "null",
    "NaN",
    "-",
    "1e999",
    "0",
    ".",
    "seq",
    "samples",
    "signal",
    "value",
    "time",
    "quality",
    "\u0000",
    "\u00e9",
    "[[[[[[[[",
    "9".repeat(400)
  };

  @Test
  void mutatedMessagesNeverThrowAndAreJournaledOrRejected() {
    long seed = Long.getLong("feedrate.seed", System.nanoTime());
    System.out.println("DecoderFuzzTest: -Dfeedrate.seed=" + seed);
    SplittableRandom random = new SplittableRandom(seed);
    Route.Kind[] kinds = Route.Kind.values();
    MessageDecoder[] decoders = new MessageDecoder[SEEDS.length];
    for (int i = 0; i < decoders.length; i++) {
      decoders[i] = Samples.decoder(kinds[i]);
    }
    for (int round = 0; round < ROUNDS; round++) {
      byte[] payload = SEEDS[random.nextInt(SEEDS.length)].getBytes(StandardCharsets.UTF_8);
      int mutations = random.nextInt(6);
      for (int i = 0; i < mutations; i++) {
        payload = mutate(payload, random);
      }
      byte[] shown = payload;
      int kind = random.nextInt(decoders.length);
      RecordedSink sink = new RecordedSink();
      decoders[kind].decode(payload, sink);
      boolean said = sink.understood + sink.rejected > 0 || sink.calls.contains("samples -1");
      said |= sink.calls.stream().anyMatch(c -> c.startsWith("samples "));
      assertThat(said)
          .as(() -> "seed " + seed + ": " + new String(shown, StandardCharsets.ISO_8859_1))
          .isTrue();
      if (kinds[kind] != Route.Kind.SAMPLES) {
        assertThat(sink.understood + sink.rejected).isEqualTo(1);
      }
    }
  }

  private static byte[] mutate(byte[] payload, SplittableRandom random) {
    int at = random.nextInt(payload.length + 1);
    return switch (random.nextInt(5)) {
      case 0 -> splice(payload, 0, at, new byte[0], payload.length); // cut the end
      case 1 -> { // flip a byte
        byte[] other = payload.clone();
        if (at < other.length) {
          other[at] = (byte) random.nextInt(256);
        }
        yield other;
      }
      case 2 -> {
        String bit = BITS[random.nextInt(BITS.length)];
        yield splice(payload, 0, at, bit.getBytes(StandardCharsets.UTF_8), at);
      }
      case 3 ->
          splice(payload, 0, at, new byte[0], Math.min(payload.length, at + random.nextInt(20)));
      default -> { // repeat a part
        int to = Math.min(payload.length, at + random.nextInt(40));
        byte[] part = java.util.Arrays.copyOfRange(payload, at, to);
        yield splice(payload, 0, to, part, to);
      }
    };
  }

  private static byte[] splice(byte[] p, int from, int to, byte[] middle, int next) {
    byte[] result = new byte[to - from + middle.length + p.length - next];
    System.arraycopy(p, from, result, 0, to - from);
    System.arraycopy(middle, 0, result, to - from, middle.length);
    System.arraycopy(p, next, result, to - from + middle.length, p.length - next);
    return result;
  }
}
