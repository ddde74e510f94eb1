package io.feedrate.benchmarks.peers;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * Bytes that all threads allocated, those that ended meanwhile as well: what collections freed plus
 * what is in the heap afterwards minus what was before.
 */
final class HeapMeter {
  private static final long WAIT_NS = 1_000_000;

  private final AtomicLong freed = new AtomicLong();
  private final AtomicLong collections = new AtomicLong();
  private long usedAtStart;

  HeapMeter() {
    long before = collections();
    for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) bean)
          .addNotificationListener((notification, handback) -> on(notification), null, null);
    }
    collections.set(before);
  }

  private void on(javax.management.Notification notification) {
    if (!notification
        .getType()
        .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
      return;
    }
    GcInfo info =
        GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
            .getGcInfo();
    freed.addAndGet(heap(info, true) - heap(info, false));
    collections.incrementAndGet();
  }

  private static long heap(GcInfo info, boolean before) {
    long sum = 0;
    var usage = before ? info.getMemoryUsageBeforeGc() : info.getMemoryUsageAfterGc();
    for (var pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage its = usage.get(pool.getName());
      if (its != null && pool.getType() == java.lang.management.MemoryType.HEAP) {
        sum += its.getUsed();
      }
    }
    return sum;
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  void start() {
    usedAtStart = collected();
    freed.set(0);
  }

  long stop() {
    long used = collected();
    return freed.get() + used - usedAtStart;
  }

  /** What is in use after a collection of which the notification, the last one, has come. */
  private long collected() {
    System.gc();
    while (collections.get() < collections()) {
      LockSupport.parkNanos(WAIT_NS);
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
