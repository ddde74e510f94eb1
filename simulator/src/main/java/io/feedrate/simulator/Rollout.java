package io.feedrate.simulator;

import io.feedrate.kpi.ModelStage;

/**
 * One model update of one node, as it really was.
 *
 * <p><b>Thread</b>: any. <b>Units</b>: times in epoch milliseconds of the clock of who reported
 * them, exactly as sent.
 */
public final class Rollout {
  /** Value of {@link #servedMs()} before the first production inference. */
  public static final long NOT_SERVED = Long.MIN_VALUE;

  private final String node;
  private final String model;
  private final String version;
  private final String digest;
  private final long approvedMs;
  private ModelStage stage = ModelStage.APPROVED;
  private long servedMs = NOT_SERVED;
  private boolean superseded;

  Rollout(String node, String model, String version, String digest, long approvedMs) {
    this.node = node;
    this.model = model;
    this.version = version;
    this.digest = digest;
    this.approvedMs = approvedMs;
  }

  public String node() {
    return node;
  }

  public String model() {
    return model;
  }

  public String version() {
    return version;
  }

  public String digest() {
    return digest;
  }

  /** When the registry approved it. */
  public long approvedMs() {
    return approvedMs;
  }

  /** The stage reported last. */
  public synchronized ModelStage stage() {
    return stage;
  }

  /** Time of the first production inference by it, or {@link #NOT_SERVED}. */
  public synchronized long servedMs() {
    return servedMs;
  }

  /** Whether a newer version was approved before this one served. */
  public synchronized boolean superseded() {
    return superseded;
  }

  synchronized void reach(ModelStage next) {
    stage = next;
  }

  synchronized void serve(long atMs) {
    if (servedMs == NOT_SERVED) {
      servedMs = atMs;
    }
  }

  synchronized void supersede() {
    superseded = servedMs == NOT_SERVED && stage != ModelStage.FAILED;
  }

  @Override
  public synchronized String toString() {
    return node + " " + model + ":" + version + " " + stage + " served " + servedMs;
  }
}
