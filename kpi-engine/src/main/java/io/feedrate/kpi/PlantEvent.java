package io.feedrate.kpi;

/**
 * One happening at an asset, as meters see it. One object is used again for all: valid during the
 * call only, so that events cost no allocation.
 */
public final class PlantEvent {
  /** A key or person that was not told. */
  public static final long NONE = 0;

  private int asset;
  private EventKind kind = EventKind.ADVICE_SHOWN;
  private long key;
  private long person;
  private long amount;
  private long of;
  private long atNs;
  private long receivedNs;

  /** Makes it another event; for the engine. */
  public PlantEvent set(
      int itsAsset,
      EventKind itsKind,
      long itsKey,
      long itsPerson,
      long itsAmount,
      long itsOf,
      long itsAtNs,
      long itsReceivedNs) {
    asset = itsAsset;
    kind = itsKind;
    key = itsKey;
    person = itsPerson;
    amount = itsAmount;
    of = itsOf;
    atNs = itsAtNs;
    receivedNs = itsReceivedNs;
    return this;
  }

  /** Register index of the asset. */
  public int asset() {
    return asset;
  }

  public EventKind kind() {
    return kind;
  }

  /** Fingerprint of what it belongs to (alarm, advice, part, …), or {@link #NONE}. */
  public long key() {
    return key;
  }

  /** Fingerprint of the person's pseudonym, or {@link #NONE}. */
  public long person() {
    return person;
  }

  /** How many, where the kind counts something; else 0. */
  public long amount() {
    return amount;
  }

  /** Of how many; else 0. */
  public long of() {
    return of;
  }

  /** When it happened by its source's clock, or was received where that was not told or absurd. */
  public long atNs() {
    return atNs;
  }

  /** When the collector learned of it. */
  public long receivedNs() {
    return receivedNs;
  }
}
