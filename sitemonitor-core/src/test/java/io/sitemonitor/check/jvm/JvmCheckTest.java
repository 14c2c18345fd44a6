package io.sitemonitor.check.jvm;

import static io.sitemonitor.check.jvm.Runs.found;
import static io.sitemonitor.check.jvm.Runs.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The general contract of checks is not extended here: these checks read numbers that are at hand, so there is nothing to
 * hang, to cancel, to measure in phases, or to hide. What of it fits stands below.
 */
@Timeout(60)
class JvmCheckTest {

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
    class Threads {

        @Test
        void areCounted() throws Exception {
            CheckResult many = run(JvmCheck.threads().failAbove(1));
            assertThat(many.summary()).matches("ASSERTION: \\d+ threads, more than 1");
            assertThat(many.evidence().facts().keySet()).as("in this order").containsExactly("daemons", "peak");
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
}
