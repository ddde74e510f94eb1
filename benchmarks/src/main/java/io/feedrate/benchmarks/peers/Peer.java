package io.feedrate.benchmarks.peers;

/** Who takes part, ourselves first. */
public enum Peer {
  FEEDRATE("Feedrate's engine, completeness alone", 40, ""),
  FEEDRATE_ALL("Feedrate's engine, all KPIs", 40, ""),
  ARRAYS("the ceiling: a loop over arrays", 250, ""),
  PLAIN("plain Java, maps and objects", 40, "≥ 5 x ours"),
  JET("Hazelcast Jet 5.7.0", 12, "≥ 8 x ours"),
  FLINK("Apache Flink 2.3.0", 8, "≥ 25 x ours");

  private final String title;
  private final int minutes;
  private final String wanted;

  Peer(String title, int minutes, String wanted) {
    this.title = title;
    this.minutes = minutes;
    this.wanted = wanted;
  }

  /** As readers know it. */
  public String title() {
    return title;
  }

  /** How much of its cost a sample is wanted, beside ours. */
  public String wanted() {
    return wanted;
  }

  /** How many minutes of samples take it about a second. */
  int minutes() {
    return minutes;
  }

  Contestant contestant() throws Exception {
    return switch (this) {
      case FEEDRATE -> FeedrateContestant.ofCompleteness();
      case FEEDRATE_ALL -> FeedrateContestant.ofAll();
      case ARRAYS -> new ArraysContestant();
      case PLAIN -> new PlainContestant();
      case JET -> new JetContestant();
      case FLINK -> new FlinkContestant();
    };
  }
}
