package io.feedrate.collector.store;

import io.feedrate.collector.evidence.log.MerkleHash;
import io.feedrate.collector.journal.ExclusionRecord;
import io.feedrate.kpi.Episode;
import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/**
 * The bytes of a leaf: a row as canonical JSON (keys in order, no blanks, strings as in RFC 8785).
 * All that is in the row, with names in place of ids that only one file knows. Times and other
 * 64-bit numbers are strings, as are counts beyond 2^53; a figure is the 16 hex digits of its IEEE
 * 754 bits, so that no two programs can write it differently; what is not known is null. The
 * description for others, with an example: docs/evidence.md.
 *
 * <p><b>Thread</b>: one at a time. <b>Allocation</b>: none in steady state for plain ASCII: it
 * reuses its buffer.
 */
public final class LeafText {
  private static final long MAX_EXACT = (1L << 53) - 1;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_DIGITS = 20;

  private byte[] bytes = new byte[1024];
  private int length;

  /** Any of them. */
  public LeafText of(LeafValue value) {
    return switch (value.kind()) {
      case RESULT -> of((Result) value.row(), value.era());
      case MODEL_UPDATE -> of((ModelUpdate) value.row(), value.era());
      case EPISODE -> of((Episode) value.row(), value.era());
      case REGISTER -> of((RegisterRow) value.row());
      case EXCLUSION -> of((ExclusionRow) value.row());
      case HANDOVER -> of((Handover) value.row());
      case KEY -> of((KeyRow) value.row());
      case GAP -> of((GapRow) value.row());
      case ENTRY -> of((EntryRow) value.row());
    };
  }

  /** A result as another version of Feedrate, or this one, computed it. */
  LeafText of(Result r, int era) {
    begin("counts").raw("[");
    long[] counts = r.counts();
    for (int i = 0; i < counts.length; i++) {
      raw(i == 0 ? "" : ",").count(counts[i]);
    }
    raw("]")
        .key("end_ns")
        .wide(r.endNs())
        .key("era")
        .number(era)
        .key("histogram")
        .hex(r.histogram());
    key("kpi").text(r.kpi()).key("leaf").text("result").key("lower").bits(r.figure().lower());
    key("register").text(r.registerHash()).key("revision").number(r.revision());
    key("span").text(r.span().name()).key("start_ns").wide(r.startNs());
    key("state").text(r.figure().state().name()).key("subject").text(r.subject());
    return key("upper").bits(r.figure().upper()).key("value").bits(r.figure().value()).end();
  }

  /** A state of a model update. */
  LeafText of(ModelUpdate u, int era) {
    begin("approved_ns").time(u.approvedNs());
    key("approved_received_ns").time(u.approvedReceivedNs()).key("attempt").number(u.attempt());
    key("digest").text(u.digest()).key("end_not_before_ns").time(u.endNotBeforeNs());
    key("end_ns").time(u.endNs()).key("end_received_ns").time(u.endReceivedNs());
    key("end_state").text(u.end().name()).key("era").number(era).key("leaf").text("model_update");
    key("model").text(u.model()).key("node").text(u.node());
    key("other_digest").text(u.otherDigest()).key("revision").number(u.revision());
    key("rolled_back_ns").time(u.rolledBackNs()).key("stages").raw("[");
    String before = "[";
    for (Map.Entry<ModelStage, Long> stage : u.stagesNs().entrySet()) {
      raw(before).text(stage.getKey().name()).raw(",").wide(stage.getValue()).raw("]");
      before = ",[";
    }
    return raw("]").key("version").text(u.version()).end();
  }

  /** A state of an episode. */
  LeafText of(Episode e, int era) {
    begin("end_ns").time(e.endNs()).key("end_received_ns").time(e.endReceivedNs());
    key("end_state").text(e.end().name()).key("era").number(era).key("key").wide(e.key());
    key("kind").text(e.kind().name()).key("leaf").text("episode");
    key("revision").number(e.revision()).key("start_ns").wide(e.startNs());
    return key("start_received_ns")
        .wide(e.startReceivedNs())
        .key("subject")
        .text(e.subject())
        .end();
  }

  /** A register with its whole text. */
  LeafText of(RegisterRow r) {
    begin("hash").text(r.hash()).key("json").text(r.json()).key("leaf").text("register");
    return key("since_ns").wide(r.sinceNs()).end();
  }

