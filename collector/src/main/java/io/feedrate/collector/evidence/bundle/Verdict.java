package io.feedrate.collector.evidence.bundle;

import java.util.ArrayList;
import java.util.List;

/** What is said of a bundle: the first findings of each weight in words, all of them counted. */
public final class Verdict {
  private static final int DESCRIBED = 50;

  /** The answer. */
  public enum Answer {
    /** Everything is there and fits. */
    OK,
    /** What is there fits, but something that should be there is not. */
    INCOMPLETE,
    /** Something does not fit: it was changed, or is not what it says. */
    INVALID
  }

  /**
   * Something that was found.
   *
   * @param file of the bundle that it is about
   */
  public record Finding(Answer weight, String file, String text) {}

  private final List<Finding> findings = new ArrayList<>();
  private final List<String> facts = new ArrayList<>();
  private final long[] counts = new long[Answer.values().length];

  void invalid(String file, String text) {
    add(new Finding(Answer.INVALID, file, text));
  }

  void incomplete(String file, String text) {
    add(new Finding(Answer.INCOMPLETE, file, text));
  }

  private void add(Finding finding) {
    if (counts[finding.weight().ordinal()]++ < DESCRIBED) {
      findings.add(finding);
    }
  }

  /** Something that was checked, or that the reader has to know. */
  void fact(String text) {
    facts.add(text);
  }

  /** The answer as it stands. */
  public Answer answer() {
    if (count(Answer.INVALID) > 0) {
      return Answer.INVALID;
    }
    return count(Answer.INCOMPLETE) > 0 ? Answer.INCOMPLETE : Answer.OK;
  }

  /** How many findings there are of a weight, described or not. */
  public long count(Answer weight) {
    return counts[weight.ordinal()];
  }

  /** Findings in the order in which they were made, at most 50 of each weight. */
  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** What was checked, and what the reader has to know. */
  public List<String> facts() {
    return List.copyOf(facts);
  }
}
