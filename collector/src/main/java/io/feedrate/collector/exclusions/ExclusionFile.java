package io.feedrate.collector.exclusions;

import io.feedrate.collector.chain.ChainedFile;
import io.feedrate.collector.journal.ExclusionRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * What people entered about exclusions, in the data directory: {@value #FILE_NAME}.
 *
 * <p><b>Thread</b>: any; threads and processes that append at once wait for each other, and a
 * collector may run. <b>Errors</b>: {@link ExclusionException}. <b>Bounds</b>: {@link #MAX_ENTRIES}
 * entries.
 */
public final class ExclusionFile {

  /** Name of the file in the data directory. */
  public static final String FILE_NAME = "exclusions.jsonl";

  /** The most entries, withdrawals included. */
  public static final int MAX_ENTRIES = 50_000;

  private final Path path;
  private final ChainedFile<ExclusionRecord> lines;

  /** That of a data directory; it need not have any yet. */
  public ExclusionFile(Path data) {
    path = data.resolve(FILE_NAME);
    lines =
        new ChainedFile<>(path, "entry", MAX_ENTRIES, new ExclusionJson(), ExclusionException::new);
  }

  /** Where it is, or will be. */
  Path path() {
    return path;
  }

  /** All entries in order, each with the digest of its line. */
  public List<ExclusionRecord> read() {
    return records(lines.read());
  }

  /** Adds what a function makes of the entries there are; nobody else adds any meanwhile. */
  void append(Function<List<ExclusionRecord>, List<ExclusionRecord>> next) {
    lines.append(there -> next.apply(records(there)));
  }

  private static List<ExclusionRecord> records(List<ChainedFile.Line<ExclusionRecord>> lines) {
    return lines.stream().map(line -> line.value().withEntry(line.digest())).toList();
  }
}
