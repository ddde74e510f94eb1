package io.feedrate.kpi.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A scenario that is wrong is found wrong, and says where. */
class ScenarioLanguageTest {
  private static final String GOOD =
      """
      title: A value in each second is complete
      why: a scenario to be spoilt in many ways
      given:
        observe: 10:00:00 to 10:00:10
        machines:
          cnc-1:
            source: plc-1
            signals: {speed: "periodic every 1s, range 0 to 100"}
        nodes:
          vision-1: {source: edge-1}
      when:
        - 10:00:00  plc-1 connects
        - from 10:00:00.2 to 10:00:08.2 every 1s  cnc-1/speed = 42 good
        - 10:00:12  plc-1 keep-alive
        - 10:00:01  registry approves defect 1 for vision-1
        - 10:00:03  vision-1 infers with defect 1
      then:
        slots of cnc-1/speed:
          10:00:00 to 10:00:08: GOOD
          10:00:09: SILENT
        kpi sensor_data_completeness of cnc-1: {good: 9, silent: 1, value: 90%, state: measured}
        model updates of vision-1:
          - defect 1 served, latency 2s
        counters: {samples: 9}
      """;

  private static List<String> faults(String yaml) {
    return Rehearsal.faults(Scenario.read("spoilt.yaml", yaml));
  }

  private static String spoilt(String words, String others) {
    assertThat(GOOD).contains(words);
    return GOOD.replace(words, others);
  }

