package io.sitemonitor.check.jvm;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.check.jvm.CollectionGauge.Sample;
import io.sitemonitor.check.jvm.HeapGauge.Pool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The general contract of checks is not extended here: these checks read numbers that are at hand, so there is nothing to
 * hang, to cancel, to measure in phases, or to hide. What of it fits stands below.
 */
@Timeout(60)
class JvmCheckTest {

    private static CheckResult run(Check check) throws Exception {
        return check.run(FixedContext.of(ofSeconds(20)));
    }

    private static String found(Check check) throws Exception {
        return run(check).summary();
    }

    @Nested
    class Numbers {

        private double value;
        private final DoubleSupplier source = () -> value;
        private final JvmCheck gauge = JvmCheck.gauge("the lag", source);

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                4.9  | ASSERTION: the lag is 4.9, less than 5
                5    | WARN: the lag is 5, less than 10
                9.99 | WARN: the lag is 9.99, less than 10
                10   | PASS: the lag is 10
                20   | PASS: the lag is 20
                20.5 | WARN: the lag is 20.5, more than 20
                30   | WARN: the lag is 30, more than 20
                31   | ASSERTION: the lag is 31, more than 30
                """)
        void areHeldAgainstLimits(double number, String summary) throws Exception {
            value = number;
            assertThat(found(gauge.failBelow(5).warnBelow(10).warnAbove(20).failAbove(30)))
                    .isEqualTo(summary);
        }

        @Test
        void passWithoutALimit() throws Exception {
            value = -1e300;
            assertThat(run(gauge).verdict()).isEqualTo(Verdict.PASS);
        }

        @ParameterizedTest
        @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
        void areNotGuessed(double number) throws Exception {
            value = number;
            assertThat(found(gauge.failAbove(3))).isEqualTo("INCONCLUSIVE: the lag is no number now: " + number);
        }

        @Test
        void whatTheSupplierThrowsIsThrown() {
            JvmCheck check = JvmCheck.gauge("the lag", () -> {
                throw new IllegalStateException("gone");
            });
            assertThatThrownBy(() -> run(check))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("gone");
        }

        @Test
        void whoWaitsIsCounted() throws Exception {
            AtomicReference<Long> waiting = new AtomicReference<>(0L);
            JvmCheck check =
                    JvmCheck.waiting("a connection", waiting::get).warnAbove(0).failAbove(20);
            assertThat(found(check)).isEqualTo("PASS: 0 wait for a connection");
            waiting.set(1L);
            assertThat(found(check)).isEqualTo("WARN: 1 waits for a connection, more than 0");
            waiting.set(21L);
            assertThat(found(check)).isEqualTo("ASSERTION: 21 wait for a connection, more than 20");
        }

        @Test
        void anIntegerGetterDoes() throws Exception {
            List<String> queue = List.of("a", "b");
            assertThat(found(JvmCheck.waiting("a clerk", queue::size))).isEqualTo("PASS: 2 wait for a clerk");
        }
    }

    @Nested
    class Heap {

        private static final long MAX = 1_000;

        /** The limits as they are without one of the user's. */
        private CheckResult judged(Pool... pools) throws Exception {
            Reading reading = HeapGauge.reading(List.of(pools), MAX);
            Gauge fixed = new FixedGauge(reading, new HeapGauge());
            return run(JvmCheck.of(fixed));
        }

        @Test
        void whatCollectionsLeftCountsAndNotWhatIsInUse() throws Exception {
            assertThat(judged(new Pool("young", 500, 0), new Pool("old", 499, 800))
                            .summary())
                    .isEqualTo("PASS: 80 % of the heap in use after collection");
            assertThat(judged(new Pool("young", 0, 1), new Pool("old", 0, 800)).summary())
                    .isEqualTo("WARN: 80.1 % of the heap in use after collection, more than 80 %");
            CheckResult full = judged(new Pool("young", 0, 20), new Pool("old", 0, 940));
            assertThat(full.summary()).isEqualTo("ASSERTION: 96 % of the heap in use after collection, more than 95 %");
            assertThat(full.failure()).isEqualTo(FailureKind.ASSERTION);
        }

        @Test
        void whatWasNotCollectedYetCountsAsTheMostThatMayBeLeft() throws Exception {
            assertThat(judged(new Pool("young", 100, -1), new Pool("old", 600, -1))
                            .summary())
                    .isEqualTo("PASS: between 0 % and 70 % of the heap in use; no collection yet of young, old");
            assertThat(judged(new Pool("young", 300, -1), new Pool("old", 600, -1))
                            .summary())
                    .isEqualTo(
                            "INCONCLUSIVE: between 0 % and 90 % of the heap in use; no collection yet of young, old");
            assertThat(judged(new Pool("young", 999, 10), new Pool("old", 650, -1))
                            .summary())
                    .isEqualTo("PASS: between 1 % and 66 % of the heap in use; no collection yet of old");
            assertThat(judged(new Pool("young", 5, 970), new Pool("old", 10, -1))
                            .summary())
                    .isEqualTo("ASSERTION: between 97 % and 98 % of the heap in use; no collection yet of old,"
                            + " more than 95 %");
            assertThat(judged(new Pool("young", 5, 400), new Pool("old", 0, -1)).summary())
                    .as("an empty pool leaves nothing open")
                    .isEqualTo("PASS: 40 % of the heap in use after collection");
        }

        @Test
        void whatTheJvmDoesNotTellIsNotGuessed() throws Exception {
            assertThat(judged().summary()).isEqualTo("INCONCLUSIVE: no pool of this heap tells what collections leave");
            assertThat(HeapGauge.reading(List.of(new Pool("old", 1, 1)), -1).instead())
                    .isEqualTo(CheckResult.inconclusive("this heap has no maximum"));
        }

        @Test
        void thisJvmTellsIt() throws Exception {
            CheckResult result = run(JvmCheck.heapAfterCollection().failAbove(0.999));
            assertThat(result.verdict()).as(result.summary()).isEqualTo(Verdict.PASS);
            assertThat(result.evidence().facts()).containsOnlyKeys("used", "maximum");
        }
    }

    /** A gauge with what another one has found. */
    private record FixedGauge(Reading reading, Gauge other) implements Gauge {

        @Override
        public Reading read() {
            return reading;
        }

        @Override
        public String what() {
            return other.what();
        }

        @Override
        public Unit unit() {
            return other.unit();
        }

        @Override
        public Limits usual() {
            return other.usual();
        }
    }

    @Nested
    class Collections {

        private Sample sample = new Sample(60_000, 600);
        private final Supplier<Sample> source = () -> sample;
        private final JvmCheck check = JvmCheck.of(CollectionGauge.of(source));

        private String at(long uptime, long collecting) throws Exception {
            sample = new Sample(uptime, collecting);
            return found(check);
        }

        @Test
        void countSinceTheStartAtFirstAndThenSinceTheRunBefore() throws Exception {
            assertThat(at(60_000, 600)).isEqualTo("PASS: 1 % of the last 1 min spent in collections");
            assertThat(at(90_000, 3_600)).isEqualTo("PASS: 10 % of the last 30 s spent in collections");
            assertThat(at(100_000, 4_700))
                    .isEqualTo("WARN: 11 % of the last 10 s spent in collections, more than 10 %");
            assertThat(at(102_000, 5_400))
                    .isEqualTo("ASSERTION: 35 % of the last 2 s spent in collections, more than 30 %");
            assertThat(at(104_000, 5_400)).isEqualTo("PASS: 0 % of the last 2 s spent in collections");
        }

        @Test
        void aRunRightAfterAnotherLooksBackBeyondIt() throws Exception {
            at(60_000, 600);
            at(90_000, 600);
            assertThat(at(90_010, 610))
                    .as("10 ms of collection in 10 ms")
                    .isEqualTo("PASS: 0.03 % of the last 30 s spent in collections");
            assertThat(at(90_020, 620)).isEqualTo("PASS: 0.07 % of the last 30 s spent in collections");
            assertThat(at(91_000, 620)).isEqualTo("PASS: 2 % of the last 1 s spent in collections");
        }

        @Test
        void theFirstRunAtOnceAfterTheStartLooksBackToIt() throws Exception {
            assertThat(at(0, 0)).isEqualTo("INCONCLUSIVE: no time has passed yet");
            assertThat(at(500, 400)).startsWith("ASSERTION: 80 % of the last 500 ms");
        }

        @Test
        void whatTheJvmDoesNotTellIsNotGuessed() throws Exception {
            assertThat(at(10_000, -1))
                    .isEqualTo("INCONCLUSIVE: the collectors of this JVM do not tell how long they take");
        }

        @ParameterizedTest
        @CsvSource({
            "G1 Young Generation, true",
            "G1 Old Generation, true",
            "G1 Concurrent GC, false",
            "Copy, true",
            "MarkSweepCompact, true",
            "PS Scavenge, true",
            "ZGC Pauses, true",
            "ZGC Cycles, false",
            "ZGC Major Pauses, true",
            "ZGC Minor Cycles, false",
            "Shenandoah Pauses, true",
            "Shenandoah Cycles, false"
        })
        void onlyWhatStopsTheApplicationCounts(String collector, boolean counts) {
            assertThat(CollectionGauge.stopsTheApplication(collector)).isEqualTo(counts);
        }

        @Test
        void thisJvmTellsIt() throws Exception {
            CheckResult result = run(JvmCheck.collectionTime().failAbove(1));
            assertThat(result.verdict()).as(result.summary()).isEqualTo(Verdict.PASS);
            assertThat(result.evidence().facts()).containsOnlyKeys("collecting", "of");
        }

        @Test
        void whatItRemembersDoesNotBearOnWhatItIs() throws Exception {
            JvmCheck other = JvmCheck.collectionTime();
            run(other);
            assertThat(other).isEqualTo(JvmCheck.collectionTime()).hasSameHashCodeAs(JvmCheck.collectionTime());
            assertThat(other).isNotEqualTo(check);
        }
    }

    @Nested
    class Threads {

        @Test
        void areCounted() throws Exception {
            CheckResult many = run(JvmCheck.threads().failAbove(1));
            assertThat(many.summary()).matches("ASSERTION: \\d+ threads, more than 1");
            assertThat(many.evidence().facts()).containsOnlyKeys("daemons", "peak");
            assertThat(run(JvmCheck.threads()).verdict()).isEqualTo(Verdict.PASS);
        }

        @Test
        void thatWaitForEachOtherAreNamed() throws Exception {
            assertThat(found(JvmCheck.deadlocks())).isEqualTo("PASS: no deadlock");
            ReentrantLock one = new ReentrantLock();
            ReentrantLock other = new ReentrantLock();
            CyclicBarrier bothHold = new CyclicBarrier(2);
            Thread first = holding(one, other, bothHold, "first\nand worst");
            Thread second = holding(other, one, bothHold, "second");
            try {
                await().until(() -> run(JvmCheck.deadlocks()).verdict() == Verdict.FAIL);
                CheckResult result = run(JvmCheck.deadlocks());
                assertThat(result.summary())
                        .startsWith("ASSERTION: 2 threads are deadlocked: ")
                        .contains("'first and worst'")
                        .contains("'second'");
                assertThat(SafeText.isLine(result.message())).isTrue();
            } finally {
                first.interrupt();
                second.interrupt();
            }
            first.join();
            second.join();
            assertThat(found(JvmCheck.deadlocks())).isEqualTo("PASS: no deadlock");
        }

        private Thread holding(ReentrantLock mine, ReentrantLock yours, CyclicBarrier bothHold, String name) {
            Thread thread = new Thread(
                    () -> {
                        mine.lock();
                        try {
                            bothHold.await();
                            yours.lockInterruptibly();
                        } catch (Exception e) {
                            // the test is over
                        } finally {
                            mine.unlock();
                        }
                    },
                    name);
            thread.setDaemon(true);
            thread.start();
            return thread;
        }

        @Test
        void aCheckForDeadlocksIsEqualToAnyOther() {
            assertThat(JvmCheck.deadlocks())
                    .isEqualTo(JvmCheck.deadlocks())
                    .hasToString("JVM deadlocks")
                    .satisfies(check -> {
                        assertThat(check.kind()).isEqualTo("jvm");
                        assertThat(check.target()).isEqualTo("deadlocks");
                    });
        }
    }

    @Nested
    class Executor {

        private final CountDownLatch over = new CountDownLatch(1);

        private void occupy(ExecutorService executor, int tasks) {
            for (int i = 0; i < tasks; i++) {
                executor.execute(() -> {
                    try {
                        over.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
        }

        private void end(ExecutorService executor) throws InterruptedException {
            over.countDown();
            executor.shutdown();
            assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }

        @Test
        void busyThreadsAndQueuedTasksOfAFixedPool() throws Exception {
            ThreadPoolExecutor pool = (ThreadPoolExecutor) Executors.newFixedThreadPool(2);
            JvmCheck busy = JvmCheck.busyThreads(pool).warnAbove(0.5).failAbove(0.9);
            JvmCheck queued = JvmCheck.queuedTasks(pool).failAbove(2);
            assertThat(found(busy)).isEqualTo("PASS: 0 of 2 threads of the executor are busy");
            occupy(pool, 5);
            await().until(() -> pool.getActiveCount() == 2);
            CheckResult full = run(busy);
            assertThat(full.summary()).isEqualTo("ASSERTION: 2 of 2 threads of the executor are busy, more than 90 %");
            assertThat(full.evidence().facts()).containsOnly(Map.entry("busy", "2 of 2"), Map.entry("queued", "3"));
            assertThat(found(queued)).isEqualTo("ASSERTION: 3 tasks wait, more than 2");
            end(pool);
            assertThat(found(busy)).isEqualTo("ASSERTION: the executor is shut down");
            assertThat(found(queued)).isEqualTo("ASSERTION: the executor is shut down");
        }

        @Test
        void aPoolWithABoundedQueueMayGrow() throws Exception {
            ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 4, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(10));
            occupy(pool, 1);
            await().until(() -> pool.getActiveCount() == 1);
            assertThat(found(JvmCheck.busyThreads(pool))).startsWith("PASS: 1 of 4 threads");
            end(pool);
        }

        @Test
        void aPoolThatQueuesEverythingNeverGrows() throws Exception {
            ThreadPoolExecutor scheduled = (ThreadPoolExecutor) Executors.newScheduledThreadPool(3);
            assertThat(found(JvmCheck.busyThreads(scheduled))).startsWith("PASS: 0 of 3 threads");
            end(scheduled);
            ThreadPoolExecutor direct = new ThreadPoolExecutor(0, 7, 1, TimeUnit.SECONDS, new SynchronousQueue<>());
            assertThat(found(JvmCheck.busyThreads(direct))).startsWith("PASS: 0 of 7 threads");
            end(direct);
        }

        @Test
        void busyThreadsAndQueuedTasksOfAForkJoinPool() throws Exception {
            ForkJoinPool pool = new ForkJoinPool(2);
            occupy(pool, 5);
            await().until(() -> pool.getActiveThreadCount() == 2 && pool.getQueuedSubmissionCount() == 3);
            assertThat(found(JvmCheck.busyThreads(pool).failAbove(0.99)))
                    .isEqualTo("ASSERTION: 2 of 2 threads of the executor are busy, more than 99 %");
            assertThat(found(JvmCheck.queuedTasks(pool).failAbove(2)))
                    .isEqualTo("ASSERTION: 3 tasks wait, more than 2");
            end(pool);
            assertThat(found(JvmCheck.queuedTasks(pool))).isEqualTo("ASSERTION: the executor is shut down");
        }
    }

    @Nested
    class Disks {

        @TempDir
        private Path folder;

        @Test
        void tellWhatIsLeft() throws Exception {
            CheckResult share = run(JvmCheck.disk(folder).failBelow(0));
            assertThat(share.summary()).matches("PASS: [0-9.]+ % of the disk of .* left");
            assertThat(share.evidence().facts()).containsOnlyKeys("usable", "total");
            assertThat(found(JvmCheck.disk(folder).failBelow(1))).endsWith(" left, less than 100 %");
            assertThat(found(JvmCheck.diskBytes(folder).failBelow(1L << 62)))
                    .matches("ASSERTION: [0-9.]+ .iB of the disk of .* left, less than 4 EiB");
        }

        @Test
        void aFileWillDo() throws Exception {
            Path file = Files.writeString(folder.resolve("file"), "x");
            assertThat(run(JvmCheck.disk(file).failBelow(0)).verdict()).isEqualTo(Verdict.PASS);
        }

        @Test
        void aPathThatIsNotThereFails() throws Exception {
            Path path = folder.resolve("a\nb");
            assertThat(found(JvmCheck.disk(path))).isEqualTo("ASSERTION: there is no " + folder.resolve("a b"));
            assertThat(SafeText.isLine(JvmCheck.disk(path).toString())).isTrue();
        }

        @Test
        @EnabledOnOs(OS.LINUX)
        void oneThatDoesNotTellItsSizeIsNotGuessed() throws Exception {
            Path kernel = Path.of("/proc");
            assertThat(found(JvmCheck.disk(kernel)))
                    .isEqualTo("INCONCLUSIVE: the disk of /proc does not tell its size");
            assertThat(found(JvmCheck.diskBytes(kernel).failBelow(1)))
                    .isEqualTo("INCONCLUSIVE: the disk of /proc does not tell its size");
        }
    }

    @Nested
    class FileDescriptors {

        @Test
        void thisSystemTellsItsOpenFiles() throws Exception {
            OpenFiles files = OpenFiles.read();
            CheckResult result = run(JvmCheck.openFiles());
            if (files == null) {
                assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            } else {
                assertThat(files.open()).isPositive();
                assertThat(result.summary()).matches("[A-Z]+: [0-9.]+ % of the file descriptors in use.*");
            }
        }

        @Test
        void aShareOfTheLimitIsJudged() throws Exception {
            assertThat(found(JvmCheck.of(
                            new FixedGauge(OpenFilesGauge.reading(new OpenFiles(961, 1_000)), new OpenFilesGauge()))))
                    .isEqualTo("ASSERTION: 96.1 % of the file descriptors in use, more than 95 %");
        }

        @ParameterizedTest
        @CsvSource({"5, 0", "5, -1", "-1, 100"})
        void whatTheSystemDoesNotTellIsNotGuessed(long open, long limit) {
            assertThat(OpenFilesGauge.reading(new OpenFiles(open, limit)).instead())
                    .isEqualTo(CheckResult.inconclusive("this system does not tell its open files and their limit"));
            assertThat(OpenFilesGauge.reading(null).instead()).isNotNull();
        }
    }

    @Nested
    class Options {

        private final LongSupplier none = () -> 0;

        @Test
        void ofTheUserReplaceTheUsualOnes() throws Exception {
            Gauge full = new FixedGauge(Reading.of(0.99, "99 %", Map.of()), new HeapGauge());
            assertThat(run(JvmCheck.of(full)).verdict()).isEqualTo(Verdict.FAIL);
            assertThat(run(JvmCheck.of(full).warnAbove(0.97)).verdict()).isEqualTo(Verdict.WARN);
            assertThat(run(JvmCheck.of(full).failBelow(0.01)).verdict()).isEqualTo(Verdict.PASS);
        }

        @Test
        void makeEqualChecksEqual() {
            assertThat(JvmCheck.threads().warnAbove(5))
                    .isEqualTo(JvmCheck.threads().warnAbove(5))
                    .hasSameHashCodeAs(JvmCheck.threads().warnAbove(5))
                    .isNotEqualTo(JvmCheck.threads().failAbove(5))
                    .isNotEqualTo(JvmCheck.threads())
                    .isNotEqualTo(JvmCheck.waiting("threads", none).warnAbove(5));
            assertThat(JvmCheck.heapAfterCollection()).isEqualTo(JvmCheck.heapAfterCollection());
            assertThat(JvmCheck.openFiles()).isEqualTo(JvmCheck.openFiles());
            assertThat(JvmCheck.disk(Path.of("/a")))
                    .isEqualTo(JvmCheck.disk(Path.of("/a")))
                    .isNotEqualTo(JvmCheck.disk(Path.of("/b")))
                    .isNotEqualTo(JvmCheck.diskBytes(Path.of("/a")));
            assertThat(JvmCheck.waiting("a", none))
                    .isEqualTo(JvmCheck.waiting("a", none))
                    .isNotEqualTo(JvmCheck.waiting("b", none))
                    .isNotEqualTo(JvmCheck.waiting("a", () -> 0));
        }

        @Test
        void sayWhatIsRead() {
            JvmCheck check = JvmCheck.heapAfterCollection();
            assertThat(check.kind()).isEqualTo("jvm");
            assertThat(check.target()).isEqualTo("heap after collection");
            assertThat(check.host()).isNull();
            assertThat(check).hasToString("JVM heap after collection");
        }

        @Test
        void refuseWhatMakesNoSense() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JvmCheck.heapAfterCollection().warnAbove(80))
                    .withMessage("warnAbove must be from 0 to 1, such as 0.8 for 80 %, but was 80.0");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JvmCheck.threads().failAbove(-1))
                    .withMessage("failAbove must be a number from 0 on, but was -1.0");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JvmCheck.gauge("a", () -> 1).failBelow(Double.NaN))
                    .withMessage("failBelow must be a number, but was NaN");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JvmCheck.gauge("a", () -> 1).warnBelow(Double.NEGATIVE_INFINITY));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JvmCheck.waiting("", none))
                    .withMessage("what must be one line of 1 to 100 characters, but was ''");
            assertThatIllegalStateException()
                    .isThrownBy(() -> JvmCheck.threads().failAbove(5).warnAbove(5))
                    .withMessage("warnAbove must be less than failAbove, but they were 5.0 and 5.0");
            assertThatIllegalStateException()
                    .isThrownBy(() -> JvmCheck.threads().warnBelow(5).failBelow(6))
                    .withMessage("failBelow must be less than warnBelow, but they were 6.0 and 5.0");
            assertThatIllegalStateException()
                    .isThrownBy(() -> JvmCheck.threads().failBelow(6).failAbove(5))
                    .withMessage("failBelow must be less than failAbove, but they were 6.0 and 5.0");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                0             | 0 bytes
                1023          | 1023 bytes
                1024          | 1 KiB
                1536          | 1.5 KiB
                1073741824    | 1 GiB
                1288490188800 | 1.2 TiB
                """)
        void writeBytesForPeople(long bytes, String text) {
            assertThat(Unit.BYTES.text(bytes)).isEqualTo(text);
        }
    }

    @Test
    void keepsTheInterruptFlag() throws Exception {
        Thread.currentThread().interrupt();
        CheckResult result = run(JvmCheck.threads());
        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aDiskThatCannotBeReadFails() throws IOException {
        // a path with a file where a folder should be is as near as one comes to a broken disk everywhere
        Path file = Files.createTempFile("disk", "");
        try {
            Reading reading = new DiskGauge(file.resolve("below"), false).read();
            assertThat(reading.instead()).isNotNull();
            assertThat(reading.instead().failure()).isEqualTo(FailureKind.ASSERTION);
        } finally {
            Files.delete(file);
        }
    }
}
