package io.feedrate.collector.exclusions;

import io.feedrate.collector.journal.ExclusionRecord;
import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.store.ExclusionRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what people entered to the journal of the running collector, in their order and each entry
 * once. Which ones the journal has is told by the results file, which is computed from the journal
 * up to its end before this begins: so there is no other cursor that a crash could leave behind or
 * ahead.
 *
 * <p><b>Thread</b>: its owner's. <b>Errors</b>: a file that cannot be read is warned of once and
 * stops nothing; a journal that cannot be written throws.
 */
public final class ExclusionIntake {
  private static final Logger LOG = LoggerFactory.getLogger(ExclusionIntake.class);

  private final ExclusionFile file;
  private final Journal journal;
  private final Set<String> taken = new HashSet<>();
  private @Nullable FileTime lastChange;
  private long lastSize = -1;

  /**
   * An intake.
   *
   * @param journaled all that the journal has
   */
  public ExclusionIntake(ExclusionFile file, Journal journal, Collection<ExclusionRow> journaled) {
    this.file = file;
    this.journal = journal;
    journaled.forEach(row -> taken.add(row.said().entry()));
  }

  /** Journals what is new; cheap while nothing is. */
  public void run() {
    if (!hasChanged()) {
      return;
    }
    List<ExclusionRecord> entries;
    try {
      entries = file.read();
    } catch (ExclusionException e) {
      LOG.warn("exclusions that were entered do not count: {}", e.getMessage());
      return;
    }
    for (ExclusionRecord entry : entries) {
      if (!taken.contains(entry.entry())) {
        journal.appendExclusion(entry);
        taken.add(entry.entry());
      }
    }
  }

  private boolean hasChanged() {
    try {
      if (!Files.exists(file.path())) {
        return false;
      }
      FileTime change = Files.getLastModifiedTime(file.path());
      long size = Files.size(file.path());
      boolean changed = size != lastSize || !change.equals(lastChange);
      lastSize = size;
      lastChange = change;
      return changed;
    } catch (IOException e) {
      LOG.warn("{} cannot be looked at: {}", file.path(), e.toString());
      return false;
    }
  }
}
