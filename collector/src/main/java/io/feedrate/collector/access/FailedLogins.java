package io.feedrate.collector.access;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Counts logins that failed: who fails too often has to wait, and the audit trail gets them summed
 * up. It remembers a bounded number of addresses; the one that was quiet for longest is forgotten
 * first.
 *
 * <p><b>Thread</b>: any.
 */
public final class FailedLogins {

  /** So many in a row are free. */
  public static final int FREE = 10;

  /** After these one more is free each so often. */
  public static final long REFILL_NS = TimeUnit.SECONDS.toNanos(10);

  static final int MAX_ADDRESSES = 1_000;
  private static final int NAMED = 5;

  private static final class Bucket {
    private long failures; // that still count
    private long sinceNs;
  }

  private final LongSupplier nanoTime;
  private final LinkedHashMap<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);
  private final LinkedHashMap<String, Long> untold = new LinkedHashMap<>();
  private long untoldCount;

  /**
   * @param nanoTime a clock such as {@link System#nanoTime()}
   */
  public FailedLogins(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** How long this address has to wait before it may try again, seconds; 0 if it need not. */
  public synchronized long waitSeconds(String address) {
    Bucket bucket = buckets.get(address);
    if (bucket == null) {
      return 0;
    }
    refill(bucket);
    if (bucket.failures < FREE) {
      return 0;
    }
    long leftNs = REFILL_NS - (nanoTime.getAsLong() - bucket.sinceNs);
    return Math.max(1, TimeUnit.NANOSECONDS.toSeconds(leftNs + TimeUnit.SECONDS.toNanos(1) - 1));
  }

  /** A login from this address failed. */
  public synchronized void failed(String address) {
    Bucket bucket = buckets.computeIfAbsent(address, a -> new Bucket());
    refill(bucket);
    if (bucket.failures == 0) {
      bucket.sinceNs = nanoTime.getAsLong();
    }
    bucket.failures = Math.min(FREE, bucket.failures + 1);
    if (buckets.size() > MAX_ADDRESSES) {
      buckets.remove(buckets.keySet().iterator().next());
    }
    untoldCount++;
    if (untold.containsKey(address) || untold.size() < NAMED) {
      untold.merge(address, 1L, Long::sum);
    }
  }

  private void refill(Bucket bucket) {
    long steps = (nanoTime.getAsLong() - bucket.sinceNs) / REFILL_NS;
    bucket.failures = Math.max(0, bucket.failures - steps);
    bucket.sinceNs += steps * REFILL_NS;
  }

  /**
   * What failed since this was asked last.
   *
   * @param count all of them
   * @param byAddress those of the first addresses
   */
  public record Summary(long count, Map<String, Long> byAddress) {
    public Summary {
      byAddress = Collections.unmodifiableMap(new TreeMap<>(byAddress));
    }
  }

  /** Whether there is something to sum up. */
  public synchronized boolean isUntold() {
    return untoldCount > 0;
  }

  /** Sums up what nobody was told yet. */
  public synchronized Summary takeSummary() {
    Summary summary = new Summary(untoldCount, untold);
    untold.clear();
    untoldCount = 0;
    return summary;
  }
}