  @Test
  void aTrueScenarioHasNoFaults() {
    assertThat(faults(GOOD)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "00:09: SILENT | 00:09: BAD"
            + "| :20: slot 10:00:09 of cnc-1/speed: expected BAD, came SILENT",
        "good: 9 | good: 8" + "| :21: sensor_data_completeness of cnc-1, good: expected 8, came 9",
        "silent: 1, value | value"
            + "| :21: sensor_data_completeness of cnc-1, silent: expected 0, came 1",
        "90% | 91%" + "| :21: sensor_data_completeness of cnc-1, value: expected 91%, came 0.9",
        "state: measured | state: not applicable" + "| expected not applicable, came MEASURED",
        "latency 2s | latency 3s" + "| :23: expected defect 1 served, latency 3s, came defect 1",
        "1 served | 1 pending"
            + "| :23: expected defect 1 pending, latency 2s, came defect 1 served",
        "- defect 1 served | - defect 0 served" + "| :23: expected defect 0",
        "samples: 9 | samples: 10" + "| :24: counter 'samples': expected 10, came 9",
      })
  void whatDoesNotComeTrueIsReportedWithItsLine(String words, String others, String fault) {
    assertThat(faults(spoilt(words, others))).anyMatch(f -> f.contains(fault));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "title: A value | titel: A value | :1: there is no key 'titel'",
        "why: a scenario to be spoilt in many ways | why: so | :2: the why is not a sentence",
        "observe: 10:00:00 to 10:00:10 | observe: 10:00:10 to 10:00:00 | :4: '10:00:10 to",
        "observe: 10:00:00 to 10:00:10 | observe: 10:00:01 to 10:00:10 | :4: the observed time",
        "machines: | machine: | :5: there is no key 'machine'",
        "source: plc-1 | sauce: plc-1 | there is no key 'sauce'",
        "periodic every 1s | periodical every 1s | is not a signal such as",
        "range 0 to 100 | rang 0 to 100 | :8: a signal has no 'rang 0 to 100'",
        "plc-1 connects | plc-2 connects | :12: there is no source 'plc-2'; there is edge-1, plc-1",
        "plc-1 connects | plc-1 conects | :12: 'plc-1 conects' is nothing that can happen",
        "cnc-1/speed = 42 good | cnc-1/sped = 42 good | :13: there is no signal 'cnc-1/sped'",
        "= 42 good | = 42 goood | :13: there is no status 'goood'",
        "= 42 good | = 4Z good | :13: '4Z' is neither a number",
        "= 42 good | = 42 good, soon | :13: 'soon' cannot be added to '{signal} = {value} {status}'",
        "every 1s  cnc | every 1sec  cnc | :13: '1sec' is not a duration",
        "10:00:12  plc-1 | 10:00:61  plc-1 | :14: there is no such time",
        "plc-1 keep-alive | cnc-1 alarm 7 rised | :14: alarm cannot be 'rised'; it can be raised,",
        "plc-1 keep-alive | line alarms 7 raised | :14: 'line alarms 7 raised' is nothing that can",
        "10:00:12  plc-1 | at noon plc-1 | :14: 'at noon plc-1 keep-alive' does not begin with",
        "for vision-1 | for cnc-1 | :15: there is no node 'cnc-1'",
        "slots of cnc-1/speed | slot of cnc-1/speed | :18: 'slot of cnc-1/speed' is nothing that can",
        "10:00:09: SILENT | 10:00:09: SLIENT | :20: there is no outcome 'SLIENT'",
        "10:00:09: SILENT | 10:00:09.5: SILENT | :20: no slot has this name",
        "10:00:09: SILENT | 10:00:08: SILENT | :20: slot 10:00:08 is named twice",
        "10:00:08: GOOD | 10:00:07: GOOD | :18: nothing is said about slot 10:00:08",
        "kpi sensor_data | kpi sensors_data | :21: there is no KPI 'sensors_data_completeness'",
        "{good: 9 | {god: 9 | :21: there is no count or figure 'god'",
        "value: 90% | value: 9O% | :21: '9O%' is not a figure",
        "state: measured | state: measred | :21: there is no state 'measred'",
        "model updates of vision-1 | model updates of vision-9 | :22: there is no node 'vision-9'",
        "1 served | 1 severed | :23: there is no end of an update 'severed'",
        "{samples: 9} | {sample: 9} | :24: there is no counter 'sample'",
        "{samples: 9} | {samples: many} | :24: 'many' is not a number of things",
        "{samples: 9} | {} | :24: nothing is expected here",
      })
  void whatIsMisspeltIsReportedWithItsLine(String words, String others, String fault) {
    assertThatThrownBy(() -> faults(spoilt(words, others)))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("spoilt.yaml:")
        .hasMessageContaining(fault);
  }

  @Test
  void anUnknownTimeZoneIsAnError() {
    assertThatThrownBy(() -> faults(spoilt("  machines:", "  zone: Europe/Bern\n  machines:")))
        .hasMessageContaining("spoilt.yaml:5: no time zone is called Europe/Bern");
  }

  @Test
  void aScenarioThatExpectsNothingIsNone() {
    String without = GOOD.substring(0, GOOD.indexOf("then:"));
    assertThatThrownBy(() -> faults(without)).hasMessageContaining("'then' is missing");
    assertThatThrownBy(() -> faults(without + "then: {}"))
        .hasMessageContaining("a scenario that cannot fail shows nothing");
  }

  @Test
  void aScenarioThatWouldHoldIfNothingHappenedShowsNothing() {
    String then = "then:\n  counters: {duplicates: 0}\n";
    assertThat(faults(GOOD.substring(0, GOOD.indexOf("then:")) + then))
        .containsExactly("all of it would come true as well if nothing happened: it shows nothing");
  }

  @Test
  void aCollectorThatIsStoppedLearnsNothing() {
    assertThatThrownBy(
            () ->
                faults(
                    spoilt(
                        "- 10:00:12  plc-1 keep",
                        "- 10:00:11 collector stops\n  - 10:00:12  plc-1 keep")))
        .hasMessageContaining("spoilt.yaml:15: the collector is stopped at this time");
  }

  @Test
  void theSameKeyTwiceIsAnErrorAndSoIsBrokenYaml() {
    assertThatThrownBy(() -> faults(GOOD + "title: Another title of the same\n"))
        .hasMessageContaining(":25: 'title' is said twice");
    assertThatThrownBy(() -> faults(spoilt("{samples: 9}", "{samples: 9")))
        .hasMessageContaining("not YAML");
  }

  /** Each verb and each expectation has a row, each row's example is understood. */
  @Test
  void theReadmeShowsTheWholeLanguage() throws IOException {
    String readme = Files.readString(ScenarioTest.FOLDER.resolve("README.md"));
    Matcher fenced = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(readme);
    assertThat(fenced.find()).isTrue();
    assertThat(Rehearsal.faults(Scenario.read("README.md", fenced.group(1)))).isEmpty();
    Given plant = Given.read(Block.parse("README.md", fenced.group(1)).required("given"));
    Set<String> shown = new HashSet<>();
    for (String example : examples(readme, "What can happen", "What may be added")) {
      Text text = new Text("README.md", 0, example);
      assertThat(Happenings.read(text.of("10:00:00 " + example), plant)).isNotEmpty();
      Verbs.ALL.stream()
          .filter(v -> Said.of(text, plant, v.phrase(), v.additions()) != null)
          .forEach(v -> shown.add(v.phrase().toString()));
    }
    for (String example : examples(readme, "What can be expected", "Rules")) {
      Text text = new Text("README.md", 0, example);
      Expectations.ALL.stream()
          .filter(f -> Said.of(text, plant, f.phrase(), f.additions()) != null)
          .forEach(f -> shown.add(f.phrase().toString()));
    }
    Set<String> all = new HashSet<>();
    Verbs.ALL.forEach(v -> all.add(v.phrase().toString()));
    Expectations.ALL.forEach(f -> all.add(f.phrase().toString()));
    assertThat(shown).isEqualTo(all);
  }

  @Test
  void theReadmeNamesAllThatMayBeAdded() throws IOException {
    String readme = Files.readString(ScenarioTest.FOLDER.resolve("README.md"));
    Set<String> words = new HashSet<>();
    for (Verbs.Verb verb : Verbs.ALL) {
      verb.additions().forEach(a -> words.add(a.toString().replaceAll("\\s*\\{.*", "")));
    }
    assertThat(words).allMatch(readme::contains);
  }

  /** The first cells, in backticks, of the table rows between two headings. */
  private static List<String> examples(String readme, String from, String to) {
    String part = readme.substring(readme.indexOf("## " + from), readme.indexOf("## " + to));
    List<String> examples = new ArrayList<>();
    Matcher row = Pattern.compile("(?m)^\\| `([^`]+)` \\|").matcher(part);
    while (row.find()) {
      examples.add(row.group(1));
    }
    assertThat(examples).isNotEmpty();
    return examples;
  }
}
