package io.feedrate.kpi;

/**
 * One inference result, as meters see it. One object is used again for all: valid during the call
 * only, so that inferences cost no allocation. Whoever makes one sets the fields that were told.
 */
public final class Inference {
  /** Register index of the node, or of its asset. */
  public int asset;

  /** Names of node, model, version and digest, ids from {@link Names}. */
  public int node;

  public int model;
  public int version;
  public int digest;

  /** Fingerprint of its identity, {@link PlantEvent#NONE} where not told. */
  public long key;

  /** Fingerprint of the part that it is about, {@link PlantEvent#NONE} where not told. */
  public long part;

  public InferenceMode mode = InferenceMode.PRODUCTION;

  /** Whether it succeeded. */
  public boolean ok;

  /** Whether the controller is expected to act on it. */
  public boolean actionable;

  public Decision decision = Decision.NONE;

  /** When its input was taken, by the node's clock, or {@link Sample#NO_TIME}. */
  public long inputNs;

  /** When it was made, by the node's clock, or {@link Sample#NO_TIME}. */
  public long inferenceNs;

  /** How long it took, negative where not told. */
  public long latencyNs;

  /** When the collector received it. */
  public long receivedNs;

  /** The time that decides its window: its own, or of receipt where that was not told or absurd. */
  public long atNs;

  /** Sets everything to not told. */
  public Inference clear() {
    asset = -1;
    node = Names.EMPTY;
    model = Names.EMPTY;
    version = Names.EMPTY;
    digest = Names.EMPTY;
    key = PlantEvent.NONE;
    part = PlantEvent.NONE;
    mode = InferenceMode.PRODUCTION;
    ok = true;
    actionable = false;
    decision = Decision.NONE;
    inputNs = Sample.NO_TIME;
    inferenceNs = Sample.NO_TIME;
    latencyNs = -1;
    receivedNs = Sample.NO_TIME;
    atNs = Sample.NO_TIME;
    return this;
  }
}