  /** An exclusion. */
  LeafText of(ExclusionRow e) {
    ExclusionRecord said = e.said();
    begin("approver").text(said.approver()).key("entered_by").text(said.enteredBy());
    key("entered_ns").wide(said.enteredNs()).key("entry").text(said.entry());
    key("from_ns").wide(said.fromNs()).key("journaled_ns").wide(e.journaledNs());
    key("kind").text(said.kind().name()).key("leaf").text("exclusion");
    key("reason").text(said.reason()).key("reference").text(said.reference());
    key("source").text(said.source().name()).key("subject").text(said.subject());
    return key("to_ns").wide(said.toNs()).end();
  }

  /** A line that a person's entry made. */
  LeafText of(EntryRow e) {
    begin("journaled_ns").wide(e.journaledNs()).key("kind").text(e.kind().name());
    return key("leaf").text("entry").key("line").text(e.line()).end();
  }

  /** That another version took over. */
  LeafText of(Handover h) {
    begin("complete").raw(h.complete() ? "true" : "false");
    key("episodes").count(h.rows().episodes()).key("era").number(h.era());
    key("format").number(h.format()).key("leaf").text("handover");
    key("model_updates").count(h.rows().modelUpdates()).key("results").count(h.rows().results());
    return key("since_ns").wide(h.sinceNs()).end();
  }

  /** A key that signs heads. */
  LeafText of(KeyRow k) {
    Base64.Encoder base64 = Base64.getEncoder();
    begin("algorithm").text(k.algorithm()).key("key_id").text(k.keyId()).key("leaf").text("key");
    key("previous_signature").text(base64.encodeToString(k.previousSignature()));
    key("public_key").text(base64.encodeToString(k.publicKey()));
    return key("since_ns").wide(k.sinceNs()).end();
  }

  /** What the collector missed. */
  LeafText of(GapRow g) {
    begin("cause").text(g.cause().name()).key("from_ns").time(g.fromNs()).key("leaf").text("gap");
    return key("software").text(g.software()).key("to_ns").wide(g.toNs()).end();
  }

  /** The leaf's hash. */
  public byte[] hash(MerkleHash hash) {
    return hash.leaf(bytes, length);
  }

  /** Writes its UTF-8. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
  }

  /** The text. */
  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private LeafText begin(String key) {
    length = 0;
    return put('{').text(key).put(':');
  }

  private LeafText key(String key) {
    return put(',').text(key).put(':');
  }

  private LeafText end() {
    return put('}');
  }

  private LeafText time(long timeNs) {
    return timeNs == ModelUpdate.PENDING ? raw("null") : wide(timeNs);
  }

  private LeafText bits(double value) {
    if (Double.isNaN(value)) {
      return raw("null");
    }
    long bits = Double.doubleToLongBits(value + 0.0); // which turns -0.0 into 0.0
    put('"');
    for (int shift = Long.SIZE - 4; shift >= 0; shift -= 4) {
      put(HEX[(int) (bits >>> shift) & 0xf]);
    }
    return put('"');
  }

  private LeafText hex(byte[] data) {
    put('"');
    for (byte each : data) {
      put(HEX[(each >> 4) & 0xf]).put(HEX[each & 0xf]);
    }
    return put('"');
  }

  private LeafText count(long value) {
    return value >= -MAX_EXACT && value <= MAX_EXACT ? number(value) : wide(value);
  }

  private LeafText wide(long value) {
    return put('"').number(value).put('"');
  }

  private LeafText number(long value) {
    if (value == Long.MIN_VALUE) {
      return raw(Long.toString(value));
    }
    room(MAX_DIGITS);
    if (value < 0) {
      bytes[length++] = '-';
    }
    long rest = Math.abs(value);
    int digits = 1;
    for (long n = rest; n >= 10; n /= 10) {
      digits++;
    }
    for (int i = length + digits - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
    return this;
  }

  private LeafText text(String text) {
    put('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        return utf8(text.substring(i));
      }
      ascii(c);
    }
    return put('"');
  }

  private LeafText utf8(String rest) {
    for (byte each : rest.getBytes(StandardCharsets.UTF_8)) {
      if (each < 0) {
        put(each);
      } else {
        ascii((char) each);
      }
    }
    return put('"');
  }

  private void ascii(char c) {
    switch (c) {
      case '"' -> raw("\\\"");
      case '\\' -> raw("\\\\");
      case '\b' -> raw("\\b");
      case '\f' -> raw("\\f");
      case '\n' -> raw("\\n");
      case '\r' -> raw("\\r");
      case '\t' -> raw("\\t");
      default -> {
        if (c < ' ') {
          raw("\\u00").put(HEX[c >> 4]).put(HEX[c & 0xf]);
        } else {
          put(c);
        }
      }
    }
  }

  private LeafText raw(String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      put(ascii.charAt(i));
    }
    return this;
  }

  private LeafText put(int each) {
    room(1);
    bytes[length++] = (byte) each;
    return this;
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length + more);
    }
  }
}
