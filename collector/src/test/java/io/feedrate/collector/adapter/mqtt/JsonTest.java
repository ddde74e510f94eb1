package io.feedrate.collector.adapter.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Our reading of JSON against Jackson's. */
final class JsonTest {
  private static final int ROUNDS = 50_000;
  private static final String BITS = "{}[]\",:\\ \n0123456789-+.eEtruefalsn\u00e9\u0001u";
  private static final String START =
      "{\"a\":[1,-2.5e3,true,false,null,\"x\\n\\u00e9\u00e9\",{\"b\":{}}],\"c\":[]}";

  private final Json json = new Json();

  @Test
  void whatJacksonAcceptsIsAcceptedAndNothingElseButBareWords() throws IOException {
    long seed = Long.getLong("feedrate.seed", System.nanoTime());
    System.out.println("JsonTest: -Dfeedrate.seed=" + seed);
    SplittableRandom random = new SplittableRandom(seed);
    JsonFactory factory = new JsonFactory();
    int accepted = 0;
    for (int round = 0; round < ROUNDS; round++) {
      StringBuilder text = new StringBuilder(START);
      for (int i = random.nextInt(4); i > 0; i--) {
        int at = random.nextInt(text.length());
        if (random.nextBoolean()) {
          text.deleteCharAt(at);
        } else {
          text.insert(at, BITS.charAt(random.nextInt(BITS.length())));
        }
      }
      byte[] payload = text.toString().getBytes(StandardCharsets.UTF_8);
      json.wrap(payload);
      boolean ours = json.check();
      boolean theirs = jacksonAccepts(factory, payload);
      accepted += ours ? 1 : 0;
      if (!ours || !hasBareWord(payload)) {
        assertThat(ours).as("seed %d: %s", seed, text).isEqualTo(theirs);
      }
      if (ours) {
        int start = json.space(0);
        assertThat(json.space(json.afterValue(start))).isEqualTo(payload.length);
      }
    }
    assertThat(accepted).isBetween(ROUNDS / 10, ROUNDS);
  }

  private static boolean jacksonAccepts(JsonFactory factory, byte[] payload) throws IOException {
    try (JsonParser parser = factory.createParser(payload)) {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload));
      int depth = 0;
      int values = 0;
      while (parser.nextToken() != null) {
        parser.getText();
        values += depth == 0 ? 1 : 0;
        depth += parser.currentToken().isStructStart() ? 1 : 0;
        depth -= parser.currentToken().isStructEnd() ? 1 : 0;
      }
      return values == 1;
    } catch (JacksonException | CharacterCodingException e) {
      return false;
    }
  }

  private boolean hasBareWord(byte[] payload) {
    int p = 0;
    while (p < payload.length) {
      int word = JsonCheck.afterWord(payload, p);
      if (word > p) {
        if (json.kind(p, word) == Json.Kind.BAD) {
          return true;
        }
        p = word;
      } else {
        p = payload[p] == '"' ? json.afterString(p) : p + 1;
      }
    }
    return false;
  }

  @Test
  void numbersAreAsExactAsTheJdks() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 100_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        byte[] bytes = Double.toString(value).getBytes(StandardCharsets.US_ASCII);
        json.wrap(bytes);
        assertThat(json.number(0, bytes.length)).as("seed %d", seed).isEqualTo(value);
      }
    }
  }

  @Test
  void aNumberOfManyDigitsIsReadToo() {
    byte[] bytes = ("0." + "3".repeat(1000)).getBytes(StandardCharsets.US_ASCII);
    json.wrap(bytes);
    assertThat(json.number(0, bytes.length)).isEqualTo(1.0 / 3);
  }
}
