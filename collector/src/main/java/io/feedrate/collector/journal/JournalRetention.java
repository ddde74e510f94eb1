package io.feedrate.collector.journal;

import io.feedrate.collector.journal.JournalFiles.HourFile;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the journal's oldest hours: those past the age once all sinks have them, and, as far as
 * the size forces it, also those that a sink has not, which is counted. What the engine has not
 * committed is never removed, and neither is the hour that is being written.
 *
 * <p><b>Thread</b>: one for {@link #run()}; any for the counts.
 */
public final class JournalRetention {
  private static final Logger LOG = LoggerFactory.getLogger(JournalRetention.class);

  private final Journal journal;
  private final Duration maxAge;
  private final long maxBytes;
  private final LongSupplier enginePosition;
  private final LongSupplier sinkPosition;
  private final BeforeRemoval beforeRemoval;
  private final Map<Integer, Long> usedByCycle = new HashMap<>();
  private volatile Counts counts = new Counts(0, 0, 0, 0);

  /**
   * Retention of one journal.
   *
   * @param enginePosition up to where the engine has committed
   * @param sinkPosition up to where the slowest sink is, the largest long where there is none
   */
  public JournalRetention(
      Journal journal,
      Duration maxAge,
      long maxBytes,
      LongSupplier enginePosition,
      LongSupplier sinkPosition,
      BeforeRemoval beforeRemoval) {
    this.journal = journal;
    this.maxAge = maxAge;
    this.maxBytes = maxBytes;
    this.enginePosition = enginePosition;
    this.sinkPosition = sinkPosition;
    this.beforeRemoval = beforeRemoval;
  }

  /**
   * What was removed since the process started.
   *
   * @param files hours removed
   * @param unforwardedFiles those among them that a sink had not read to their end
   * @param removedBytes their size
   * @param bytes size of the journal after the last run
   */
  public record Counts(long files, long unforwardedFiles, long removedBytes, long bytes) {}

  /** Keeps what is needed of records that are about to be removed. */
  @FunctionalInterface
  public interface BeforeRemoval {
    /**
     * Called before the journal's first records go.
     *
     * @param removed which positions are about to go; only the first ones do
     * @return whether they may go
     */
    boolean prepare(LongPredicate removed);
  }

  /** Removes what is due; call it about once a minute. */
  public void run() throws IOException {
    List<HourFile> files = JournalFiles.list(journal.directory());
    long bytes = 0;
    for (int i = 0; i < files.size(); i++) {
      bytes += usedBytes(files.get(i), i < files.size() - 1);
    }
    int next = 0;
    while (next < files.size() - 1 && isDue(files.get(next), bytes)) {
      HourFile file = files.get(next++);
      long freed = usedBytes(file, true);
      if (!remove(file, freed)) {
        break;
      }
      bytes -= freed;
    }
    counts = new Counts(counts.files, counts.unforwardedFiles, counts.removedBytes, bytes);
  }

  /** Asked once for an hour that is over: it does not change any more. */
  private long usedBytes(HourFile file, boolean isOver) {
    return isOver
        ? usedByCycle.computeIfAbsent(file.cycle(), cycle -> journal.usedBytes(file))
        : journal.usedBytes(file);
  }

  private boolean isDue(HourFile file, long bytes) {
    if (file.cycle() >= journal.cycle(enginePosition.getAsLong())) {
      return false;
    }
    boolean old = file.endNs() + maxAge.toNanos() < journal.clock().nowNs();
    return bytes > maxBytes || (old && !isUnforwarded(file));
  }

  private boolean isUnforwarded(HourFile file) {
    return file.cycle() >= journal.cycle(sinkPosition.getAsLong());
  }

  private boolean remove(HourFile file, long freed) throws IOException {
    if (!beforeRemoval.prepare(position -> journal.cycle(position) <= file.cycle())) {
      LOG.warn("{} stays: it holds what the engine needs", file.path());
      return false;
    }
    boolean unforwarded = isUnforwarded(file);
    if (unforwarded) {
      LOG.warn("{} was removed before a sink had read it: the journal is full", file.path());
    } else {
      LOG.info("{} was removed", file.path());
    }
    Files.delete(file.path());
    journal.refresh();
    usedByCycle.remove(file.cycle());
    counts =
        new Counts(
            counts.files + 1,
            counts.unforwardedFiles + (unforwarded ? 1 : 0),
            counts.removedBytes + freed,
            counts.bytes);
    return true;
  }

  /** What was removed. */
  public Counts counts() {
    return counts;
  }
}
