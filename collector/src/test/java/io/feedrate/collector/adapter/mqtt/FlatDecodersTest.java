package io.feedrate.collector.adapter.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.EventKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FlatDecodersTest {
  private static final long NO_TIME = Long.MIN_VALUE;

  private static List<String> decode(Route.Kind kind, String json) {
    RecordedSink sink = new RecordedSink();
    byte[] payload = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    Samples.decoder(kind).decode(payload, sink);
    return sink.calls;
  }

  @Test
  void aHeartbeatIsRead() {
    assertThat(
            decode(
                Route.Kind.STATUS,
                "{'online':true,'time':1795341600200,'seq':17,'heartbeatMs':1000}"))
        .containsExactly("status true 17 1795341600200000000 1000000000");
    assertThat(decode(Route.Kind.STATUS, "{'online':false}"))
        .containsExactly("status false -1 " + NO_TIME + " -1");
  }

  @Test
  void anInferenceIsReadWithWhatItLeavesOut() {
    assertThat(decode(Route.Kind.INFERENCE, "{'model':'m','version':7}"))
        .containsExactly(
            "InferenceRecord[node=, model=m, version=7, digest=, mode=PRODUCTION, ok=true, inputNs="
                + NO_TIME
                + ", inferenceNs="
                + NO_TIME
                + ", latencyNs=-1, score=NaN, actionable=false, inferenceId=, decision=, part=]");
    assertThat(
            decode(
                Route.Kind.INFERENCE,
                "{'inferenceId':'i','model':'m','version':'7.1','digest':'d','inputTime':1,'time':2,"
                    + "'latencyMs':12.5,'ok':false,'decision':'nok','score':-0.5,'part':4711,"
                    + "'mode':'shadow','node':'n','actionable':true}"))
        .containsExactly(
            "InferenceRecord[node=n, model=m, version=7.1, digest=d, mode=SHADOW, ok=false,"
                + " inputNs=1000000, inferenceNs=2000000, latencyNs=12500000, score=-0.5,"
                + " actionable=true, inferenceId=i, decision=nok, part=4711]");
  }

  @Test
  void aModelEventIsRead() {
    assertThat(
            decode(
                Route.Kind.MODEL,
                "{'model':'m','version':'7','digest':'d','stage':'ROLLED_BACK','time':3,'node':'n',"
                    + "'detail':'x'}"))
        .containsExactly("model ROLLED_BACK 3000000 n m 7 d x");
  }

  @Test
  void aPolledModelEventTellsSinceWhenItMayHaveBeen() {
    assertThat(
            decode(
                Route.Kind.MODEL,
                "{'model':'m','version':'7','stage':'SERVING','time':30,'notBefore':20}"))
        .containsExactly("model SERVING 30000000  m 7   not before 20000000");
  }

  @Test
  void anEventIsReadWithWhatItLeavesOut() {
    assertThat(decode(Route.Kind.EVENT, "{'event':'part-produced'}"))
        .containsExactly(
            "EventRecord[node=, kind=PART_PRODUCED, eventNs="
                + NO_TIME
                + ", amount=0, of=0, key=, person=, detail=]");
    assertThat(
            decode(
                Route.Kind.EVENT,
                "{'event':'interface-checked','id':17,'time':3,'node':'n','operator':'op-17',"
                    + "'amount':11,'of':12,'detail':'x','severity':{'a':1}}"))
        .containsExactly(
            "EventRecord[node=n, kind=INTERFACE_CHECKED, eventNs=3000000, amount=11, of=12, key=17,"
                + " person=op-17, detail=x]");
  }

  @Test
  void everyKindOfEventHasItsWordButAdvice() {
    for (EventKind kind : EventKind.values()) {
      String word = EventDecoder.word(kind);
      List<String> calls =
          decode(Route.Kind.EVENT, "{'event':'" + word + "','id':'A','amount':1,'of':2}");
      if (word.startsWith("advice-")) {
        assertThat(calls).containsExactly("reject WRONG_TYPE event is no known word: " + word);
      } else {
        assertThat(calls).singleElement().asString().contains("kind=" + kind + ",");
      }
    }
  }

  @Test
  void anAdviceIsRead() {
    assertThat(
            decode(
                Route.Kind.ADVICE,
                "{'adviceId':'a','event':'OVERRIDDEN','time':3,'operator':'op-17','reason':'r'}"))
        .containsExactly("advice OVERRIDDEN 3000000  a op-17 r");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "STATUS; {}; MISSING_FIELD online is missing",
        "STATUS; {'online':1}; WRONG_TYPE online is neither true nor false",
        "STATUS; {'online':true,'time':'x'}; BAD_TIME time cannot be read as a time",
        "STATUS; {'online':true,'seq':-1}; WRONG_TYPE " + Sequence.WRONG,
        "STATUS; {'online':true,'heartbeatMs':-1}; WRONG_TYPE heartbeatMs is no number of 0 or more",
        "STATUS; {'online':true,'online':false}; MALFORMED online is there more than once",
        "INFERENCE; {'version':'7'}; MISSING_FIELD model is missing",
        "INFERENCE; {'model':'m'}; MISSING_FIELD version is missing",
        "INFERENCE; {'model':'','version':'7'}; MISSING_FIELD model is missing",
        "INFERENCE; {'model':'m','version':{}}; WRONG_TYPE version is no text",
        "INFERENCE; {'model':'m','version':7,'latencyMs':NaN}; WRONG_TYPE latencyMs is no number of 0 or more",
        "INFERENCE; {'model':'m','version':7,'latencyMs':1e999}; WRONG_TYPE latencyMs is no number of 0 or more",
        "INFERENCE; {'model':'m','version':7,'score':'high'}; WRONG_TYPE score is no number",
        "INFERENCE; {'model':'m','version':7,'mode':'Production'}; WRONG_TYPE mode is no known word: Production",
        "INFERENCE; {'model':'m','version':7,'time':-5}; BAD_TIME time cannot be read as a time",
        "MODEL; {'model':'m','version':'7'}; MISSING_FIELD stage is missing",
        "MODEL; {'model':'m','version':'7','stage':'loaded'}; WRONG_TYPE stage is no known word: loaded",
        "ADVICE; {'event':'SHOWN'}; MISSING_FIELD adviceId is missing",
        "ADVICE; {'adviceId':'a'}; MISSING_FIELD event is missing",
        "ADVICE; []; MALFORMED no JSON object",
        "INFERENCE; {'model':'m','version':7,'actionable':1}; WRONG_TYPE actionable is neither true nor false",
        "MODEL; {'model':'m','version':7,'stage':'SERVING','time':1,'notBefore':2}; BAD_TIME notBefore is after time",
        "MODEL; {'model':'m','version':7,'stage':'SERVING','notBefore':'x'}; BAD_TIME notBefore cannot be read as a time",
        "EVENT; {'id':'A17'}; MISSING_FIELD event is missing",
        "EVENT; {'event':'alarm'}; WRONG_TYPE event is no known word: alarm",
        "EVENT; {'event':'ALARM_RAISED'}; WRONG_TYPE event is no known word: ALARM_RAISED",
        "EVENT; {'event':'alarm-acknowledged'}; MISSING_FIELD id is missing",
        "EVENT; {'event':'response','id':''}; MISSING_FIELD id is missing",
        "EVENT; {'event':'action','id':{}}; WRONG_TYPE id is no text",
        "EVENT; {'event':'action','operator':17}; WRONG_TYPE operator is no text",
        "EVENT; {'event':'interface-checked','of':3}; MISSING_FIELD interface-checked needs amount and of",
        "EVENT; {'event':'interface-checked','amount':4,'of':3}; WRONG_TYPE amount is over of",
        "EVENT; {'event':'interface-checked','amount':1.5,'of':3}; WRONG_TYPE amount is no whole number of 0 or more",
        "EVENT; {'event':'interface-checked','amount':-1,'of':3}; WRONG_TYPE amount is no whole number of 0 or more",
        "EVENT; {'event':'action','time':true}; BAD_TIME time cannot be read as a time",
        "EVENT; {'event':'action','event':'action'}; MALFORMED event is there more than once",
      },
      delimiter = ';')
  void whatIsWrongIsRejectedWithTheFirstReason(Route.Kind kind, String json, String reject) {
    assertThat(decode(kind, json)).containsExactly("reject " + reject);
  }
}
