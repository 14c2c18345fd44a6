package io.sitemonitor.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.sitemonitor.Monitor;
import io.sitemonitor.definition.CheckSettingsBuilder;
import io.sitemonitor.event.MonitorStarted;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.testing.ScriptedCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every fault between a monitor and those who follow it, with a broker of our own. */
@ExtendWith(WithRabbit.class)
@NeedsOwnNode
class EventFaultsTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final RabbitNode node = WithRabbit.node();
    private final ScriptedCheck storefront = ScriptedCheck.passing();
    private final List<AmqpEvent> publisherEvents = new CopyOnWriteArrayList<>();
    private final List<AmqpEvent> remoteEvents = new CopyOnWriteArrayList<>();
    private final List<Boolean> freshness = new CopyOnWriteArrayList<>();
    private FaultProxy wireOfPublisher;
    private FaultProxy wireOfRemote;
    private AmqpEventPublisher publisher;
    private Monitor monitor;
    private RemoteMonitor remote;

    @BeforeEach
    void start() throws Exception {
        wireOfPublisher = FaultProxy.to(node.port());
        wireOfRemote = FaultProxy.to(node.port());
        publisher = AmqpEventPublisher.to(wireOfPublisher.uri())
                .named("test-shop")
                .snapshotEvery(Duration.ofMillis(200))
                .listener(publisherEvents::add)
                .open();
        monitor = Monitor.named("test-shop")
                .check("storefront", storefront, EventFaultsTest::fast)
                .check("gateway", ScriptedCheck.passing(), EventFaultsTest::fast)
                .listener(publisher)
                .start();
        publisher.attach(monitor);
        remote = RemoteMonitor.follow(wireOfRemote.uri())
                .monitor("test-shop")
                .listener(remoteEvents::add)
                .onFreshness(news -> freshness.add(news.fresh()))
                .open();
        await().atMost(LIMIT).until(() -> remote.isUp("storefront") && remote.isUp("gateway"));
    }

    @AfterEach
    void close() throws Exception {
        monitor.close();
        publisher.close();
        remote.close();
        wireOfPublisher.close();
        wireOfRemote.close();
    }

    @Test
    @DisplayName("Cut connections on either side cost nothing for longer than a period")
    void survivesCuts() {
        wireOfPublisher.cut();
        storefront.fails("HTTP 503");
        await().atMost(LIMIT).until(() -> remote.stateOf("storefront") == HealthState.DOWN);
        wireOfRemote.cut();
        storefront.passes();
        monitor.remove("gateway");
        await().atMost(LIMIT).until(() -> remote.isUp("storefront") && !remote.has("gateway"));
        EventTrafficContract.awaitAgreement(remote, monitor);
        assertThat(publisher.connections()).isEqualTo(2);
        assertThat(remote.connections()).isEqualTo(2);
        await().until(() -> publisherEvents.size() == 3 && remoteEvents.size() == 3);
        assertThat(publisherEvents)
                .extracting(AmqpEvent::role, AmqpEvent::name, AmqpEvent::kind)
                .containsExactly(
                        tuple("events", "test-shop", AmqpEvent.Kind.CONNECTED),
                        tuple("events", "test-shop", AmqpEvent.Kind.DISCONNECTED),
                        tuple("events", "test-shop", AmqpEvent.Kind.CONNECTED));
        assertThat(remoteEvents)
                .extracting(AmqpEvent::role, AmqpEvent::name, AmqpEvent::kind)
                .containsExactly(
                        tuple("remote", "test-shop", AmqpEvent.Kind.CONNECTED),
                        tuple("remote", "test-shop", AmqpEvent.Kind.DISCONNECTED),
                        tuple("remote", "test-shop", AmqpEvent.Kind.CONNECTED));
    }

    @Test
    @DisplayName("A half-closed connection is made anew")
    void survivesHalfClose() throws Exception {
        wireOfRemote.halfClose();
        wireOfPublisher.halfClose();
        storefront.fails("HTTP 503");
        await().atMost(LIMIT).until(() -> remote.stateOf("storefront") == HealthState.DOWN);
    }

    @Test
    @DisplayName("Silence makes everything unknown, once said, and heals by itself")
    void isStaleWhileNothingIsHeard() {
        try (LogCapture log = new LogCapture()) {
            wireOfRemote.freeze();
            storefront.fails("HTTP 503");
            await().atMost(LIMIT).until(() -> !remote.isFresh());
            assertThat(remote.isUp("gateway")).isFalse();
            assertThat(remote.stateOf("gateway")).isEqualTo(HealthState.UNKNOWN);
            assertThat(remote.has("gateway")).isTrue();
            String said =
                    "[test-shop] amqp remote: nothing complete was heard of the monitor for three periods, or it was"
                            + " closed; its checks are not known until it is heard of again";
            await().atMost(LIMIT).until(() -> log.atLeast(Level.WARN).contains(said));
            wireOfRemote.thaw();
            await().atMost(LIMIT)
                    .until(() -> remote.stateOf("storefront") == HealthState.DOWN && remote.isUp("gateway"));
            await().atMost(LIMIT)
                    .until(() ->
                            log.atLeast(Level.INFO).contains("[test-shop] amqp remote: the monitor is heard of again"));
            assertThat(log.atLeast(Level.WARN)).containsOnlyOnce(said);
            await().atMost(LIMIT).until(() -> freshness.size() >= 3);
            assertThat(freshness).startsWith(true, false, true);
        }
    }

    @Test
    @DisplayName("A frozen connection of the publisher's delays neither the monitor nor its end")
    void frozenPublisherDelaysNobody() {
        wireOfPublisher.freeze();
        storefront.fails("HTTP 503");
        await().atMost(LIMIT).until(() -> monitor.stateOf("storefront") == HealthState.DOWN && !remote.isFresh());
        wireOfPublisher.thaw();
        await().atMost(LIMIT).until(() -> remote.stateOf("storefront") == HealthState.DOWN);
        wireOfPublisher.freeze();
        CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> {
            monitor.close();
            publisher.close();
        });
        await("the connection is cut in the end").atMost(LIMIT).until(closed::isDone);
        assertThat(closed).isCompleted();
    }

    @Test
    @DisplayName("The broker killed and started again")
    void survivesTheBroker() throws Exception {
        node.settle();
        node.kill();
        storefront.fails("HTTP 503");
        await().atMost(LIMIT).until(() -> !remote.isFresh() && !remote.isConnected() && !publisher.isConnected());
        assertThat(remote.isUp("gateway")).isFalse();
        node.restart();
        await().atMost(LIMIT).until(() -> remote.stateOf("storefront") == HealthState.DOWN && remote.isUp("gateway"));
        EventTrafficContract.awaitAgreement(remote, monitor);
    }

    @Test
    @DisplayName("While the broker takes no messages nothing is sent; afterwards everything is known")
    void waitsWhileTheBrokerIsFull() throws Exception {
        node.control("set_vm_memory_high_watermark", "0.0000001");
        try {
            await().atMost(LIMIT).until(() -> !publisher.isConnected() && !remote.isFresh());
            assertThat(publisher.state()).isEqualTo(AmqpState.BLOCKED);
            assertThat(remote.state()).isEqualTo(AmqpState.CONNECTED);
            storefront.fails("HTTP 503");
            await().atMost(LIMIT).until(() -> publisher.waiting() > 0);
        } finally {
            node.control("set_vm_memory_high_watermark", "0.4");
        }
        await().atMost(LIMIT).until(() -> remote.stateOf("storefront") == HealthState.DOWN);
        await().atMost(LIMIT).until(() -> publisher.waiting() == 0);
        await().atMost(LIMIT).until(() -> publisherEvents.size() >= 3 && freshness.size() >= 3);
        assertThat(publisherEvents)
                .extracting(AmqpEvent::kind)
                .containsExactly(AmqpEvent.Kind.CONNECTED, AmqpEvent.Kind.BLOCKED, AmqpEvent.Kind.UNBLOCKED);
        assertThat(freshness).startsWith(true, false, true);
    }

    @Test
    @DisplayName("While the broker takes no messages none is put on the wire, where it would hang")
    void sendsNothingWhileTheBrokerIsFull() throws Exception {
        try (AmqpEventPublisher full = AmqpEventPublisher.to(node.uri())
                .named("test-full")
                .atMostWaiting(1)
                .open()) {
            await().atMost(LIMIT).until(full::isConnected);
            node.control("set_vm_memory_high_watermark", "0.0000001");
            full.onEvent(new MonitorStarted("test-full", NOON, 0)); // the broker tells those who send
            await().atMost(LIMIT).until(() -> !full.isConnected());
            for (int i = 1; i <= 100_000; i++) {
                full.onEvent(new MonitorStarted("test-full", NOON, i));
            }
            // one waits, and one may have been taken in the moment in which the broker said so
            assertThat(full.dropped()).isBetween(99_998L, 99_999L);
        } finally {
            node.control("set_vm_memory_high_watermark", "0.4");
        }
    }

    private static void fast(CheckSettingsBuilder c) {
        c.every(Duration.ofMillis(300))
                .timeout(Duration.ofMillis(300))
                .downAfter(1)
                .upAfter(1);
    }
}
