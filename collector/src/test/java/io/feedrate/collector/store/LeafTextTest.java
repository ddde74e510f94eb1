package io.feedrate.collector.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedrate.collector.evidence.log.MerkleHash;
import io.feedrate.kpi.Episode;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.State;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeafTextTest {
  private final LeafText text = new LeafText();

  private static Result result(String subject, long[] counts, Figure figure) {
    return new Result(
        "sensor_data_completeness",
        subject,
        Span.WINDOW,
        1_795_000_020_000_000_000L,
        1_795_000_080_000_000_000L,
        0,
        "5f3a",
        counts,
        new byte[0],
        figure);
  }

  private static Figure half() {
    return new Figure(State.MEASURED, 0.5, 0.25, Double.POSITIVE_INFINITY);
  }

  /** The example of docs/evidence.md, which others may recompute. */
  @Test
  void aResultHasTheTextAndHashOfTheDocumentation() throws Exception {
    String made = text.of(result("acme/line1/m1", new long[] {60, 59}, half()), 0).toString();
    String hash = HexFormat.of().formatHex(text.hash(new MerkleHash()));

    assertThat(made)
        .isEqualTo(
            """
            {"counts":[60,59],"end_ns":"1795000080000000000","era":0,"histogram":"",\
            "kpi":"sensor_data_completeness","leaf":"result","lower":"3fd0000000000000",\
            "register":"5f3a","revision":0,"span":"WINDOW","start_ns":"1795000020000000000",\
            "state":"MEASURED","subject":"acme/line1/m1","upper":"7ff0000000000000",\
            "value":"3fe0000000000000"}""");
    assertThat(Files.readString(Path.of("../docs/evidence.md"))).contains(made, hash);
  }

  @Test
  void whatIsNotKnownIsNullAndZeroHasNoSign() {
    assertThat(text.of(result("a", new long[0], Figure.NOT_APPLICABLE), 0).toString())
        .contains("\"counts\":[]", "\"lower\":null", "\"upper\":null", "\"value\":null");
    assertThat(text.of(result("a", new long[0], Figure.exact(-0.0)), 0).toString())
        .contains("\"value\":\"0000000000000000\"");
  }

  @Test
  void numbersThatADoubleCannotHoldAreStrings() {
    long most = (1L << 53) - 1;
    long[] counts = {0, -7, most, -most, most + 1, Long.MAX_VALUE, Long.MIN_VALUE};
    assertThat(text.of(result("a", counts, half()), 0).toString())
        .contains(
            "[0,-7,9007199254740991,-9007199254740991,\"9007199254740992\","
                + "\"9223372036854775807\",\"-9223372036854775808\"]");
  }

  @Test
  void stringsAreEscapedAsRfc8785Says() {
    String odd = "\u20ac$\u000f\nA'B\"\\\"/\t\b\f\r\u007f\ud83d\ude00";
    assertThat(text.of(result(odd, new long[0], half()), 0).toString())
        .contains("\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\"/\\t\\b\\f\\r\u007f\ud83d\ude00\"");
  }

  /** As JSON of any reader, written again with sorted keys, it is the same. */
  @Test
  void keysOfAllKindsAreInOrder() throws Exception {
    Map<ModelStage, Long> stages = new LinkedHashMap<>();
    stages.put(ModelStage.LOADED, 7L);
    stages.put(ModelStage.APPROVED, 5L);
    ModelUpdate update =
        new ModelUpdate(
            "n", "m", "1", "d", 1, 2, 5, 6, 8, 9, 10, ModelUpdate.End.SERVED, 11, "o", stages);
    Episode episode =
        new Episode(Episode.Kind.TAKEOVER, "a", 7, 1, 2, 3, Episode.OPEN, Episode.End.DONE, 0);
    List<String> texts = new ArrayList<>();
    texts.add(text.of(result("a", new long[] {1}, half()), 1).toString());
    texts.add(text.of(update, 1).toString());
    texts.add(text.of(episode, 1).toString());
    texts.add(text.of(new RegisterRow("h", "{\"a\":1}", 3)).toString());
    texts.add(text.of(new ExclusionRow("a", 1, 2, "why", "who", 3)).toString());
    texts.add(text.of(new Handover(1, 2, 3, true, new RowCounts(4, 5, 6))).toString());
    texts.add(text.of(new KeyRow("id", "a", new byte[] {1}, new byte[0], 3)).toString());
    texts.add(text.of(new GapRow(GapRow.Cause.STOPPED, 1, 2, "0.1")).toString());

    ObjectMapper mapper = new ObjectMapper();
    for (String each : texts) {
      JsonNode read = mapper.readTree(each);
      List<String> names = new ArrayList<>();
      read.fieldNames().forEachRemaining(names::add);
      assertThat(names).isSorted().doesNotHaveDuplicates().contains("leaf");
      assertThat(mapper.writeValueAsString(read)).isEqualTo(each);
    }
    assertThat(texts.get(1)).contains("\"stages\":[[\"LOADED\",\"7\"],[\"APPROVED\",\"5\"]]");
    assertThat(texts.get(2)).contains("\"end_received_ns\":null");
  }

  @Test
  void whatWasWrittenIsReadAgain() {
    Map<ModelStage, Long> stages = new LinkedHashMap<>();
    stages.put(ModelStage.LOADED, 7L);
    stages.put(ModelStage.APPROVED, 5L);
    long[] counts = {0, -7, 1L << 60, Long.MIN_VALUE};
    String odd = "\u20ac$\u000f\nA'B\"\\/\t\ud83d\ude00";
    List<LeafValue> values =
        List.of(
            new LeafValue(result(odd, counts, half()), 3),
            new LeafValue(result("a", new long[0], Figure.NOT_APPLICABLE), 0),
            new LeafValue(
                new ModelUpdate(
                    odd,
                    "m",
                    "1",
                    "d",
                    1,
                    2,
                    5,
                    6,
                    8,
                    9,
                    ModelUpdate.PENDING,
                    ModelUpdate.End.SERVED,
                    11,
                    "o",
                    stages),
                2),
            new LeafValue(
                new Episode(
                    Episode.Kind.TAKEOVER, odd, -7, 1, 2, 3, Episode.OPEN, Episode.End.DONE, 0),
                0),
            new LeafValue(new RegisterRow("h", "{\"a\":1}", 3), 0),
            new LeafValue(new ExclusionRow(odd, 1, 2, "why", "who", 3), 0),
            new LeafValue(new Handover(1, 2, 3, true, new RowCounts(4, 1L << 60, 6)), 0),
            new LeafValue(new GapRow(GapRow.Cause.CLOCK_SET_BACK, 9, 2, "0.1"), 0),
            new LeafValue(new GapRow(GapRow.Cause.STOPPED, Long.MIN_VALUE, 2, odd), 0));
    LeafParser parser = new LeafParser();

    for (LeafValue value : values) {
      byte[] bytes = ("xx" + text.of(value)).getBytes(StandardCharsets.UTF_8);
      assertThat(parser.parse(bytes, 2, bytes.length - 2)).isEqualTo(value);
    }
  }

  @Test
  void whatIsNoLeafIsRefused() {
    LeafParser parser = new LeafParser();
    for (String each :
        List.of(
            "",
            "{",
            "{}",
            "[]",
            "{\"counts\":[1]}",
            "{\"leaf\":\"result\"}",
            "{\"leaf\":\"gap\"}",
            "{\"leaf\":\"thing\"}",
            "{\"counts\":[1.5],\"leaf\":\"result\"}")) {
      byte[] bytes = each.getBytes(StandardCharsets.UTF_8);
      assertThatThrownBy(() -> parser.parse(bytes, 0, bytes.length))
          .as(each)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
