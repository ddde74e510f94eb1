package io.feedrate.kpi.slot;

import io.feedrate.kpi.Sample;
import io.feedrate.kpi.Snapshot;

/**
 * What came last of each signal: its newest time, to tell what is older; the last sample, to tell
 * one that is delivered again; since when it is known in the present session; and the batch in
 * which its last values came, because values received at the same time came in one message.
 *
 * <p>All of a signal lies side by side: a sample needs nearly all of it.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 after construction. <b>Memory</b>: 56 B a
 * signal.
 */
final class LastSamples {
  private static final int WORDS = 7;
  private static final int NEWEST = 0;
  private static final int SOURCE = 1;
  private static final int VALUE = 2;
  private static final int STATUS = 3;
  private static final int KNOWN_SINCE = 4;
  private static final int RECEIVED = 5;
  private static final int BEFORE = 6;

  private final long[] words;

  LastSamples(int signals) {
    words = new long[signals * WORDS];
    for (int i = 0; i < words.length; i += WORDS) {
      words[i + NEWEST] = Sample.NO_TIME;
      words[i + SOURCE] = Sample.NO_TIME;
      words[i + KNOWN_SINCE] = Sample.NO_TIME;
      words[i + RECEIVED] = Sample.NO_TIME;
      words[i + BEFORE] = Sample.NO_TIME;
    }
  }

  /** Time of the newest value, or {@link Sample#NO_TIME}. */
  long newestNs(int signal) {
    return words[signal * WORDS + NEWEST];
  }

  /** When the first value came in the session in which the last one came. */
  long knownSinceNs(int signal) {
    return words[signal * WORDS + KNOWN_SINCE];
  }

  /** Something came in the session that began then. */
  void know(int signal, long receivedNs, long sessionSinceNs) {
    if (words[signal * WORDS + KNOWN_SINCE] < sessionSinceNs) {
      words[signal * WORDS + KNOWN_SINCE] = receivedNs;
    }
  }

  /** The time of the newest value before the last batch, or {@link Sample#NO_TIME}. */
  long beforeBatchNs(int signal) {
    return words[signal * WORDS + BEFORE];
  }

  /** Whether this is the last sample again; one without source time or with a text never is. */
  boolean isRepeated(int signal, long sourceTimeNs, int itsStatus, double value, int flags) {
    int at = signal * WORDS;
    return words[at + SOURCE] == sourceTimeNs
        && (flags & (Sample.NO_SOURCE_TIME | Sample.TEXT)) == 0
        && words[at + STATUS] == itsStatus
        && words[at + VALUE] == Double.doubleToRawLongBits(value);
  }

  /** Whether a sample is newer than all before, and not the first of the session. */
  boolean isNext(int signal, long sourceTimeNs, long sessionSinceNs) {
    int at = signal * WORDS;
    return words[at + NEWEST] < sourceTimeNs
        && words[at + SOURCE] != sourceTimeNs
        && words[at + KNOWN_SINCE] >= sessionSinceNs;
  }

  /** A value is about to come in a batch that was received then. */
  void batch(int signal, long receivedNs) {
    int at = signal * WORDS;
    if (words[at + RECEIVED] != receivedNs) {
      words[at + RECEIVED] = receivedNs;
      words[at + BEFORE] = words[at + NEWEST];
    }
  }

  /** A value of a time came. */
  void set(int signal, long timeNs, long sourceTimeNs, int itsStatus, double value) {
    int at = signal * WORDS;
    words[at + NEWEST] = Math.max(words[at + NEWEST], timeNs);
    words[at + SOURCE] = sourceTimeNs;
    words[at + VALUE] = Double.doubleToRawLongBits(value);
    words[at + STATUS] = itsStatus;
  }

  void copyFrom(LastSamples old, int from, int to) {
    System.arraycopy(old.words, from * WORDS, words, to * WORDS, WORDS);
  }

  void write(Snapshot.Writer out) {
    for (int word = 0; word < WORDS; word++) {
      out.putColumn(words, word, WORDS);
    }
  }

  void read(Snapshot.Reader in) {
    for (int word = 0; word < WORDS; word++) {
      in.getColumn(words, word, WORDS);
    }
  }
}
