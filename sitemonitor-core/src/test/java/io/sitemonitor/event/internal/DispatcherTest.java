package io.sitemonitor.event.internal;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.event.ListenerFailed;
import io.sitemonitor.event.MonitorClosed;
import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.event.MonitorListener;
import io.sitemonitor.event.MonitorStarted;
import io.sitemonitor.schedule.Platform;
import io.sitemonitor.testing.RecordingListener;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DispatcherTest {

    private static final MonitorEvent STARTED = new MonitorStarted("test", Instant.EPOCH, 1);
    private static final MonitorEvent CLOSED = new MonitorClosed("test", Instant.EPOCH, 0);

    private final RecordingListener recording = new RecordingListener();

    @Test
    void givesEveryListenerEveryEventInOrder() {
        RecordingListener other = new RecordingListener();
        Dispatcher dispatcher = dispatcher(recording, other);
        List<MonitorEvent> sent = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            MonitorEvent event = new MonitorStarted("test", Instant.EPOCH, i);
            sent.add(event);
            dispatcher.publish(event);
        }
        dispatcher.close(ofSeconds(10));
        assertThat(recording.events()).isEqualTo(sent);
        assertThat(other.events()).isEqualTo(sent);
    }

    @Test
    void asksOnceWhatAListenerWantsAndGivesNothingElse() {
        List<MonitorEvent> got = new ArrayList<>();
        Dispatcher dispatcher = dispatcher(new MonitorListener() {
            @Override
            public void onEvent(MonitorEvent event) {
                got.add(event);
            }

            @Override
            public boolean wants(Class<? extends MonitorEvent> type) {
                return type == MonitorClosed.class;
            }
        });
        assertThat(dispatcher.wantsRuns()).isFalse();
        dispatcher.publish(STARTED);
        dispatcher.publish(CLOSED);
        dispatcher.close(ofSeconds(10));
        assertThat(got).containsExactly(CLOSED);
        assertThat(dispatcher(recording).wantsRuns()).isTrue();
    }

    @Test
    void callsADirectListenerOnTheSpot() {
        List<Thread> threads = new ArrayList<>();
        Dispatcher dispatcher = dispatcher(new MonitorListener() {
            @Override
            public void onEvent(MonitorEvent event) {
                threads.add(Thread.currentThread());
            }

            @Override
            public boolean isDirect() {
                return true;
            }
        });
        dispatcher.publish(STARTED);
        assertThat(threads).containsExactly(Thread.currentThread());
    }

    /** P23: also when the failure is told to a listener that fails in turn. */
    @Test
    void tellsTheOthersThatAListenerFailedWithoutGoingRoundInCircles() {
        MonitorListener broken = event -> {
            throw new IllegalStateException("thrown on purpose");
        };
        Dispatcher dispatcher = dispatcher(
                broken,
                event -> {
                    throw new StackOverflowError("thrown on purpose");
                },
                recording);
        dispatcher.publish(STARTED);
        await().untilAsserted(() -> assertThat(recording.events(ListenerFailed.class))
                .extracting(ListenerFailed::listener, ListenerFailed::reason)
                .containsExactlyInAnyOrder(
                        tuple("listener-0", "java.lang.IllegalStateException"),
                        tuple("listener-1", "java.lang.StackOverflowError")));
        dispatcher.close(ofSeconds(10));
        assertThat(recording.events()).hasSize(3);
    }

    /** P8, P23: bounded, counted, and nobody waits. */
    @Test
    void aListenerThatBlocksLosesEventsBeyondItsBoundAndDelaysNobody() {
        CountDownLatch never = new CountDownLatch(1);
        Dispatcher dispatcher = dispatcher(event -> never.await(), recording);
        for (int i = 0; i < 30_000; i++) {
            dispatcher.publish(new MonitorStarted("test", Instant.EPOCH, i));
            if (i % 1_000 == 0) {
                int sent = i;
                await().until(() -> recording.events(MonitorStarted.class).size() > sent);
            }
        }
        await().until(() -> recording.events(MonitorStarted.class).size() == 30_000);
        assertThat(recording.events(ListenerFailed.class)).singleElement().satisfies(failed -> {
            assertThat(failed.listener()).isEqualTo("listener-0");
            assertThat(failed.lost()).isPositive();
        });
        dispatcher.close(ofMillis(50));
        never.countDown();
    }

    @Test
    void keepsTheInterruptOfTheCallerOfADirectListener() {
        Dispatcher dispatcher = dispatcher(new MonitorListener() {
            @Override
            public void onEvent(MonitorEvent event) throws InterruptedException {
                throw new InterruptedException("on purpose");
            }

            @Override
            public boolean isDirect() {
                return true;
            }
        });
        dispatcher.publish(STARTED);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static Dispatcher dispatcher(MonitorListener... listeners) {
        Map<String, MonitorListener> named = new LinkedHashMap<>();
        for (int i = 0; i < listeners.length; i++) {
            named.put("listener-" + i, listeners[i]);
        }
        return new Dispatcher("test", Platform.system(), named);
    }
}
