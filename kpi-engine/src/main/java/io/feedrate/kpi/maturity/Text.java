package io.feedrate.kpi.maturity;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A text that people read, in one or more languages; English is always there.
 *
 * @param byLanguage by language tag such as en, zh, de
 */
public record Text(SortedMap<String, String> byLanguage) {

  public Text {
    byLanguage = Collections.unmodifiableSortedMap(new TreeMap<>(byLanguage));
    if (!byLanguage.containsKey("en")) {
      throw new IllegalArgumentException("a text needs its English form (en)");
    }
  }

  /** A text in English only. */
  public static Text of(String english) {
    return new Text(new TreeMap<>(Map.of("en", english)));
  }

  /** The text in this language, or in English where it is not translated. */
  public String in(String language) {
    String text = byLanguage.get(language);
    return text == null ? english() : text;
  }

  /** The English text. */
  public String english() {
    return byLanguage.getOrDefault("en", "");
  }
}
