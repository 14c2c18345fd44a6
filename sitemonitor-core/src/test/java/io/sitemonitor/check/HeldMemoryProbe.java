package io.sitemonitor.check;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A process of its own that runs one check again and again and collects garbage all the while: what is left each time is
 * what the run holds just then. Prints the most of it, in bytes.
 */
final class HeldMemoryProbe {

    private static final int RUNS_TO_WARM_UP = 3;
    private static final int RUNS = 8;

    private HeldMemoryProbe() {}

    public static void main(String[] args) throws Exception {
        Check check = HeavyAnswer.valueOf(args[0]).check(Integer.parseInt(args[1]));
        for (int i = 0; i < RUNS_TO_WARM_UP; i++) {
            run(check);
        }
        long before = live();
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong most = new AtomicLong(before);
        Thread collector = new Thread(() -> {
            while (!over.get()) {
                most.accumulateAndGet(live(), Math::max);
            }
        });
        collector.start();
        for (int i = 0; i < RUNS; i++) {
            run(check);
        }
        over.set(true);
        collector.join();
        System.out.println(most.get() - before);
    }

    private static void run(Check check) throws Exception {
        CheckResult result = check.run(FixedContext.of(Duration.ofSeconds(60)));
        if (result.verdict() != Verdict.FAIL || result.failure() == FailureKind.CHECK_ERROR) {
            throw new IllegalStateException(result.toString());
        }
    }

    /** What was left when the last collection ended, without what has come since. */
    private static long live() {
        System.gc();
        return ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class).stream()
                .map(GarbageCollectorMXBean::getLastGcInfo)
                .filter(Objects::nonNull)
                .max(Comparator.comparingLong(GcInfo::getEndTime))
                .map(HeldMemoryProbe::heap)
                .orElseThrow();
    }

    private static long heap(GcInfo collection) {
        Map<String, MemoryUsage> after = collection.getMemoryUsageAfterGc();
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> after.get(pool.getName()).getUsed())
                .sum();
    }
}
