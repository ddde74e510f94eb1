package io.feedrate.kpi.scenario;

import java.util.List;

/**
 * A scenario as it is written.
 *
 * @param title the rule, as a sentence
 * @param given the plant
 * @param acts what happens, in the order in which the collector learns it
 * @param expectations what must come of it
 */
record Scenario(String title, Given given, List<Act> acts, List<Expectation> expectations) {
  private static final List<String> KEYS = List.of("title", "why", "given", "when", "then");
  private static final int LEAST_WORDS = 4;

  /** Reads a file's text. */
  static Scenario read(String file, String yaml) {
    Block root = Block.parse(file, yaml);
    root.entries(KEYS);
    Text title = root.required("title").text();
    sentence(title, "title");
    sentence(root.required("why").text(), "why");
    Given given = Given.read(root.required("given"));
    List<Act> acts = Happenings.read(root.required("when").items(), given);
    Block then = root.required("then");
    List<Expectation> expectations =
        then.entries().stream().map(e -> Expectations.read(e.key(), e.value(), given)).toList();
    if (expectations.isEmpty()) {
      throw then.place().fault("nothing is expected: a scenario that cannot fail shows nothing");
    }
    return new Scenario(title.words(), given, acts, expectations);
  }

  /** The same plant on a day on which nothing happens. */
  Scenario withoutActs() {
    return new Scenario(title, given, List.of(), expectations);
  }

  private static void sentence(Text text, String what) {
    if (text.words().split(" ").length < LEAST_WORDS) {
      throw text.fault("the " + what + " is not a sentence");
    }
  }
}
