package io.sitemonitor.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.GetResponse;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sitemonitor.Monitor;
import io.sitemonitor.MonitorBuilder;
import io.sitemonitor.alert.Alert;
import io.sitemonitor.amqp.message.AlertMessage;
import io.sitemonitor.amqp.metrics.AmqpMetrics;
import io.sitemonitor.check.CheckResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How a publisher works: many alerts at once, what it tells and counts, and behind a monitor. */
@ExtendWith(WithRabbit.class)
@NeedsOwnNode
class PublisherWorkTest {

    private final RabbitNode node = WithRabbit.node();
    private PlainClient other;

    @BeforeEach
    void connect() throws Exception {
        other = PlainClient.connect(node.uri()).wipe();
    }

    @AfterEach
    void disconnect() {
        other.close();
    }

    private AmqpAlertPublisher.Builder publisher() {
        return AmqpAlertPublisher.to(node.uri()).named("test");
    }

    @Test
    @DisplayName("P6, P8: many alerts at once without a thread that waits, each check in order")
    void deliversManyAtOnce() throws Exception {
        other.declareQueue();
        try (AmqpAlertPublisher publisher = publisher().open()) {
            List<CompletableFuture<?>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                for (int check = 0; check < 50; check++) {
                    answers.add(publisher.deliver(TestAlerts.numbered("check-" + check, i)));
                }
            }
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
            assertThat(publisher.confirmed()).isEqualTo(1_000);
            assertThat(publisher.waiting()).isZero();
        }
        assertInOrder(50, 20);
    }

    private void assertInOrder(int checks, int alerts) throws Exception {
        Map<String, LinkedHashSet<String>> byCheck = new HashMap<>();
        for (PlainClient.Received message : other.drain("alert_queue")) {
            byCheck.computeIfAbsent(message.fields().get("site_name"), c -> new LinkedHashSet<>())
                    .add(message.properties().getMessageId());
        }
        assertThat(byCheck).hasSize(checks);
        byCheck.forEach((check, ids) -> {
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < alerts; i++) {
                expected.add(check + "#" + i);
            }
            assertThat(ids).containsExactlyElementsOf(expected);
        });
    }

    @Test
    @DisplayName("P8: no more than 10,000 alerts wait here; the rest is refused with a reason, at once")
    void boundsWhatWaits() throws Exception {
        try (AmqpAlertPublisher publisher = AmqpAlertPublisher.to("amqp://guest:guest@localhost:1/")
                .named("test")
                .confirmTimeout(Duration.ofMinutes(10))
                .open()) {
            List<CompletableFuture<?>> answers = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                answers.add(publisher.deliver(TestAlerts.numbered("c", i)));
            }
            assertThat(publisher.waiting()).isEqualTo(10_000);
            assertThatThrownBy(() ->
                            publisher.deliver(TestAlerts.numbered("c", 10_000)).get(1, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(AmqpDeliveryException.class)
                    .hasMessageContaining("10000 messages are waiting already; the alert waits");
            answers.get(5).cancel(true);
            assertThat(publisher.waiting()).isEqualTo(9_999);
            assertThat(answers.get(6)).isNotDone();
        }
    }

    @Test
    @DisplayName("P3: a write that hangs ends the connection it hangs on, heartbeats or not; nothing is lost by it")
    void endsAConnectionOnWhichAWriteHangs() throws Exception {
        other.declareQueue();
        try (FaultProxy wire = FaultProxy.to(node.port());
                AmqpAlertPublisher publisher = AmqpAlertPublisher.to(
                                AmqpBroker.at(wire.uri()).heartbeat(Duration.ofMinutes(10)))
                        .named("test")
                        .confirmTimeout(Duration.ofSeconds(1))
                        .open()) {
            await().until(publisher::isConnected);
            wire.freeze();
            List<CompletableFuture<?>> answers = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) { // more than all buffers between us and the broker take
                answers.add(publisher.deliver(TestAlerts.large("check-" + i)));
            }
            int before = wire.accepted();
            await().until(() -> wire.accepted() > before);
            wire.thaw();
            await().atMost(Duration.ofSeconds(30)).until(() -> answers.stream().allMatch(CompletableFuture::isDone));
            await().until(publisher::isConnected);
            publisher.onAlert(TestAlerts.numbered("c", 0));
        }
    }

    @Test
    @DisplayName("States, counts, meters and events say what goes on between us and the broker")
    void tellsWhatGoesOn() throws Exception {
        List<AmqpEvent> events = new CopyOnWriteArrayList<>();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        AmqpAlertPublisher publisher = publisher()
                .listener(event -> {
                    events.add(event);
                    throw new StackOverflowError("a listener that throws harms nobody");
                })
                .open();
        try (publisher;
                AmqpMetrics meters = AmqpMetrics.bindTo(registry).publisher(publisher)) {
            await().until(() -> publisher.state() == AmqpState.CONNECTED);
            CompletableFuture<?> waiting = publisher.deliver(TestAlerts.numbered("c", 0));
            await().until(() -> publisher.unroutable() > 1);
            assertThat(value(registry, AmqpMetrics.WAITING)).isEqualTo(1);
            other.declareQueue();
            waiting.get(20, TimeUnit.SECONDS);
            node.control("set_policy", "full", "^alert_queue$", "{\"max-length\":0,\"overflow\":\"reject-publish\"}");
            CompletableFuture<?> refused = publisher.deliver(TestAlerts.numbered("c", 1));
            await().until(() -> publisher.refused() > 1);
            node.control("clear_policy", "full");
            refused.get(20, TimeUnit.SECONDS);
            node.control("set_vm_memory_high_watermark", "0.0000001");
            CompletableFuture<?> blocked = publisher.deliver(TestAlerts.numbered("c", 2));
            await().until(() -> publisher.state() == AmqpState.BLOCKED);
            assertThat(value(registry, AmqpMetrics.STATE)).isEqualTo(2);
            node.control("set_vm_memory_high_watermark", "0.4");
            blocked.get(20, TimeUnit.SECONDS);
            node.control("close_all_connections", "test");
            await().until(() -> publisher.connections() == 2);
            assertThat(registry.get(AmqpMetrics.MESSAGES)
                            .tag("outcome", "confirmed")
                            .functionCounter()
                            .count())
                    .isEqualTo(3);
            await().until(() -> kinds(events).size() == 7);
        } finally {
            node.control("set_vm_memory_high_watermark", "0.4");
        }
        assertThat(kinds(events))
                .containsExactly(
                        AmqpEvent.Kind.CONNECTED,
                        AmqpEvent.Kind.UNROUTABLE,
                        AmqpEvent.Kind.REFUSED,
                        AmqpEvent.Kind.BLOCKED,
                        AmqpEvent.Kind.UNBLOCKED,
                        AmqpEvent.Kind.DISCONNECTED,
                        AmqpEvent.Kind.CONNECTED);
        assertThat(events.get(1).messageId()).isEqualTo("c#0");
        assertThat(events.get(1).detail())
                .isEqualTo("no queue is bound to exchange 'site_monitor' with key 'sites_status_key'");
        assertThat(events.get(0).role()).isEqualTo("publisher");
        assertThat(publisher.state()).isEqualTo(AmqpState.CLOSED);
        assertThat(registry.getMeters()).isEmpty();
    }

    private static List<AmqpEvent.Kind> kinds(List<AmqpEvent> events) {
        return events.stream().map(AmqpEvent::kind).toList();
    }

    private static double value(SimpleMeterRegistry registry, String gauge) {
        return registry.get(gauge).gauge().value();
    }

    @Test
    @DisplayName("The rich form has type, CloudEvents headers and a key of monitor, check and kind")
    void sendsAllOfAnAlert() throws Exception {
        Alert alert = TestAlerts.numbered("store front.eu", 0);
        try (AmqpAlertPublisher publisher =
                publisher().topology(AmqpTopology.topic().exchange("rich")).open()) {
            await().until(publisher::isConnected);
            String queue = other.channel().queueDeclare().getQueue();
            other.channel().queueBind(queue, "rich", "shop.store_front_eu.down");
            publisher.onAlert(alert);
            GetResponse got = other.channel().basicGet(queue, true);
            AMQP.BasicProperties properties = got.getProps();
            assertThat(properties.getType()).isEqualTo("io.sitemonitor.alert");
            assertThat(properties.getMessageId()).isEqualTo(alert.id());
            assertThat(properties.getDeliveryMode()).isEqualTo(2);
            assertThat(properties.getHeaders())
                    .containsOnlyKeys(new AlertMessage(alert).headers().keySet());
            assertThat(properties.getHeaders().get("cloudEvents:type")).hasToString("io.sitemonitor.alert.down");
            assertThat(AlertMessage.decode(got.getBody()).alert()).isEqualTo(alert);
        } finally {
            other.channel().exchangeDelete("rich");
        }
    }

    @Test
    @DisplayName(
            "P3, P4, P6: behind a monitor, what happens while the broker is away arrives once it is there, in order")
    void worksBehindAMonitor() throws Exception {
        other.declareQueue();
        AtomicBoolean well = new AtomicBoolean(true);
        try (FaultProxy wire = FaultProxy.to(node.port());
                AmqpAlertPublisher publisher =
                        AmqpAlertPublisher.to(wire.uri()).named("test").open()) {
            MonitorBuilder builder = Monitor.named("test")
                    .defaults(c -> c.every(Duration.ofMillis(100))
                            .retryEvery(Duration.ofMillis(50))
                            .downAfter(1)
                            .upAfter(1)
                            .flapAfter(0, Duration.ofMinutes(1)));
            for (int i = 0; i < 20; i++) {
                builder.check("c" + i, context -> well.get() ? CheckResult.pass() : CheckResult.fail("by design"));
            }
            Monitor monitor = builder.alert(publisher, p -> p.retry(Duration.ofMillis(100), Duration.ofSeconds(1)))
                    .start();
            try (monitor) {
                await().until(() -> allAre(monitor, true));
                well.set(false);
                await().until(() -> allAre(monitor, false));
                await().until(() -> publisher.confirmed() == 20);
                wire.refuse();
                well.set(true);
                await().until(() -> allAre(monitor, true));
                wire.acceptAgain();
                await().until(() -> publisher.confirmed() == 40);
                assertThat(monitor.alerts().deadLetters()).isEmpty();
            }
        }
        Map<String, List<String>> said = new HashMap<>();
        other.drain("alert_queue")
                .forEach(message -> said.computeIfAbsent(message.fields().get("site_name"), c -> new ArrayList<>())
                        .add(message.fields().get("site_status")));
        assertThat(said).hasSize(20);
        assertThat(said.values())
                .allSatisfy(each -> assertThat(new LinkedHashSet<>(each)).containsExactly("down", "up"));
    }

    private static boolean allAre(Monitor monitor, boolean up) {
        for (int i = 0; i < 20; i++) {
            if (monitor.isUp("c" + i) != up) {
                return false;
            }
        }
        return true;
    }
}
