package io.sitemonitor.amqp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.amqp.TestAlerts;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GuardedListenerTest {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final AtomicInteger late = new AtomicInteger();

    @Test
    void keepsWhateverIsThrown() throws Exception {
        GuardedListener listener = guarded(alert -> {
            throw new StackOverflowError("deep");
        });
        assertThat(call(listener, LONG)).isInstanceOf(StackOverflowError.class);
        assertThat(call(listener, LONG)).isInstanceOf(StackOverflowError.class);
        listener.close();
    }

    @Test
    void interruptsWhatTakesTooLongAndCanBeCalledAgain() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        GuardedListener listener = guarded(alert -> {
            if (calls.incrementAndGet() == 1) {
                new CountDownLatch(1).await();
            }
        });
        assertThat(call(listener, SHORT)).hasMessage("it did not end within PT0.05S");
        await().until(() -> call(listener, LONG) == null);
        assertThat(calls).hasValue(2);
        assertThat(late).hasValue(0);
        listener.close();
    }

    @Test
    void doesNotCallAgainWhatWillNotEndAndHearsOfItsLateSuccess() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        GuardedListener listener = guarded(alert -> {
            calls.incrementAndGet();
            while (gate.getCount() > 0) {
                Thread.onSpinWait();
            }
        });
        assertThat(call(listener, SHORT)).hasMessage("it did not end within PT0.05S");
        assertThat(call(listener, SHORT)).hasMessage("it is still busy with an earlier alert");
        assertThat(calls).hasValue(1);
        gate.countDown();
        await().until(() -> late.get() == 1);
        listener.close();
    }

    private static GuardedListener guarded(AlertListener listener) {
        return new GuardedListener("test", listener, "sitemonitor-guarded-test");
    }

    private Throwable call(GuardedListener listener, Duration limit) throws InterruptedException {
        return listener.call(TestAlerts.of("c", "a", AlertKind.DOWN), limit, late::incrementAndGet)
                .orElse(null);
    }
}
