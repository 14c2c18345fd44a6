package io.sitemonitor.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures what a run holds: a process of its own runs one check again and again and collects garbage all the while, and what
 * is left each time is what the run holds just then.
 */
public final class HeldMemoryProbe {

    /** Makes the check; an enum, whose constant is found again in the other process. */
    @FunctionalInterface
    public interface Subject {

        Check check(int port);
    }

    /** The most that a run may hold. */
    public static final long LIMIT = 4L * 1024 * 1024;

    /** Otherwise up to a twentieth of the old generation may be garbage that was not worth moving, and would be counted. */
    private static final String NO_GARBAGE_LEFT = "-XX:MarkSweepDeadRatio=0";

    private static final int RUNS_TO_WARM_UP = 3;
    private static final int RUNS = 8;

    private HeldMemoryProbe() {}

    /**
     * Measures.
     *
     * @param subject whose check runs
     * @param port where it connects to
     * @param directory where there is room for a file
     * @return the most that a run has held, in bytes
     */
    public static <E extends Enum<E> & Subject> long held(E subject, int port, Path directory) throws Exception {
        Path out = directory.resolve("out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        NO_GARBAGE_LEFT,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        HeldMemoryProbe.class.getName(),
                        subject.getDeclaringClass().getName(),
                        subject.name(),
                        Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(process.waitFor(150, TimeUnit.SECONDS)).isTrue();
            String text = Files.readString(out, StandardCharsets.UTF_8);
            assertThat(process.exitValue()).as(text).isZero();
            return Long.parseLong(
                    text.lines().reduce((first, last) -> last).orElse("").strip());
        } finally {
            process.destroyForcibly();
        }
    }

    public static void main(String[] args) throws Exception {
        Check check = subject(args[0], args[1]).check(Integer.parseInt(args[2]));
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

    private static Subject subject(String type, String name) throws ClassNotFoundException {
        return Arrays.stream(Class.forName(type).getEnumConstants())
                .filter(each -> ((Enum<?>) each).name().equals(name))
                .map(Subject.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static void run(Check check) throws Exception {
        CheckResult result = check.run(FixedContext.of(Duration.ofSeconds(60)));
        if (result.verdict() == Verdict.PASS || result.failure() == FailureKind.CHECK_ERROR) {
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
