package io.sitemonitor.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sitemonitor.Monitor;
import io.sitemonitor.amqp.message.EventMessage;
import io.sitemonitor.amqp.metrics.AmqpMetrics;
import io.sitemonitor.event.MonitorStarted;
import io.sitemonitor.testing.ScriptedCheck;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The meters of those who tell events and of those who follow. */
class EventMetersTest {

    private static EmbeddedBroker broker;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void publisherHasMeters() {
        AmqpEventPublisher publisher = AmqpEventPublisher.to(broker.uri())
                .named("shop")
                .atMostWaiting(2)
                .open();
        AmqpEventPublisher nowhere = AmqpEventPublisher.to("amqp://127.0.0.1:1/")
                .named("nowhere")
                .atMostWaiting(2)
                .open();
        try (publisher;
                nowhere;
                AmqpMetrics meters =
                        AmqpMetrics.bindTo(registry).events(publisher).events(nowhere)) {
            await().until(publisher::isConnected);
            publisher.onEvent(started(1));
            await().until(() -> messages("shop", "events", "sent") == 1);
            assertThat(gauge(AmqpMetrics.STATE, "shop", "events")).isEqualTo(1);
            assertThat(gauge(AmqpMetrics.WAITING, "shop", "events")).isZero();
            assertThat(messages("shop", "events", "dropped")).isZero();
            assertThat(connections("shop", "events")).isEqualTo(1);

            for (int i = 0; i < 5; i++) {
                nowhere.onEvent(started(i));
            }
            assertThat(gauge(AmqpMetrics.STATE, "nowhere", "events")).isZero();
            assertThat(gauge(AmqpMetrics.WAITING, "nowhere", "events")).isEqualTo(2);
            assertThat(messages("nowhere", "events", "dropped")).isEqualTo(3);
            assertThat(messages("nowhere", "events", "sent")).isZero();
            assertThat(connections("nowhere", "events")).isZero();
            publisher.close();
            assertThat(gauge(AmqpMetrics.STATE, "shop", "events")).isEqualTo(3);
        }
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void remoteMonitorHasMeters() throws Exception {
        RemoteMonitor remote =
                RemoteMonitor.follow(broker.uri()).monitor("meters").open();
        try (remote;
                AmqpMetrics meters = AmqpMetrics.bindTo(registry).remote(remote);
                PlainClient other = PlainClient.connect(broker.uri())) {
            await().until(remote::isConnected);
            assertThat(gauge(AmqpMetrics.STATE, "meters", "remote")).isEqualTo(1);
            assertThat(connections("meters", "remote")).isEqualTo(1);
            assertThat(gauge(AmqpMetrics.FRESH, "meters", "remote")).isZero();
            assertThat(gauge(AmqpMetrics.SNAPSHOT_AGE, "meters", "remote")).isNaN();
            other.channel()
                    .basicPublish(
                            AmqpEventPublisher.EXCHANGE,
                            "meters._.started",
                            new AMQP.BasicProperties.Builder()
                                    .type(EventMessage.TYPE)
                                    .build(),
                            new byte[] {'{'});
            await().until(() -> messages("meters", "remote", "unreadable") == 1);

            AmqpEventPublisher first = publisher(Duration.ofMillis(100));
            AmqpEventPublisher second = publisher(Duration.ofHours(1));
            try (first;
                    second;
                    Monitor monitor = Monitor.named("meters")
                            .check("storefront", ScriptedCheck.passing())
                            .start()) {
                second.attach(monitor);
                await().until(() -> gauge(AmqpMetrics.FRESH, "meters", "remote") == 1);
                double before = age(remote);
                double age = gauge(AmqpMetrics.SNAPSHOT_AGE, "meters", "remote");
                assertThat(age).isBetween(before, age(remote));
                assertThat(registry.get(AmqpMetrics.SNAPSHOT_AGE)
                                .gauge()
                                .getId()
                                .getBaseUnit())
                        .isEqualTo("seconds");
                first.attach(monitor);
                await().until(() -> messages("meters", "remote", "ignored") > 0);
            }
        }
        assertThat(registry.getMeters()).isEmpty();
    }

    private static double age(RemoteMonitor remote) {
        return remote.snapshotAge().orElseThrow().toNanos() / 1e9;
    }

    private static AmqpEventPublisher publisher(Duration snapshotEvery) {
        return AmqpEventPublisher.to(broker.uri())
                .named("meters")
                .snapshotEvery(snapshotEvery)
                .open();
    }

    private static MonitorStarted started(int checks) {
        return new MonitorStarted("shop", Instant.EPOCH, checks);
    }

    private double gauge(String meter, String name, String role) {
        return registry.get(meter).tags("name", name, "role", role).gauge().value();
    }

    private double connections(String name, String role) {
        return registry.get(AmqpMetrics.CONNECTIONS)
                .tags("name", name, "role", role)
                .functionCounter()
                .count();
    }

    private double messages(String name, String role, String outcome) {
        return registry.get(AmqpMetrics.MESSAGES)
                .tags("name", name, "role", role, "outcome", outcome)
                .functionCounter()
                .count();
    }
}
