package io.sitemonitor.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.sitemonitor.event.Heartbeat;
import io.sitemonitor.event.MonitorStarted;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.event.StateChanged;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AmqpEventPublisherTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void wantsWhatItCanSay() throws Exception {
        try (AmqpEventPublisher plain = nowhere().open();
                AmqpEventPublisher sampling = nowhere().sampleRuns(10).open();
                AmqpEventPublisher seldom =
                        nowhere().sampleRuns(Duration.ofMinutes(1)).open()) {
            assertThat(plain.wants(StateChanged.class)).isTrue();
            assertThat(plain.wants(Heartbeat.class)).isFalse();
            assertThat(plain.wants(RunCompleted.class))
                    .as("a run costs nothing unless asked for")
                    .isFalse();
            assertThat(sampling.wants(RunCompleted.class)).isTrue();
            assertThat(seldom.wants(RunCompleted.class)).isTrue();
            assertThat(plain.isDirect()).isFalse();
        }
    }

    @Test
    void dropsTheOldestWhenTooManyWaitAndNeverBlocks() throws Exception {
        try (AmqpEventPublisher publisher = nowhere().atMostWaiting(10).open()) {
            for (int i = 0; i < 1_000; i++) {
                publisher.onEvent(new MonitorStarted("test-shop", NOON, i));
                publisher.onEvent(new Heartbeat("test-shop", NOON, i));
            }
            assertThat(publisher.dropped()).isEqualTo(990);
            assertThat(publisher.waiting()).isEqualTo(10);
            assertThat(publisher.sent()).isZero();
            assertThat(publisher.state()).isEqualTo(AmqpState.CONNECTING);
            assertThat(publisher.isConnected()).isFalse();
            assertThat(publisher).hasToString("AMQP event publisher 'test' to " + AmqpBroker.at(uri()));
        }
    }

    @Test
    void saysThatEventsWereDropped() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                LogCapture log = new LogCapture();
                FaultProxy wire = FaultProxy.to(broker.port())) {
            wire.refuse();
            try (AmqpEventPublisher publisher = AmqpEventPublisher.to(wire.uri())
                    .named("test")
                    .atMostWaiting(1)
                    .open()) {
                publisher.onEvent(new MonitorStarted("test-shop", NOON, 1));
                publisher.onEvent(new MonitorStarted("test-shop", NOON, 2));
                wire.acceptAgain();
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> log.atLeast(Level.DEBUG).stream()
                                .anyMatch(line -> line.contains("1 events have been dropped since the start")));
            }
        }
    }

    @Test
    void saysThatNoMonitorIsAttached() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                LogCapture log = new LogCapture();
                AmqpEventPublisher publisher = AmqpEventPublisher.to(broker.uri())
                        .named("test")
                        .snapshotEvery(Duration.ofMillis(100))
                        .open()) {
            publisher.onEvent(new MonitorStarted("test-shop", NOON, 1));
            await().until(() -> log.atLeast(Level.WARN)
                    .contains(
                            "[test] amqp events: no snapshot could be made: IllegalStateException: no monitor is attached,"
                                    + " so that nobody can follow; call attach(monitor)"));
        }
    }

    @Test
    void refusesNonsense() {
        refuses(
                () -> nowhere().snapshotEvery(Duration.ofMillis(99)),
                "snapshotEvery must be at least PT0.1S, but was PT0.099S");
        refuses(
                () -> nowhere().snapshotEvery(Duration.ofHours(2)),
                "snapshotEvery must be from PT0.001S to PT1H, but was PT2H");
        refuses(() -> nowhere().sampleRuns(0), "sampleRuns must be at least 1, but was 0");
        refuses(() -> nowhere().sampleRuns(Duration.ZERO), "sampleRuns must be from PT0.001S to PT1H, but was PT0S");
        refuses(() -> nowhere().atMostWaiting(0), "atMostWaiting must be from 1 to 1000000, but was 0");
        refuses(() -> nowhere().exchange(""), "exchange must have from 1 to 255 bytes, but has 0");
        refuses(() -> RemoteMonitor.follow(uri()).atMostChecks(0), "atMostChecks must be from 1 to 1000000, but was 0");
        refuses(() -> RemoteMonitor.follow(uri()).monitor(" "), "the name of a monitor must not be empty");
    }

    private static void refuses(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static AmqpEventPublisher.Builder nowhere() {
        return AmqpEventPublisher.to(uri()).named("test");
    }

    /** Nobody listens on port 1. */
    private static String uri() {
        return "amqp://guest:guest@localhost:1/";
    }
}
