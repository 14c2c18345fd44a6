package io.sitemonitor.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import com.rabbitmq.client.ShutdownSignalException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several consumers of one queue, of which one works and the others stand by. */
@ExtendWith(WithRabbit.class)
@NeedsOwnNode
class ConsumersInTurnTest {

    private final RabbitNode node = WithRabbit.node();
    private final RabbitAdmin admin = new RabbitAdmin(node);
    private final List<String> handled = new CopyOnWriteArrayList<>();
    private PlainClient other;

    @BeforeEach
    void connect() throws Exception {
        other = PlainClient.connect(node.uri()).wipe();
    }

    @AfterEach
    void disconnect() throws Exception {
        other.channel().queueDelete(AmqpDefaults.TOPIC_QUEUE);
        other.close();
    }

    @Test
    @DisplayName("P6: of several consumers of the queue of the topic topology one gets everything, then the next one")
    void oneIsActive() throws Exception {
        AmqpTopology topology = AmqpTopology.topic();
        try (AmqpAlertPublisher publisher =
                AmqpAlertPublisher.to(node.uri()).topology(topology).open()) {
            AmqpAlertConsumer first = consumer("first").topology(topology).start();
            await().until(() -> admin.consumers(AmqpDefaults.TOPIC_QUEUE, "/") == 1);
            try (AmqpAlertConsumer next = consumer("second").topology(topology).start()) {
                await().until(() -> admin.consumers(AmqpDefaults.TOPIC_QUEUE, "/") == 2);
                for (int i = 0; i < 10; i++) {
                    publisher.onAlert(TestAlerts.numbered("c", i));
                }
                await().until(() -> handled.size() == 10);
                assertThat(handled).allMatch(each -> each.startsWith("first "));
                first.close();
                for (int i = 10; i < 20; i++) {
                    publisher.onAlert(TestAlerts.numbered("c", i));
                }
                await().until(() -> handled.size() == 20);
                assertThat(handled.subList(10, 20)).allMatch(each -> each.startsWith("second "));
                assertThat(next.isConnected()).isTrue();
            }
        }
    }

    @Test
    @DisplayName("A queue with one active consumer refuses to be peeked into, as the guide says")
    void refusesToBePeekedInto() throws Exception {
        try (AmqpAlertConsumer consumer =
                consumer("first").topology(AmqpTopology.topic()).start()) {
            await().until(consumer::isConnected);
            assertThatThrownBy(() -> other.get(AmqpDefaults.TOPIC_QUEUE))
                    .hasRootCauseInstanceOf(ShutdownSignalException.class)
                    .rootCause()
                    .hasMessageContaining("single active consumer");
        }
        other = PlainClient.connect(node.uri());
    }

    @Test
    @DisplayName("P6: an exclusive consumer has the queue to itself; another one says so, waits, and takes over")
    void exclusiveOnesTakeTurns() throws Exception {
        try (LogCapture log = new LogCapture()) {
            AmqpAlertConsumer first = consumer("first").exclusive().start();
            await().until(first::isConnected);
            try (AmqpAlertConsumer next = consumer("second").exclusive().start()) {
                await().until(() -> log.atLeast(Level.WARN).stream()
                        .anyMatch(line -> line.startsWith("[second] amqp consumer: cannot have the queue 'alert_queue'"
                                + " to itself, as configured: 403 ACCESS_REFUSED")));
                assertThat(next.isConnected()).isFalse();
                assertThat(first.isConnected()).isTrue();
                other.send(text(0));
                await().until(() -> handled.equals(List.of("first c#0")));
                first.close();
                await().until(next::isConnected);
                other.send(text(1));
                await().until(() -> handled.equals(List.of("first c#0", "second c#1")));
            }
        }
    }

    @Test
    @DisplayName("P6: an exclusive consumer waits as long as somebody of another kind reads the queue")
    void exclusiveOneWaitsForOthers() throws Exception {
        other.declareQueue();
        String tag = other.channel().basicConsume("alert_queue", true, Map.of(), (t, m) -> {}, t -> {});
        try (LogCapture log = new LogCapture();
                AmqpAlertConsumer consumer = consumer("late").exclusive().start()) {
            await().until(() -> log.atLeast(Level.WARN).stream().anyMatch(line -> line.contains("to itself")));
            other.channel().basicCancel(tag);
            await().until(consumer::isConnected);
        }
    }

    private AmqpAlertConsumerBuilder consumer(String name) {
        return AmqpAlertConsumer.from(node.uri()).named(name).handler(alert -> handled.add(name + " " + alert.id()));
    }

    private static String text(int number) {
        return "{\"site_name\":\"c\",\"site_status\":\"down\",\"email\":\"\",\"timestamp\":\"2026-11-22T12:00:00Z\","
                + "\"alert_id\":\"c#" + number + "\"}";
    }
}
