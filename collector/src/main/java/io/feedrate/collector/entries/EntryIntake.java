package io.feedrate.collector.entries;

import io.feedrate.collector.chain.ChainedFile;
import io.feedrate.collector.chain.ChainedFile.RawLine;
import io.feedrate.collector.journal.EntryKind;
import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.store.LogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the lines of one file to the journal of the running collector, in their order and each
 * once. A file that is not what the log has of it is told of in the collector's own log, and stops
 * nothing: what is added to it properly is taken all the same.
 *
 * <p><b>Thread</b>: its owner's. <b>Errors</b>: a journal that cannot be written throws.
 */
public final class EntryIntake {
  private static final Logger LOG = LoggerFactory.getLogger(EntryIntake.class);

  /** The longest line, characters; no program of ours writes one as long. */
  private static final int MAX_LINE = 1 << 20;

  private final Path data;
  private final Path file;
  private final EntryKind kind;
  private final Journal journal;
  private final Supplier<LogReader> log;
  private @Nullable FileTime changed;
  private long size = -1;
  private long taken;
  private String digest = ChainedFile.first();
  private boolean isCut;

  /**
   * An intake that has taken nothing yet.
   *
   * @param log opens what the log has, all that is journaled included
   */
  public EntryIntake(Path data, EntryKind kind, Journal journal, Supplier<LogReader> log) {
    this.data = data;
    this.file = data.resolve(kind.fileName());
    this.kind = kind;
    this.journal = journal;
    this.log = log;
  }

  /**
   * The first run of a start, when all that is journaled is in the log: compares the file with it,
   * and takes what it does not have.
   */
  public void begin() {
    List<String> logged = new ArrayList<>();
    try (LogReader reader = log.get()) {
      reader.entries(kind, row -> logged.add(row.line()));
    }
    try {
      List<String> findings = EntryCheck.compare(data, kind, logged);
      findings.forEach(finding -> LOG.error("{}", finding));
      if (!findings.isEmpty()) {
        LOG.error("{}", EntryCheck.mend(kind));
      }
      look();
      Set<String> known = new HashSet<>();
      logged.forEach(line -> known.add(ChainedFile.digest(line)));
      take(known);
    } catch (IOException e) {
      LOG.error("{} cannot be read: {}", file, e.toString());
    }
  }

  /** Takes what was added; cheap while nothing was. */
  public void run() {
    try {
      if (look()) {
        take(Set.of());
      }
    } catch (IOException e) {
      LOG.error("{} cannot be read: {}", file, e.toString());
    }
  }

  /** Whether the file is another than it was when this looked last. */
  private boolean look() throws IOException {
    FileTime nowChanged = null;
    long nowSize = 0;
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      nowChanged = now.lastModifiedTime();
      nowSize = now.size();
    } catch (NoSuchFileException e) {
      // nothing was entered yet
    }
    boolean isOther = nowSize != size || (nowChanged != null && !nowChanged.equals(changed));
    size = nowSize;
    changed = nowChanged;
    return isOther;
  }

  private void take(Set<String> known) throws IOException {
    if (isCut) {
      return;
    }
    if (size < taken) {
      isCut = true;
      LOG.error(
          "{} became shorter than what the log has of it: lines were removed. What is added from now"
              + " on is taken at the next start. {}",
          file,
          EntryCheck.mend(kind));
      return;
    }
    for (RawLine line : ChainedFile.rawLines(file, taken)) {
      boolean follows = digest.equals(EntryCheck.previousOf(line.text()));
      if (!known.contains(line.digest())) {
        if (line.text().length() > MAX_LINE) {
          LOG.error("{} holds a line of {} characters: not taken", file, line.text().length());
          return;
        }
        if (!follows) {
          LOG.error(
              "{}: a line does not follow the one before it, and is taken as it is: {}",
              file,
              EntryCheck.mend(kind));
        }
        journal.appendEntry(kind, line.text());
      }
      taken = line.end();
      digest = line.digest();
    }
  }
}
