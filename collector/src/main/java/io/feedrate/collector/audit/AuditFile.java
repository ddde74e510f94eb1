package io.feedrate.collector.audit;

import io.feedrate.collector.chain.ChainedFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * The audit trail of a data directory: {@value #FILE_NAME}. Nothing is ever dropped from it: when
 * it is full, what would have to be written to it is refused.
 *
 * <p><b>Thread</b>: any; several processes may append, and a collector may run. <b>Errors</b>:
 * {@link AuditException}. <b>Bounds</b>: {@link #MAX_ENTRIES} entries.
 */
public final class AuditFile {

  /** Name of the file in the data directory. */
  public static final String FILE_NAME = "audit.jsonl";

  /** The most entries: a hundred a day for nearly three years. */
  public static final int MAX_ENTRIES = 100_000;

  /** So many are kept for entries that end what was begun when there was room. */
  private static final int RESERVE = 100;

  private final Path path;
  private final ChainedFile<AuditEntry> lines;

  /** That of a data directory; it need not have any yet. */
  public AuditFile(Path data) {
    path = data.resolve(FILE_NAME);
    lines = new ChainedFile<>(path, "entry", MAX_ENTRIES, new AuditJson(), AuditException::new);
  }

  /** All entries, oldest first. */
  public List<AuditEntry> read() {
    return lines.read().stream().map(ChainedFile.Line::value).toList();
  }

  /**
   * Asks, before something is done that must be in the trail, whether it can be.
   *
   * @throws AuditException if the trail is full or damaged
   */
  public void requireRoom() {
    if (lines.read().size() > MAX_ENTRIES - RESERVE) {
      throw new AuditException(
          ("%s is full with %,d entries, and what must be in the audit trail is not done without it."
                  + " Keep this data directory as it is, and begin a new one")
              .formatted(path, MAX_ENTRIES - RESERVE),
          null);
    }
  }

  /** Adds what somebody did just now; when this returns it is on the disk. */
  public void append(Actor who, AuditEntry.Action action, String on) {
    AuditEntry entry = new AuditEntry(Instant.now(), who, action, on);
    lines.append(there -> List.of(entry));
  }
}
