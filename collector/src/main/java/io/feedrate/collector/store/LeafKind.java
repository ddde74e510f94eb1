package io.feedrate.collector.store;

/** What rows are leaves of the log. Codes are stored: they never change. */
public enum LeafKind {
  RESULT(1, "result", "id"),
  MODEL_UPDATE(2, "model_update", "id"),
  EPISODE(3, "episode", "id"),
  REGISTER(4, "register", "id"),
  EXCLUSION(5, "exclusion", "id"),
  HANDOVER(6, "handover", "era"),
  KEY(7, "log_key", "id"),
  GAP(8, "gap", "id"),
  ENTRY(9, "entry", "id");

  private final int code;
  private final String table;
  private final String idColumn;

  LeafKind(int code, String table, String idColumn) {
    this.code = code;
    this.table = table;
    this.idColumn = idColumn;
  }

  /** Its number in the table {@code log_leaf}. */
  int code() {
    return code;
  }

  /** The table of its rows. */
  public String table() {
    return table;
  }

  /** The column of the table that counts its rows. */
  String idColumn() {
    return idColumn;
  }

  /**
   * The kind of a number.
   *
   * @throws IllegalArgumentException if there is none
   */
  static LeafKind of(int code) {
    for (LeafKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no kind of leaf: " + code);
  }
}
