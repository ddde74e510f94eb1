package io.feedrate.collector.adapter.mqtt;

/**
 * The numbers of the samples messages of one source: +1 per message from any start, modulo 2^53.
 *
 * <p>A step tells what happened: 0 in sequence, over 0 so many messages were lost, under 0 a number
 * that was seen before ({@link #REPEATED}) or one that only a restarted source can have sent
 * ({@link #RESTARTED}).
 *
 * <p><b>Allocation</b>: 0.
 */
final class Sequence {

  static final long REPEATED = -1;
  static final long RESTARTED = -2;

  /** Nothing to compare with. */
  static final long FIRST = -3;

  static final String WRONG = "seq is no whole number of 0 or more below 2^53";

  private static final long MODULUS = 1L << 53;

  /** How far back a number may be that was sent again. */
  private static final long REPEAT_RANGE = 1000;

  private long last = MessageSink.NOT_TOLD;

  /** The number in a field, or {@link MessageSink#NOT_TOLD} where it is none. */
  static long of(Fields fields, int field) {
    long number = fields.has(field) ? fields.integer(field) : MessageSink.NOT_TOLD;
    return number >= 0 ? number : MessageSink.NOT_TOLD;
  }

  /** The step to a samples message of this number. */
  long stepTo(long sequence) {
    return last == MessageSink.NOT_TOLD ? FIRST : step(sequence, (last + 1) & (MODULUS - 1));
  }

  /** The step to a heartbeat that says that this number was the last one sent. */
  long stepToSent(long sequence) {
    return last == MessageSink.NOT_TOLD ? FIRST : step(sequence, last);
  }

  private static long step(long sequence, long expected) {
    long ahead = (sequence - expected) & (MODULUS - 1);
    if (ahead < MODULUS / 2) {
      return ahead;
    }
    return MODULUS - ahead <= REPEAT_RANGE ? REPEATED : RESTARTED;
  }

  long last() {
    return last;
  }

  /** Everything up to this number is settled: it is in the journal, or counted as lost. */
  void settle(long sequence) {
    last = sequence;
  }

  /** The number before the next one to settle. */
  void settleBefore(long sequence) {
    last = (sequence - 1) & (MODULUS - 1);
  }
}
