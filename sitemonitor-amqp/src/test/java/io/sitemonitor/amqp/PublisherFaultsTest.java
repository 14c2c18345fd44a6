package io.sitemonitor.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.BuiltinExchangeType;
import io.sitemonitor.alert.Alert;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every fault in the middle of a stream of alerts, with a broker of our own. */
@ExtendWith(WithRabbit.class)
@NeedsOwnNode
class PublisherFaultsTest {

    private static final int CHECKS = 4;
    private static final int ALERTS = 40;

    private final RabbitNode node = WithRabbit.node();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger delivered = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private PlainClient other;
    private FaultProxy wire;

    @BeforeEach
    void connect() throws Exception {
        other = PlainClient.connect(node.uri()).wipe();
        wire = FaultProxy.to(node.port());
    }

    @AfterEach
    void disconnect() throws Exception {
        threads.shutdownNow();
        wire.close();
        other.close();
    }

    @Test
    @DisplayName("P1, P3, P6, P7: broker killed and restarted under a stream costs no alert and no order")
    void survivesKillOfBroker() throws Exception {
        other.declareQueue();
        node.settle();
        try (AmqpAlertPublisher publisher = publisher(node.uri())) {
            List<Future<?>> streams = stream(publisher);
            awaitDelivered(20);
            node.kill();
            node.restart();
            finish(streams);
        }
        assertNothingLost();
    }

    @Test
    @DisplayName("P1: what was confirmed survives a kill right after the confirm")
    void confirmedIsOnDisk() throws Exception {
        other.declareQueue();
        node.settle();
        try (AmqpAlertPublisher publisher = publisher(node.uri())) {
            publisher.onAlert(TestAlerts.numbered("storefront", 0));
            node.kill();
        }
        node.restart();
        other.close();
        other = PlainClient.connect(node.uri());
        assertThat(other.drain("alert_queue"))
                .extracting(r -> r.properties().getMessageId())
                .containsExactly("storefront#0");
    }

    @Test
    @DisplayName("P3, P6, P7: a cut connection costs no alert and no order")
    void survivesCut() throws Exception {
        streamThroughFault(() -> {
            wire.cut();
            return null;
        });
    }

    @Test
    @DisplayName("P3: a half-closed connection costs no alert and no order")
    void survivesHalfClose() throws Exception {
        streamThroughFault(() -> {
            wire.halfClose();
            return null;
        });
    }

    @Test
    @DisplayName("P3: a broker that cannot be reached for a while costs no alert and no order")
    void survivesRefusal() throws Exception {
        streamThroughFault(() -> {
            int before = wire.accepted();
            wire.refuse();
            wire.acceptAgain();
            await().until(() -> wire.accepted() > before);
            return null;
        });
    }

    @Test
    @DisplayName("P3: a forced close of every connection costs no alert and no order")
    void survivesForcedClose() throws Exception {
        streamThroughFault(() -> node.control("close_all_connections", "test"));
    }

    @Test
    @DisplayName("P3: a frozen connection is given up for a new one")
    void survivesFreeze() throws Exception {
        other.declareQueue();
        try (AmqpAlertPublisher publisher = AmqpAlertPublisher.to(
                        AmqpBroker.at(wire.uri()).connectTimeout(Duration.ofMillis(500)))
                .named("test")
                .confirmTimeout(Duration.ofMillis(500))
                .open()) {
            List<Future<?>> streams = stream(publisher);
            awaitDelivered(20);
            wire.freeze();
            int before = wire.accepted();
            await().until(() -> wire.accepted() > before);
            wire.thaw();
            finish(streams);
        }
        assertNothingLost();
    }

    @Test
    @DisplayName("P2, P3: deletion of the exchange under a stream costs no alert and no order")
    void survivesDeletionOfExchange() throws Exception {
        streamThroughFault(() -> {
            other.channel().exchangeDelete("site_monitor");
            await().ignoreExceptions().until(() -> {
                // the publisher makes the exchange again, the binding is the reader's
                try (var channel = other.channel().getConnection().createChannel()) {
                    channel.queueBind("alert_queue", "site_monitor", "sites_status_key");
                    return true;
                }
            });
            return null;
        });
    }

