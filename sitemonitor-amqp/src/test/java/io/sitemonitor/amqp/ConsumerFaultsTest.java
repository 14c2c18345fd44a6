package io.sitemonitor.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.alert.AlertListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a consumer does in single cases, with a broker of our own; {@link ConsumerFaultSuiteTest} has the streams. */
@ExtendWith(WithRabbit.class)
@NeedsOwnNode
class ConsumerFaultsTest {

    private final RabbitNode node = WithRabbit.node();
    private final List<String> handled = new CopyOnWriteArrayList<>();
    private PlainClient other;
    private FaultProxy wire;

    @BeforeEach
    void connect() throws Exception {
        other = PlainClient.connect(node.uri()).wipe();
        wire = FaultProxy.to(node.port());
    }

    @AfterEach
    void disconnect() throws Exception {
        wire.close();
        other.close();
    }

    @Test
    @DisplayName("P27: starts when the broker is away, and works once it is there")
    void startsBeforeBroker() throws Exception {
        wire.refuse();
        try (AmqpAlertConsumer consumer = consumer(alert -> handled.add(alert.id()));
                AmqpAlertPublisher publisher =
                        AmqpAlertPublisher.to(wire.uri()).named("test").open()) {
            wire.acceptAgain();
            await().until(consumer::isConnected);
            publisher.onAlert(TestAlerts.numbered("c", 0));
            await().until(() -> handled.contains("c#0"));
        }
    }

    @Test
    @DisplayName("P9: the consumer declares what the old one declares; the dead letters only once there are any")
    void declaresTheContractOnly() throws Exception {
        List<String> before = PublisherFaultsTest.declarations(node);
        try (AmqpAlertConsumer consumer = consumer(alert -> handled.add(alert.id()))) {
            await().until(consumer::isConnected);
            List<String> after = new ArrayList<>(PublisherFaultsTest.declarations(node));
            after.removeAll(before);
            assertThat(after)
                    .containsExactlyInAnyOrder(
                            "exchange site_monitor\tdirect\ttrue\tfalse\tfalse\t[]",
                            "queue alert_queue\ttrue\tfalse\tfalse\t[]",
                            "binding \talert_queue\talert_queue\t[]",
                            "binding site_monitor\talert_queue\tsites_status_key\t[]");
            // strictly as the old consumer does it
            other.declareQueue();
            other.send("poison");
            await().until(() -> consumer.deadLetters() == 1);
            List<String> withPoison = new ArrayList<>(PublisherFaultsTest.declarations(node));
            withPoison.removeAll(before);
            withPoison.removeAll(after);
            assertThat(withPoison)
                    .containsExactlyInAnyOrder(
                            "queue alert_queue.dead\ttrue\tfalse\tfalse\t[]",
                            "binding \talert_queue.dead\talert_queue.dead\t[]");
        }
    }

    @Test
    @DisplayName("P10: while the dead letters cannot be written, poison stays where it was")
    void keepsPoisonUntilDeadLettersAreWritten() throws Exception {
        other.channel()
                .queueDeclare(
                        "alert_queue.dead",
                        true,
                        false,
                        false,
                        Map.of("x-max-length", 0, "x-overflow", "reject-publish"));
        try (AmqpAlertConsumer consumer = consumer(alert -> handled.add(alert.id()))) {
            await().until(consumer::isConnected);
            other.send("poison");
            other.send(AmqpTrafficContract.json("a", "a-1"));
            await().atMost(Duration.ofSeconds(30)).until(() -> handled.contains("a-1"));
            assertThat(consumer.deadLetters()).isZero();
        }
        await().until(() -> other.waiting("alert_queue") == 1);
    }

    private AmqpAlertConsumer consumer(AlertListener handler) {
        return AmqpAlertConsumer.from(wire.uri())
                .named("test")
                .handlerTimeout(Duration.ofMinutes(2))
                .handler(handler)
                .start();
    }
}
