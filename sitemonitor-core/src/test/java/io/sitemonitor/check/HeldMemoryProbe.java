package io.sitemonitor.check;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A process of its own that runs one check again and again and collects garbage all the while: what is left each time is
 * what the run holds just then. Prints the most of it, in bytes.
 */
final class HeldMemoryProbe {

    private static final int RUNS_TO_WARM_UP = 5;
    private static final int RUNS = 15;

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

    private static long live() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
