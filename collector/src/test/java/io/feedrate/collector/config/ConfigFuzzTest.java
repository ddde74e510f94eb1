package io.feedrate.collector.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Breaks configurations at random: whatever comes out, it is a configuration or its errors. */
class ConfigFuzzTest extends ConfigErrors {

  private static final int ROUNDS = 1_500;
  private static final String[] PARTS = {
    "\n",
    " ",
    "  ",
    ":",
    ": ",
    "- ",
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    "&a ",
    "*a",
    "!!int ",
    "<<: ",
    "null",
    "~",
    "true",
    "-1",
    "1e999",
    "0.1",
    "99999999999999999999999",
    "PT",
    "${",
    "${ENV:X}",
    "\t",
    "#",
    "|\n",
    ">-\n",
    "? ",
    "%",
    "@",
    "\u0000",
    "\uFFFE",
    "ä",
    "\uD83D",
    "ns=;",
    "opc.tcp://",
    "\\",
    "\"\\n\\u0007\"",
    "---\n",
    "...\n",
    "/",
    "//",
    "+",
    "9223372036854775807d",
    "(",
    ".inf"
  };

  @Test
  void aBrokenConfigurationGivesErrorsAndNothingElse() throws Exception {
    String example = Files.readString(Path.of("../config/gateway-example.yaml"));
    int right = 0;
    for (int seed = 0; seed < ROUNDS; seed++) {
      String text = mutate(seed % 2 == 0 ? base() : example, new SplittableRandom(seed));
      try {
        load(text);
        right++;
      } catch (ConfigException e) {
        assertThat(e.errors()).as("seed %d", seed).isNotEmpty();
        assertThat(e.getMessage().lines().count())
            .as("each error is one line, seed %d", seed)
            .isEqualTo(e.errors().size());
      } catch (Exception | Error e) {
        fail("seed " + seed + " gives " + e + "\n" + text, e);
      }
    }
    assertThat(right).as("some survive, so the mutations are not too wild").isPositive();
  }

  private static String mutate(String text, SplittableRandom random) {
    StringBuilder out = new StringBuilder(text);
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(out.length());
      int end = Math.min(out.length(), at + random.nextInt(1, 12));
      switch (random.nextInt(6)) {
        case 0 -> out.delete(at, end);
        case 1 -> out.insert(at, PARTS[random.nextInt(PARTS.length)]);
        case 2 -> out.replace(at, end, PARTS[random.nextInt(PARTS.length)]);
        case 3 -> out.insert(random.nextInt(out.length()), out.substring(at, end));
        case 4 -> value(out, at, PARTS[random.nextInt(PARTS.length)]);
        default -> line(out, at, random);
      }
    }
    return out.toString();
  }

  /** Replaces what follows the next colon on its line. */
  private static void value(StringBuilder out, int at, String by) {
    int colon = out.indexOf(": ", at);
    int end = out.indexOf("\n", Math.max(colon, 0));
    if (colon >= 0 && end > colon) {
      out.replace(colon + 2, end, by);
    }
  }

  /** Deletes a line or moves it elsewhere. */
  private static void line(StringBuilder out, int at, SplittableRandom random) {
    int start = out.lastIndexOf("\n", at) + 1;
    int end = out.indexOf("\n", at) + 1;
    if (end > start) {
      String line = out.substring(start, end);
      out.delete(start, end);
      if (random.nextBoolean() && out.length() > 0) {
        out.insert(out.lastIndexOf("\n", random.nextInt(out.length())) + 1, line);
      }
    }
  }
}
