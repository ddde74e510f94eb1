package io.feedrate.kpi.maturity;

/** What a responsible human states about an indicator, against or without telemetry. */
public sealed interface Declaration {

  /** Id of the indicator. */
  String indicator();

  /** Why, in a sentence. */
  String reason();

  /** Who is responsible for it. */
  String approver();

  /** When it was entered, epoch nanoseconds. */
  long enteredNs();

  /** It does not apply here: its weight is taken out. */
  record NotApplicable(String indicator, String reason, String approver, long enteredNs)
      implements Declaration {
    public NotApplicable {
      check(reason, approver);
    }
  }

  /** There is no such thing here: it counts as not satisfied. */
  record NotImplemented(String indicator, String reason, String approver, long enteredNs)
      implements Declaration {
    public NotImplemented {
      check(reason, approver);
    }
  }

  private static void check(String reason, String approver) {
    if (reason.isBlank() || approver.isBlank()) {
      throw new IllegalArgumentException("a declaration needs a reason and an approver");
    }
  }
}
