package io.feedrate.collector.adapter.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

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
                + ", latencyNs=-1, score=NaN, inferenceId=, decision=, part=]");
    assertThat(
            decode(
                Route.Kind.INFERENCE,
                "{'inferenceId':'i','model':'m','version':'7.1','digest':'d','inputTime':1,'time':2,"
                    + "'latencyMs':12.5,'ok':false,'decision':'nok','score':-0.5,'part':4711,"
                    + "'mode':'shadow','node':'n'}"))
        .containsExactly(
            "InferenceRecord[node=n, model=m, version=7.1, digest=d, mode=SHADOW, ok=false,"
                + " inputNs=1000000, inferenceNs=2000000, latencyNs=12500000, score=-0.5,"
                + " inferenceId=i, decision=nok, part=4711]");
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
      },
      delimiter = ';')
  void whatIsWrongIsRejectedWithTheFirstReason(Route.Kind kind, String json, String reject) {
    assertThat(decode(kind, json)).containsExactly("reject " + reject);
  }
}
