package io.sitemonitor.amqp;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BuildersTest {

    private final AmqpAlertPublisher.Builder publisher = AmqpAlertPublisher.to("amqp://h");
    private final AmqpAlertConsumerBuilder consumer = AmqpAlertConsumer.from("amqp://h");

    @Test
    void refusesWrongValuesAtTheSetter() {
        refused(
                () -> publisher.confirmTimeout(Duration.ZERO),
                "confirmTimeout must be from PT0.001S to PT1H, but was PT0S");
        refused(() -> publisher.exchange(""), "exchange must have from 1 to 255 bytes, but has 0");
        refused(() -> publisher.routingKey("k\n"), "routingKey must not contain control characters, but was 'k '");
        refused(() -> publisher.named(" "), "the name of a publisher must not be empty");
        refused(() -> consumer.prefetch(0), "prefetch must be from 1 to 10000, but was 0");
        refused(() -> consumer.attempts(1_001), "attempts must be from 1 to 1000, but was 1001");
        refused(() -> consumer.remember(0), "remember must be from 1 to 1000000, but was 0");
        refused(
                () -> consumer.queue("q".repeat(251)),
                "queue and the suffix .retry must have from 1 to 255 bytes, but has 257");
        refused(
                () -> consumer.retryQueue(Duration.ofMillis(10), 1),
                "the delay of retryQueue must be from PT1S to P7D, but was PT0.01S");
        refused(
                () -> consumer.retryQueue(Duration.ofMinutes(10), 0),
                "the rounds of retryQueue must be from 1 to 1000, but was 0");
        refused(() -> consumer.concurrency(101), "concurrency must be from 1 to 100, but was 101");
        refused(
                () -> consumer.retry(Duration.ofSeconds(2), Duration.ofSeconds(1)),
                "the first retry must not be later than the longest, PT1S, but was PT2S");
        refused(() -> consumer.handler("h", a -> {}).handler("h", a -> {}), "there is a handler called 'h' already");
    }

    @Test
    void refusesAConsumerWithoutHandler() {
        assertThatThrownBy(consumer::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the consumer 'default' has no handler; add one with handler(…)");
    }

    @Test
    void refusesAnExclusiveConsumerOfAQueueThatHasOneAnyway() {
        assertThatThrownBy(() -> AmqpAlertConsumer.from("amqp://h")
                        .handler(alert -> {})
                        .exclusive()
                        .topology(AmqpTopology.topic())
                        .start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the consumer 'default' is exclusive, which is for the topology direct;"
                        + " with topic the queue itself has one active consumer, so leave exclusive() out");
    }

    private static void refused(Runnable setter, String message) {
        assertThatThrownBy(setter::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
