package io.feedrate.kpi.scenario;

import java.util.List;

/** Something that must come of a scenario. */
@FunctionalInterface
interface Expectation {

  /** What did not come true, as faults with their places; empty if all did. */
  List<Fault> check(Rehearsal rehearsal);
}
