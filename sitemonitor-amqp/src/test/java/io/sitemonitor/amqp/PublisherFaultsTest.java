package io.sitemonitor.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.BuiltinExchangeType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a publisher says and does in single cases, with a broker of our own; {@link PublisherFaultSuiteTest} has the streams. */
@ExtendWith(WithRabbit.class)
@NeedsOwnNode
class PublisherFaultsTest {

    private final RabbitNode node = WithRabbit.node();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private PlainClient other;

    @BeforeEach
    void connect() throws Exception {
        other = PlainClient.connect(node.uri()).wipe();
    }

    @AfterEach
    void disconnect() {
        threads.shutdownNow();
        other.close();
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
    @DisplayName("P2: unbound under a live publisher it waits inside the call, and goes as soon as it is bound again")
    void waitsForBinding() throws Exception {
        other.declareQueue();
        try (AmqpAlertPublisher publisher = publisher(node.uri())) {
            publisher.onAlert(TestAlerts.numbered("c", 0));
            other.channel().queueUnbind("alert_queue", "site_monitor", "sites_status_key");
            Future<?> waiting = threads.submit(() -> {
                publisher.onAlert(TestAlerts.numbered("c", 1));
                return null;
            });
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
            // RabbitMQ 4 lists the type that it has chosen itself among the arguments
            all.add("queue " + line.replace("[{\"x-queue-type\",\"classic\"}]", "[]"));
        }
        for (String line : node.control(
                "list_bindings", "--no-table-headers", "source_name", "destination_name", "routing_key", "arguments")) {
            all.add("binding " + line);
        }
        return all;
    }

    private static AmqpAlertPublisher publisher(String uri) {
        return AmqpAlertPublisher.to(uri).named("test").open();
    }
}
