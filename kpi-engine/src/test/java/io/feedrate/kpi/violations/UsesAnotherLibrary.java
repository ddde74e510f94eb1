package io.feedrate.kpi.violations;

import org.assertj.core.data.Percentage;

public final class UsesAnotherLibrary {
  private UsesAnotherLibrary() {}

  public static Percentage half() {
    return Percentage.withPercentage(50);
  }
}
