package io.feedrate.collector.report;

import io.feedrate.kpi.Kpi;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every fixed text of reports in one language: one file of messages for each. */
final class Words {

  private static final Map<Language, Words> ALL =
      Map.of(
          Language.EN, read(Language.EN),
          Language.ZH, read(Language.ZH),
          Language.DE, read(Language.DE));

  private final Language language;
  private final SortedMap<String, String> messages;

  private Words(Language language, SortedMap<String, String> messages) {
    this.language = language;
    this.messages = messages;
  }

  static Words of(Language language) {
    Words words = ALL.get(language);
    if (words == null) {
      throw new IllegalStateException("no words in " + language);
    }
    return words;
  }

  private static Words read(Language language) {
    String file = "messages_" + language.tag() + ".properties";
    try (@Nullable InputStream in = Words.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is not in the jar: build it anew");
      }
      Properties properties = new Properties();
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      SortedMap<String, String> messages = new TreeMap<>();
      properties.stringPropertyNames().forEach(k -> messages.put(k, properties.getProperty(k)));
      return new Words(language, messages);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  Language language() {
    return language;
  }

  /** All messages by key, for the test that none is missing and none too many. */
  SortedMap<String, String> messages() {
    return messages;
  }

  /** A phrase; {@code {0}}, {@code {1}}, … are replaced by the arguments. */
  String say(Phrase phrase, Object... arguments) {
    String text = message(phrase.key());
    for (int i = 0; i < arguments.length; i++) {
      text = text.replace("{" + i + "}", String.valueOf(arguments[i]));
    }
    return text;
  }

  /** One sentence after the other; Chinese has no blank between them. */
  String sentences(String first, String second) {
    return first + (language == Language.ZH ? "" : " ") + second;
  }

  /** The name of a constant, such as an outcome, among the messages {@code kind.name}. */
  String name(String kind, Enum<?> constant) {
    return message(kind + "." + key(constant));
  }

  /** The name of a base count. */
  String count(String id) {
    return message("count." + id);
  }

  String kpi(Kpi kpi) {
    return of(kpi, "name", kpi.name());
  }

  /** Its name for the head of a narrow column. */
  String shortly(Kpi kpi) {
    return message("short." + kpi.id());
  }

  String formula(Kpi kpi) {
    return of(kpi, "formula", kpi.formula());
  }

  String source(Kpi kpi) {
    return of(kpi, "source", kpi.source());
  }

  /** The catalogue itself is English. */
  private String of(Kpi kpi, String what, String english) {
    return language == Language.EN ? english : message("kpi." + kpi.id() + "." + what);
  }

  static String key(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String message(String key) {
    String text = messages.get(key);
    if (text == null) {
      throw new IllegalStateException("no message " + key + " in " + language);
    }
    return text;
  }
}
