package io.sitemonitor.check.jvm;

import static io.sitemonitor.check.jvm.Runs.found;
import static io.sitemonitor.check.jvm.Runs.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What executors and disks tell. */
@Timeout(60)
class ExecutorAndDiskTest {

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
            ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 4, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
            occupy(pool, 3);
            await().until(() -> pool.getActiveCount() == 1);
            assertThat(found(JvmCheck.busyThreads(pool))).startsWith("PASS: 1 of 1 threads");
            end(pool);
        }

        @Test
        void neitherDoesOneForLater() throws Exception {
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
