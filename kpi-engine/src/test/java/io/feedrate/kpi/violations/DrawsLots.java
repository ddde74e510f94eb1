package io.feedrate.kpi.violations;

import java.util.SplittableRandom;

public final class DrawsLots {
  private DrawsLots() {}

  public static int draw() {
    return new SplittableRandom().nextInt();
  }
}
