package io.feedrate.collector.adapter.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SamplesDecoderTest {
  private static final String AT = "\"time\":\"2026-11-22T10:00:00Z\"";
  private static final long AT_NS = 1_795_341_600_000_000_000L;
  private static final long NO_TIME = Long.MIN_VALUE;

  private static List<String> decode(String json) {
    return decode(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> decode(byte[] payload) {
    RecordedSink sink = new RecordedSink();
    Samples.decoder(Route.Kind.SAMPLES).decode(payload, sink);
    return sink.calls;
  }

  /** A message with one good sample around the one to look at. */
  private static List<String> between(String sample) {
    String good = "{'signal':'lamp-on'," + AT + ",'value':true}";
    List<String> calls = decode("{'samples':[" + good + "," + sample + "," + good + "]}");
    String one = "sample 4 " + AT_NS + " 0 1.0 0";
    assertThat(calls).startsWith("samples -1", one).endsWith(one);
    return calls.subList(2, calls.size() - 1);
  }

  @Test
  void goodSamplesArePassedOnWithTheirNumber() {
    assertThat(
            decode(
                " {'samples' : [ {'signal':'camera-temperature',"
                    + AT
                    + ",'value':-41.25e1, 'unit':{'a':[1,{}]}} ] , 'extra':[[]], 'seq': 17}\n"))
        .containsExactly("samples 17", "sample 3 " + AT_NS + " 0 -412.5 0");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "41.2, 41.2",
        "0.1, 0.1",
        "-0, -0.0",
        "41.20384756123456, 41.20384756123456",
        "2.2250738585072014E-308, 2.2250738585072014E-308",
        "1e308, 1.0E308",
        "9007199254740993, 9.007199254740992E15",
        "true, 1.0",
        "false, 0.0"
      })
  void numbersAndBooleansAreExact(String value, String expected) {
    assertThat(between("{'signal':'camera-temperature'," + AT + ",'value':" + value + "}"))
        .containsExactly("sample 3 " + AT_NS + " 0 " + expected + " 0");
  }

  @ParameterizedTest
  @CsvSource({
    "'good', 0",
    "'uncertain', 40000000",
    "'bad', 80000000",
    "1083113472, 408f0000",
    "null, 0"
  })
  void qualityBecomesAStatusCode(String quality, String status) {
    String json =
        quality.matches("[a-z]+") && !quality.equals("null") ? "'" + quality + "'" : quality;
    assertThat(
            between("{'signal':'camera-temperature'," + AT + ",'value':1,'quality':" + json + "}"))
        .containsExactly("sample 3 " + AT_NS + " " + status + " 1.0 0");
  }

  @Test
  void nullIsASampleWithoutValue() {
    assertThat(between("{'signal':'camera-temperature'," + AT + ",'value':null}"))
        .containsExactly("sample 3 " + AT_NS + " 80f00000 NaN 0");
    assertThat(between("{'signal':'recipe'," + AT + ",'value':null,'quality':'bad'}"))
        .containsExactly("sample 5 " + AT_NS + " 80000000 NaN 0");
  }

  @Test
  void textsKeepTheirEscapes() {
    assertThat(
            between(
                "{'signal':'recipe'," + AT + ",'value':'a\\n\\u00e9\\ud83d\\ude00 \\\\ \\/ ü'}"))
        .containsExactly("text 5 " + AT_NS + " 0 a\né\uD83D\uDE00 \\ / ü 8");
  }

  @Test
  void aKeyMayBeWrittenWithEscapes() {
    assertThat(between("{'signal':'lamp\\u002don'," + AT + ",'value':0}"))
        .containsExactly("sample 4 " + AT_NS + " 0 0.0 0");
  }

  @Test
  void aSampleWithoutTimeIsFlagged() {
    assertThat(between("{'signal':'lamp-on','value':0}"))
        .containsExactly("sample 4 " + NO_TIME + " 0 0.0 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'value':NaN",
        "'value':Infinity",
        "'value':-Infinity",
        "'value':1e999",
        "'value':-1e999",
        "'value':nan",
        "'value':01",
        "'value':.5",
        "'value':1.",
        "'value':+1",
        "'value':0x10",
        "'value':'41.2'",
        "'value':[1]",
        "'value':{'a':1}",
        "'value':True",
        "'x':1",
        "'value':1,'value':2",
        "'value':1,'quality':'GOOD'",
        "'value':1,'quality':-1",
        "'value':1,'quality':4294967296",
        "'value':1,'quality':[]"
      })
  void aWrongValueOfAKnownSignalIsInvalid(String fields) {
    assertThat(between("{'signal':'camera-temperature'," + AT + "," + fields + "}"))
        .hasSize(2)
        .satisfies(
            calls -> {
              assertThat(calls.get(0)).startsWith("invalid p/line/vision-01/camera-temperature: ");
              assertThat(calls.get(1)).isEqualTo("sample 3 " + AT_NS + " 0 NaN 2");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"'yesterday'", "-1", "1.5", "1e300", "[]", "true", "'2026-02-30T00:00:00Z'"})
  void anAbsurdTimeOfAKnownSignalIsInvalid(String time) {
    assertThat(between("{'signal':'lamp-on','time':" + time + ",'value':1}"))
        .containsExactly(
            "invalid p/line/vision-01/lamp-on: time cannot be read",
            "sample 4 " + NO_TIME + " 0 NaN 3");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      delimiter = ';',
      value = {
        "{'signal':'nobody','value':1}; UNKNOWN_SIGNAL no signal has the key nobody",
        "{'value':1}; MISSING_FIELD signal is missing",
        "{'signal':null}; MISSING_FIELD signal is missing",
        "{'signal':7}; WRONG_TYPE signal is no text",
        "{'signal':'lamp-on','signal':'recipe'}; MALFORMED signal is there more than once",
        "17; MALFORMED a sample is no object",
        "[[[]]]; MALFORMED a sample is no object",
        "nil; MALFORMED a sample is no object"
      })
  void aSampleOfNoKnownSignalIsRejectedAlone(String sample, String reject) {
    assertThat(between(sample)).containsExactly("reject " + reject);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "null",
        "[]",
        "17",
        "'text'",
        "{",
        "{}x",
        "{} {}",
        "{'samples':[}",
        "{'samples':[,]}",
        "{'samples':[{}],}",
        "{'samples'}",
        "{samples:[]}",
        "{'samples':[{'signal':'lamp-on}]}",
        "{'samples':[{'signal':'lamp\\x'}]}",
        "{'samples':[{'signal':'lamp\\u12g4'}]}",
        "{'samples':['\u0001']}",
        "{'seq':1,'seq':2,'samples':[]}",
        "{'samples':[],'samples':[]}",
        "\uFEFF{}"
      })
  void whatIsNoJsonObjectIsRejectedAsAWhole(String json) {
    assertThat(decode(json)).hasSize(1).first().asString().startsWith("reject MALFORMED");
  }

  @Test
  void whatIsNoUtf8IsRejected() {
    int[][] wrong = {
      {0xff},
      {0xc0, 0x80},
      {0xc1, 0xbf},
      {0xe0, 0x9f, 0xbf},
      {0xed, 0xa0, 0x80},
      {0xf0, 0x8f, 0xbf, 0xbf},
      {0xf4, 0x90, 0x80, 0x80},
      {0xf5, 0x80, 0x80, 0x80},
      {0xe2, 0x82},
      {0x80},
      {0xc3, 0x28}
    };
    for (int[] bytes : wrong) {
      byte[] payload = "{\"samples\":[\"....\"]}".getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < bytes.length; i++) {
        payload[13 + i] = (byte) bytes[i];
      }
      assertThat(decode(payload)).hasSize(1).first().asString().startsWith("reject MALFORMED");
    }
  }

  @Test
  void deepNestingIsRejectedWithoutRecursion() {
    String deep = "[".repeat(500_000);
    assertThat(decode("{'samples':" + deep)).hasSize(1);
    assertThat(decode("{'samples':[],'x':" + deep + "]".repeat(500_000) + "}")).hasSize(1);
    String allowed = "[".repeat(Json.MAX_DEPTH - 1) + "]".repeat(Json.MAX_DEPTH - 1);
    assertThat(decode("{'samples':[],'x':" + allowed + "}")).containsExactly("samples -1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.5", "'17'", "9007199254740992", "1e99", "[]", "NaN"})
  void aWrongNumberIsRejectedAndTheSamplesAreKept(String seq) {
    assertThat(decode("{'seq':" + seq + ",'samples':[{'signal':'lamp-on','value':1}]}"))
        .containsExactly(
            "samples -1",
            "reject WRONG_TYPE " + Sequence.WRONG,
            "sample 4 " + NO_TIME + " 0 1.0 1");
  }

  @Test
  void missingOrWrongSamplesAreRejected() {
    assertThat(decode("{'seq':1}")).containsExactly("reject MISSING_FIELD samples is missing");
    assertThat(decode("{'samples':{}}")).containsExactly("reject WRONG_TYPE samples is no array");
  }
}
