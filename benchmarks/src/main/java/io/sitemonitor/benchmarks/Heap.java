package io.sitemonitor.benchmarks;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * What is allocated and what stays. Allocations are added up from what the heap grows by between collections, because no
 * other figure covers virtual threads and threads that have ended on every JDK.
 */
final class Heap {

    private static final int MOST_WAITS = 500;

    private final Set<String> pools = new HashSet<>();

    // guarded by this
    private long allocated;
    private long usedAfter;
    private long seen;

    Heap() {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP) {
                pools.add(pool.getName());
            }
        }
        seen = collections();
        for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (bean instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener((notification, none) -> collected(notification), null, null);
            }
        }
    }

    private synchronized void collected(Notification notification) {
        if (!notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            return;
        }
        GcInfo info = GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
                .getGcInfo();
        allocated += Math.max(0, used(info.getMemoryUsageBeforeGc()) - usedAfter);
        usedAfter = used(info.getMemoryUsageAfterGc());
        seen++;
    }

    private long used(Map<String, MemoryUsage> usage) {
        return usage.entrySet().stream()
                .filter(entry -> pools.contains(entry.getKey()))
                .mapToLong(entry -> entry.getValue().getUsed())
                .sum();
    }

    /** Collects, and returns how many bytes have been allocated since the beginning. */
    long allocated() throws InterruptedException {
        System.gc();
        for (int i = 0; i < MOST_WAITS && !isUpToDate(); i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        synchronized (this) {
            return allocated;
        }
    }

    private synchronized boolean isUpToDate() {
        return seen >= collections();
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(bean -> Math.max(0, bean.getCollectionCount()))
                .sum();
    }

    /** Collects until nothing more can be collected, and returns what stays. */
    static long live() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(50); // references to what was collected are queued and let go by other threads
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
