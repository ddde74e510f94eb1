package io.feedrate.collector.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.collector.journal.ExclusionKind;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.Role;
import io.feedrate.kpi.SignalMode;
import io.feedrate.kpi.State;
import io.feedrate.kpi.engine.Kpis;
import io.feedrate.kpi.maturity.Degree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No text is missing in any language, and none is there that nobody needs. */
class WordsTest {
  private static final Path SOURCES = Path.of("src/main/java/io/feedrate/collector/report");
  private static final Pattern PLACE = Pattern.compile("\\{[0-9]}");

  private static final List<String> UNITS =
      List.of("percent", "s", "ms", "us", "min", "h", "d", "per-10-min", "per-d");

  /** Heads of columns of the tables in the specifications. */
  private static final List<String> SHORT =
      List.of(
          "sensor_data_completeness",
          "timely_completeness",
          "update_frequency_conformity",
          "source_availability",
          "clock_conformity",
          "closed_loop_ratio",
          "decision_to_actuation_latency_p95",
          "sensing_to_decision_latency_p95",
          "inference_latency_p95");

  private static Set<String> needed(Language language) {
    Set<String> keys = new TreeSet<>();
    Stream.of(Phrase.values()).map(Phrase::key).forEach(keys::add);
    names(keys, "outcome", Outcome.values());
    names(keys, "outcome-means", Outcome.values());
    names(keys, "state", State.values());
    names(keys, "state-means", State.values());
    names(keys, "degree", Degree.values());
    names(keys, "end", ModelUpdate.End.values());
    names(keys, "mode", SignalMode.values());
    names(keys, "role", Role.values());
    names(keys, "exclusion", ExclusionKind.values());
    UNITS.forEach(unit -> keys.add("unit." + unit));
    SHORT.forEach(kpi -> keys.add("short." + kpi));
    for (Kpi kpi : Kpis.ALL) {
      keys.add("unit-name." + kpi.unit().replace("/", "per-"));
      if (!KpiSections.isOfSlots(kpi)) {
        kpi.counts().forEach(count -> keys.add("count." + count));
      }
      if (language != Language.EN) {
        keys.addAll(
            Set.of(
                "kpi." + kpi.id() + ".name",
                "kpi." + kpi.id() + ".formula",
                "kpi." + kpi.id() + ".source"));
      }
    }
    return keys;
  }

  private static void names(Set<String> keys, String kind, Enum<?>... constants) {
    Stream.of(constants).forEach(constant -> keys.add(kind + "." + Words.key(constant)));
  }

  @ParameterizedTest
  @EnumSource
  void everyTextIsThereAndNoneIsLeftOver(Language language) {
    assertThat(Words.of(language).messages().keySet())
        .containsExactlyInAnyOrderElementsOf(needed(language));
    assertThat(Words.of(language).messages().values()).noneMatch(String::isBlank);
  }

  @ParameterizedTest
  @EnumSource
  void aTextHasTheSamePlacesForArgumentsInEveryLanguage(Language language) {
    for (Phrase phrase : Phrase.values()) {
      assertThat(places(Words.of(language), phrase))
          .as("%s in %s", phrase, language)
          .isEqualTo(places(Words.of(Language.EN), phrase));
    }
  }

  private static Set<String> places(Words words, Phrase phrase) {
    return PLACE
        .matcher(words.message(phrase.key()))
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyPhraseIsSaidSomewhere() throws IOException {
    String sources;
    try (Stream<Path> files = Files.list(SOURCES)) {
      sources =
          files
              .filter(file -> !file.endsWith("Phrase.java"))
              .map(WordsTest::text)
              .collect(Collectors.joining());
    }
    assertThat(Phrase.values())
        .allMatch(p -> Pattern.compile("Phrase\\." + p + "\\b").matcher(sources).find());
  }

  @Test
  void namesOfKpisDifferWithinALanguage() {
    for (Language language : Language.values()) {
      Function<Kpi, String> name = Words.of(language)::kpi;
      assertThat(Kpis.ALL.stream().map(name)).doesNotHaveDuplicates();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
