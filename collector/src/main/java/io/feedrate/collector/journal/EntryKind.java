package io.feedrate.collector.journal;

/** Files that people's entries are added to, line by line. Ordinals are journaled: append only. */
public enum EntryKind {
  /** Who did what. */
  AUDIT("audit.jsonl"),
  /** What people stated: documents, reviews, declarations. */
  STATEMENT("statements.jsonl");

  private final String fileName;

  EntryKind(String fileName) {
    this.fileName = fileName;
  }

  /** Name of the file in the data directory. */
  public String fileName() {
    return fileName;
  }
}
