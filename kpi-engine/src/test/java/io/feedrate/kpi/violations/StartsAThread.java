package io.feedrate.kpi.violations;

public final class StartsAThread {
  private StartsAThread() {}

  public static void start(Runnable task) {
    new Thread(task).start();
  }
}