    @Test
    @DisplayName("P2: unbound under a live publisher it waits inside the call, and goes as soon as it is bound again")
    void waitsForBinding() throws Exception {
        other.declareQueue();
        try (AmqpAlertPublisher publisher = publisher(node.uri())) {
            publisher.onAlert(TestAlerts.numbered("c", 0));
            other.channel().queueUnbind("alert_queue", "site_monitor", "sites_status_key");
            Future<?> waiting = threads.submit(sending(publisher, "c", 1, 2));
            assertThatThrownBy(() -> waiting.get(500, TimeUnit.MILLISECONDS)).hasNoCause();
            assertThat(other.waiting("alert_queue")).isEqualTo(1);
            other.channel().queueBind("alert_queue", "site_monitor", "sites_status_key");
            waiting.get(20, TimeUnit.SECONDS);
        }
        assertThat(other.drain("alert_queue"))
                .extracting(r -> r.properties().getMessageId())
                .containsExactly("c#0", "c#1");
    }

    @Test
    @DisplayName("P2: an exchange with other properties is reported, and nothing is lost")
    void reportsOtherExchange() throws Exception {
        other.channel().exchangeDeclare("site_monitor", BuiltinExchangeType.FANOUT, true);
        try (LogCapture log = new LogCapture();
                AmqpAlertPublisher publisher = AmqpAlertPublisher.to(node.uri())
                        .named("test")
                        .confirmTimeout(Duration.ofMillis(700))
                        .open()) {
            assertThatThrownBy(() -> publisher.onAlert(TestAlerts.numbered("c", 0)))
                    .isInstanceOf(AmqpDeliveryException.class)
                    .hasMessage("cannot declare the exchange 'site_monitor' as direct and durable:"
                            + " 406 PRECONDITION_FAILED - inequivalent arg 'type' for exchange 'site_monitor' in vhost"
                            + " '/': received 'direct' but current is 'fanout'; the alert waits");
            assertThat(log.atLeast(ch.qos.logback.classic.Level.WARN)).hasSize(1);
            other.channel().exchangeDelete("site_monitor");
            other.declareQueue();
            await().until(publisher::isConnected);
            publisher.onAlert(TestAlerts.numbered("c", 0));
        }
        assertThat(other.waiting("alert_queue")).isEqualTo(1);
    }

    @Test
    @DisplayName("P2, P4: while the broker is short of memory an alert waits, says why, and goes afterwards")
    void waitsWhileBlocked() throws Exception {
        other.declareQueue();
        try (AmqpAlertPublisher publisher = AmqpAlertPublisher.to(node.uri())
                .named("test")
                .confirmTimeout(Duration.ofSeconds(2))
                .open()) {
            await().until(publisher::isConnected);
            node.control("set_vm_memory_high_watermark", "0.0000001");
            try {
                assertThatThrownBy(() -> publisher.onAlert(TestAlerts.numbered("c", 0)))
                        .isInstanceOf(AmqpDeliveryException.class)
                        .hasMessage("the broker takes no messages at present (low on memory); the alert waits");
                assertThat(publisher.isConnected()).isFalse();
            } finally {
                node.control("set_vm_memory_high_watermark", "0.4");
            }
            await().until(publisher::isConnected);
            publisher.onAlert(TestAlerts.numbered("c", 0));
        }
        assertThat(other.drain("alert_queue"))
                .extracting(r -> r.properties().getMessageId())
                .isNotEmpty()
                .containsOnly("c#0");
    }

