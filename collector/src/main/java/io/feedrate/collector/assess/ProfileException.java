package io.feedrate.collector.assess;

import java.util.List;

/** A profile cannot be used. Its message is every problem, one to a line. */
public final class ProfileException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  ProfileException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** All problems in the order of the file, each as {@code file:line: path: what is wrong}. */
  public List<String> problems() {
    return problems;
  }
}
