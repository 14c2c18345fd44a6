package io.sitemonitor.amqp;

import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.amqp.internal.ShortText;
import io.sitemonitor.definition.Names;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects the options of an {@link AmqpAlertConsumer}. Each is checked when it is set.
 *
 * <p><b>Threads:</b> for one thread.
 */
public final class AmqpAlertConsumerBuilder {

    private static final Duration LONGEST = Duration.ofHours(1);

    final AmqpBroker broker;
    final Map<String, AlertListener> handlers = new LinkedHashMap<>();
    String name = "default";
    String exchange = AmqpDefaults.EXCHANGE;
    String routingKey = AmqpDefaults.ROUTING_KEY;
    String queue = AmqpDefaults.QUEUE;

    @Nullable
    String deadLetterQueue;

    Duration handlerTimeout = Duration.ofSeconds(30);
    Duration firstRetry = Duration.ofSeconds(1);
    Duration longestRetry = Duration.ofSeconds(30);
    Duration closeTimeout = Duration.ofSeconds(2);
    int attempts = 10;
    int prefetch = 20;
    int remembered = 10_000;

    AmqpAlertConsumerBuilder(AmqpBroker broker) {
        this.broker = broker;
    }

    /**
     * Adds somebody who handles each alert, called {@code handler-1}, {@code handler-2} and so on.
     *
     * @param handler who handles
     * @return this builder
     */
    public AmqpAlertConsumerBuilder handler(AlertListener handler) {
        int number = handlers.size() + 1;
        while (handlers.containsKey("handler-" + number)) {
            number++;
        }
        return handler("handler-" + number, handler);
    }

    /**
     * Adds somebody who handles each alert. They are called one after the other, in the order in which they were
     * added; one that fails keeps nobody from the next.
     *
     * @param name its name in logs and reasons
     * @param handler who handles
     * @return this builder
     * @throws IllegalArgumentException if the name is not a name, see {@link Names}, or is taken
     */
    public AmqpAlertConsumerBuilder handler(String name, AlertListener handler) {
        Objects.requireNonNull(handler, "handler");
        if (handlers.containsKey(Names.require("handler", name))) {
            throw new IllegalArgumentException("there is a handler called '" + name + "' already");
        }
        handlers.put(name, handler);
        return this;
    }

    /**
     * Names the consumer, in the connection ({@code sitemonitor:shop:consumer}), in threads and logs.
     *
     * <p>Default {@code default}.
     *
     * @param name the name
     * @return this builder
     * @throws IllegalArgumentException if it is not a name, see {@link Names}
     */
    public AmqpAlertConsumerBuilder named(String name) {
        this.name = Names.require("consumer", name);
        return this;
    }

    /**
     * Binds the queue to another exchange.
     *
     * <p>Default {@value AmqpDefaults#EXCHANGE}.
     *
     * @param exchange the name, of 1 to 255 bytes
     * @return this builder
     * @throws IllegalArgumentException if it is empty or too long
     */
    public AmqpAlertConsumerBuilder exchange(String exchange) {
        this.exchange = ShortText.require("exchange", exchange);
        return this;
    }

    /**
     * Binds the queue with another key.
     *
     * <p>Default {@value AmqpDefaults#ROUTING_KEY}.
     *
     * @param routingKey the key, of 1 to 255 bytes
     * @return this builder
     * @throws IllegalArgumentException if it is empty or too long
     */
    public AmqpAlertConsumerBuilder routingKey(String routingKey) {
        this.routingKey = ShortText.require("routingKey", routingKey);
        return this;
    }

    /**
     * Takes from another queue.
     *
     * <p>Default {@value AmqpDefaults#QUEUE}. Consumers of one queue share its messages; who is to get each of them
     * needs a queue of its own.
     *
     * @param queue the name, of 1 to 250 bytes, so that there is room for the suffix of the dead letters
     * @return this builder
     * @throws IllegalArgumentException if it is empty or too long
     */
    public AmqpAlertConsumerBuilder queue(String queue) {
        this.queue = ShortText.require("queue", queue);
        ShortText.require("queue and suffix of the dead letters", queue + AmqpDefaults.DEAD_LETTER_SUFFIX);
        return this;
    }