    @Test
    @DisplayName("P9: the publisher declares the exchange and nothing else")
    void declaresOnlyTheExchange() throws Exception {
        List<String> before = declarations();
        try (AmqpAlertPublisher publisher = AmqpAlertPublisher.to(node.uri())
                .named("test")
                .confirmTimeout(Duration.ofMillis(300))
                .open()) {
            await().until(publisher::isConnected);
            assertThatThrownBy(() -> publisher.onAlert(TestAlerts.numbered("c", 0)))
                    .isInstanceOf(AmqpDeliveryException.class);
            List<String> after = new ArrayList<>(declarations());
            assertThat(node.control("list_connections", "client_properties").toString())
                    .contains("sitemonitor:test:publisher");
            after.removeAll(before);
            assertThat(after).containsExactly("exchange site_monitor\tdirect\ttrue\tfalse\tfalse\t[]");
        }
    }

    private List<String> declarations() throws Exception {
        return declarations(node);
    }

    static List<String> declarations(RabbitNode node) throws Exception {
        List<String> all = new ArrayList<>();
        for (String line : node.control(
                "list_exchanges",
                "--no-table-headers",
                "name",
                "type",
                "durable",
                "auto_delete",
                "internal",
                "arguments")) {
            all.add("exchange " + line);
        }
        for (String line : node.control(
                "list_queues", "--no-table-headers", "name", "durable", "auto_delete", "exclusive", "arguments")) {
            all.add("queue " + line);
        }
        for (String line : node.control(
                "list_bindings", "--no-table-headers", "source_name", "destination_name", "routing_key", "arguments")) {
            all.add("binding " + line);
        }
        return all;
    }

    private void streamThroughFault(Callable<?> fault) throws Exception {
        other.declareQueue();
        try (AmqpAlertPublisher publisher = publisher(wire.uri())) {
            List<Future<?>> streams = stream(publisher);
            awaitDelivered(20);
            fault.call();
            finish(streams);
        }
        assertThat(refused).as("each call went on by itself, within its limit").hasValue(0);
        assertNothingLost();
    }

    /** Sends the alerts of each check from a thread of its own, each again until it is delivered. */
    private List<Future<?>> stream(AmqpAlertPublisher publisher) {
        List<Future<?>> streams = new ArrayList<>();
        for (int check = 0; check < CHECKS; check++) {
            streams.add(threads.submit(sending(publisher, "check-" + check, 0, ALERTS)));
        }
        return streams;
    }

    private Callable<Void> sending(AmqpAlertPublisher publisher, String check, int from, int to) {
        return () -> {
            for (int i = from; i < to; i++) {
                Alert alert = TestAlerts.numbered(check, i);
                while (!sent(publisher, alert)) {
                    Thread.onSpinWait();
                }
                delivered.incrementAndGet();
                // a stream, not a burst: the fault is to come in the middle of it
                LockSupport.parkNanos(5_000_000);
            }
            return null;
        };
    }

    private boolean sent(AmqpAlertPublisher publisher, Alert alert) throws Exception {
        try {
            publisher.onAlert(alert);
            return true;
        } catch (AmqpDeliveryException e) {
            refused.incrementAndGet();
            return false;
        }
    }

    private void awaitDelivered(int alerts) {
        await().until(() -> delivered.get() >= alerts);
        assertThat(delivered.get()).as("the fault comes in the middle").isLessThan(CHECKS * ALERTS);
    }

    private static void finish(List<Future<?>> streams) throws Exception {
        for (Future<?> stream : streams) {
            stream.get(60, TimeUnit.SECONDS);
        }
    }

    /** Everything is there, doubles have the same id and are dropped, and each check's alerts are in order. */
    private void assertNothingLost() throws Exception {
        other.close();
        other = PlainClient.connect(node.uri());
        Map<String, LinkedHashSet<String>> byCheck = new HashMap<>();
        for (PlainClient.Received message : other.drain("alert_queue")) {
            byCheck.computeIfAbsent(message.fields().get("site_name"), c -> new LinkedHashSet<>())
                    .add(message.properties().getMessageId());
        }
        assertThat(byCheck).hasSize(CHECKS);
        byCheck.forEach((check, ids) -> {
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < ALERTS; i++) {
                expected.add(check + "#" + i);
            }
            assertThat(ids).containsExactlyElementsOf(expected);
        });
    }

    private static AmqpAlertPublisher publisher(String uri) {
        return AmqpAlertPublisher.to(uri).named("test").open();
    }
}
