package io.sitemonitor;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.event.CheckChanged;
import io.sitemonitor.event.CheckEvent;
import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.event.MonitorListener;
import io.sitemonitor.event.RunCompleted;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In which order facts are published when a listener holds up the thread that publishes them. */
@Timeout(60)
class MonitorPublishingTest {

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Monitor monitor = Monitor.named("publishing")
            .closeWithin(ofMillis(100))
            .listener(new Stalls())
            .check("a", context -> CheckResult.pass(), c -> c.every(ofSeconds(100)))
            .start();

    @AfterEach
    void close() {
        released.countDown();
        monitor.close();
    }

    @Test
    @DisplayName("P12: a check added under the name of a removed one is silent until that one has said everything")
    void whatComesUnderTheSameNameWaitsForWhatWent() throws Exception {
        reached.await();
        monitor.remove("a");
        monitor.add("a", context -> CheckResult.pass(), c -> c.every(ofSeconds(100)));
        monitor.pause("a");
        monitor.remove("a");
        monitor.add("a", context -> CheckResult.warn("third"), c -> c.every(ofSeconds(100)));
        await().until(() -> !monitor.snapshot().checks().isEmpty()
                && monitor.snapshot().checks().get(0).lastResult() != null);
        assertThat(told).containsExactly("ADDED", "PASS");

        released.countDown();

        await().untilAsserted(() -> assertThat(told)
                .containsExactly("ADDED", "PASS", "REMOVED", "ADDED", "PAUSED", "REMOVED", "ADDED", "WARN"));
    }

    @Test
    @DisplayName("P11: who waits for a run is told that the check is gone, also when all threads have ended by then")
    void whoWaitsIsToldAfterTheThreadsHaveEnded() throws Exception {
        reached.await();
        CompletableFuture<CheckResult> waits = monitor.runNow("a");
        monitor.close();
        assertThat(waits).isNotDone();

        released.countDown();

        await().untilAsserted(() -> assertThat(waits).isDone());
    }

    /** Holds up whoever publishes the first run. */
    private final class Stalls implements MonitorListener {

        @Override
        public void onEvent(MonitorEvent event) {
            if (!(event instanceof CheckEvent)) {
                return;
            }
            if (event instanceof CheckChanged change) {
                told.add(change.change().name());
            } else if (event instanceof RunCompleted run) {
                told.add(run.result().verdict().name());
                if (told.size() == 2) {
                    reached.countDown();
                    awaitRelease();
                }
            }
        }

        private void awaitRelease() {
            boolean interrupted = false;
            while (true) {
                try {
                    released.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public boolean isDirect() {
            return true;
        }
    }
}