    /**
     * Puts what cannot be handled into another queue.
     *
     * <p>Default: the name of the queue and {@value AmqpDefaults#DEAD_LETTER_SUFFIX}.
     *
     * @param queue the name, of 1 to 255 bytes
     * @return this builder
     * @throws IllegalArgumentException if it is empty or too long
     */
    public AmqpAlertConsumerBuilder deadLetterQueue(String queue) {
        deadLetterQueue = ShortText.require("deadLetterQueue", queue);
        return this;
    }

    /**
     * Interrupts a handler that takes longer; that counts as a failure.
     *
     * <p>Default 30 seconds, from 1 millisecond to 1 hour. The broker takes a message away from whoever holds it for
     * longer than its own limit, usually 30 minutes.
     *
     * @param timeout the longest time of one call
     * @return this builder
     * @throws IllegalArgumentException if it is shorter or longer than allowed
     */
    public AmqpAlertConsumerBuilder handlerTimeout(Duration timeout) {
        handlerTimeout = Endpoints.within("handlerTimeout", timeout, LONGEST);
        return this;
    }

    /**
     * Gives an alert up after so many failed attempts of a handler: it goes to the dead letters.
     *
     * <p>Default 10, which with the default pauses takes about three minutes; from 1 to 1,000.
     *
     * @param attempts how often a handler is tried
     * @return this builder
     * @throws IllegalArgumentException if it is less or more than allowed
     */
    public AmqpAlertConsumerBuilder attempts(int attempts) {
        this.attempts = within("attempts", attempts, 1_000);
        return this;
    }

    /**
     * Sets the pauses between attempts: the first, doubled after each further failure up to the longest, each varied
     * by up to a fifth.
     *
     * <p>Default 1 second and 30 seconds, from 1 millisecond to 1 hour.
     *
     * @param first the pause after the first failure
     * @param longest the longest pause
     * @return this builder
     * @throws IllegalArgumentException if one is shorter or longer than allowed, or the first is longer than the
     *     longest
     */
    public AmqpAlertConsumerBuilder retry(Duration first, Duration longest) {
        Endpoints.within("the first retry", first, LONGEST);
        Endpoints.within("the longest retry", longest, LONGEST);
        if (first.compareTo(longest) > 0) {
            throw new IllegalArgumentException(
                    "the first retry must not be later than the longest, " + longest + ", but was " + first);
        }
        firstRetry = first;
        longestRetry = longest;
        return this;
    }

    /**
     * Bounds how many messages may be in hand, those that wait for another attempt included.
     *
     * <p>Default 20, from 1 to 10,000.
     *
     * @param messages how many
     * @return this builder
     * @throws IllegalArgumentException if it is less or more than allowed
     */
    public AmqpAlertConsumerBuilder prefetch(int messages) {
        prefetch = within("prefetch", messages, 10_000);
        return this;
    }

    /**
     * Bounds how many ids are remembered to recognise doubles by.
     *
     * <p>Default 10,000, from 1 to 1,000,000.
     *
     * @param ids how many
     * @return this builder
     * @throws IllegalArgumentException if it is less or more than allowed
     */
    public AmqpAlertConsumerBuilder remember(int ids) {
        remembered = within("remember", ids, 1_000_000);
        return this;
    }

    /**
     * Limits how long {@link AmqpAlertConsumer#close} waits for the message in hand. Closing takes at most 4 seconds
     * more.
     *
     * <p>Default 2 seconds, from 1 millisecond to 1 hour.
     *
     * @param timeout the longest time
     * @return this builder
     * @throws IllegalArgumentException if it is shorter or longer than allowed
     */
    public AmqpAlertConsumerBuilder closeTimeout(Duration timeout) {
        closeTimeout = Endpoints.within("closeTimeout", timeout, LONGEST);
        return this;
    }

    /**
     * Starts the consumer. Returns at once; whether the broker is there does not matter.
     *
     * @return the consumer, which connects by itself
     * @throws IllegalStateException if there is no handler, or the broker is to know us by a certificate and none is set
     */
    public AmqpAlertConsumer start() {
        if (handlers.isEmpty()) {
            throw new IllegalStateException("the consumer '" + name + "' has no handler; add one with handler(…)");
        }
        AmqpAlertConsumer consumer = new AmqpAlertConsumer(this);
        consumer.start();
        return consumer;
    }

    private static int within(String what, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(what + " must be from 1 to " + most + ", but was " + value);
        }
        return value;
    }
}
