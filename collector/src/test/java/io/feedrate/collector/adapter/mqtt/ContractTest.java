package io.feedrate.collector.adapter.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.ModelStage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What config/contract promises to people who program nodes is what the decoders do. */
final class ContractTest {
  private static final Path CONTRACT = Path.of("..", "config", "contract");
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

  private static JsonNode schema(Route.Kind kind) throws IOException {
    return new ObjectMapper().readTree(CONTRACT.resolve(kind.suffix() + ".schema.json").toFile());
  }

  @ParameterizedTest
  @EnumSource(value = Route.Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
  void everyExampleFitsItsSchemaAndIsUnderstood(Route.Kind kind) throws IOException {
    JsonNode json = schema(kind);
    JsonSchema meta = FACTORY.getSchema(SchemaLocation.of(json.get("$schema").asText()));
    assertThat(meta.validate(json)).isEmpty();
    JsonSchema schema = FACTORY.getSchema(json);
    assertThat(json.get("examples")).isNotEmpty();
    for (JsonNode example : json.get("examples")) {
      assertThat(schema.validate(example)).as("%s", example).isEmpty();
      understands(kind, example.toString());
    }
  }

  @ParameterizedTest
  @EnumSource(value = Route.Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
  void everyFieldSaysWhatItMeans(Route.Kind kind) throws IOException {
    assertThat(schema(kind).get("properties"))
        .allSatisfy(field -> assertThat(field.get("description").asText()).isNotBlank());
  }

  @Test
  void theExamplesOfTheReadmeAreUnderstood() throws IOException {
    String readme = Files.readString(CONTRACT.resolve("README.md"));
    Matcher matcher = Pattern.compile("`(\\{\"[^`…]*})`").matcher(readme);
    int examples = 0;
    while (matcher.find()) {
      String example = matcher.group(1);
      understands(kindOf(example), example);
      examples++;
    }
    assertThat(examples).isGreaterThanOrEqualTo(4);
  }

  private static Route.Kind kindOf(String example) {
    if (example.contains("\"event\"")) {
      return Route.Kind.EVENT;
    }
    return example.contains("samples") ? Route.Kind.SAMPLES : Route.Kind.STATUS;
  }

  @Test
  void theWordsOfEventsAreThoseOfTheSchemaAndOfTheReadme() throws IOException {
    List<String> words = new ArrayList<>();
    schema(Route.Kind.EVENT).at("/properties/event/enum").forEach(w -> words.add(w.asText()));
    assertThat(words)
        .containsExactlyElementsOf(
            Arrays.stream(EventKind.values())
                .map(EventDecoder::word)
                .filter(word -> !word.startsWith("advice-"))
                .toList());
    String readme = Files.readString(CONTRACT.resolve("README.md"));
    assertThat(words).allSatisfy(word -> assertThat(readme).contains("`" + word + "`"));
    List<String> stages = new ArrayList<>();
    schema(Route.Kind.MODEL).at("/properties/stage/enum").forEach(w -> stages.add(w.asText()));
    assertThat(stages)
        .containsExactlyElementsOf(Arrays.stream(ModelStage.values()).map(Enum::name).toList());
  }

  private static void understands(Route.Kind kind, String example) {
    RecordedSink sink = new RecordedSink();
    Samples.decoder(kind).decode(example.getBytes(StandardCharsets.UTF_8), sink);
    assertThat(sink.rejected).as("%s", sink.calls).isZero();
    assertThat(sink.understood).isPositive();
    assertThat(sink.calls).noneMatch(c -> c.startsWith("invalid"));
  }
}
