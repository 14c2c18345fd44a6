package io.sitemonitor.amqp;

import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.definition.Names;
import io.sitemonitor.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
    final List<AmqpListener> listeners = new ArrayList<>();
    AmqpTopology topology = AmqpTopology.direct();

    @Nullable
    Store store;

    Duration handlerTimeout = Duration.ofSeconds(30);
    Duration firstRetry = Duration.ofSeconds(1);
    Duration longestRetry = Duration.ofSeconds(30);
    Duration closeTimeout = Duration.ofSeconds(2);
    int attempts = 10;
    int prefetch = 20;
    int concurrency = 1;
    int retryRounds;
    boolean exclusive;
    Duration retryDelay = Duration.ZERO;
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
     * Says which queue is taken from, how it is bound, and what is declared.
     *
     * <p>Default {@link AmqpTopology#direct()}. Messages are read in either form, whatever the topology.
     *
     * @param topology the topology, which replaces names that were set before
     * @return this builder
     */
    public AmqpAlertConsumerBuilder topology(AmqpTopology topology) {
        this.topology = Objects.requireNonNull(topology, "topology");
        return this;
    }

    /**
     * Binds the queue to another exchange, see {@link AmqpTopology#exchange(String)}.
     *
     * <p>Default {@value AmqpDefaults#EXCHANGE}.
     *
     * @param exchange the name, of 1 to 255 bytes
     * @return this builder
     * @throws IllegalArgumentException if it is empty or too long
     */
    public AmqpAlertConsumerBuilder exchange(String exchange) {
        topology = topology.exchange(exchange);
        return this;
    }

    /**
     * Binds the queue with another key, see {@link AmqpTopology#routingKey(String)}.
     *
     * <p>Default {@value AmqpDefaults#ROUTING_KEY}.
     *
     * @param routingKey the key, of 1 to 255 bytes
     * @return this builder
     * @throws IllegalArgumentException if it is empty or too long
     * @throws IllegalStateException with {@link AmqpTopology#topic()}
     */
    public AmqpAlertConsumerBuilder routingKey(String routingKey) {
        topology = topology.routingKey(routingKey);
        return this;
    }

    /**
     * Takes from another queue, see {@link AmqpTopology#queue(String)}.
     *
     * <p>Default {@value AmqpDefaults#QUEUE}. Consumers of one queue share its messages; who is to get each of them
     * needs a queue of its own.
     *
     * @param queue the name, of 1 to 249 bytes, so that there is room for suffixes
     * @return this builder
     * @throws IllegalArgumentException if it is empty or too long
     */
    public AmqpAlertConsumerBuilder queue(String queue) {
        topology = topology.queue(queue);
        return this;
    }

    /**
     * Puts what cannot be handled into another queue, see {@link AmqpTopology#deadLetterQueue(String)}.
     *
     * <p>Default: the name of the queue and {@value AmqpDefaults#DEAD_LETTER_SUFFIX}.
     *
     * @param queue the name, of 1 to 255 bytes
     * @return this builder
     * @throws IllegalArgumentException if it is empty or too long
     */
    public AmqpAlertConsumerBuilder deadLetterQueue(String queue) {
        topology = topology.deadLetterQueue(queue);
        return this;
    }

    /**
     * Lets a message that handlers have failed to take wait on the broker and come back, before it is a dead letter: it holds no
     * place here meanwhile, and a process that ends loses nothing of the wait. What comes for the same site meanwhile waits behind
     * it, as far as this process knows: with several consumers of one queue, or after a restart, later messages of the site may
     * overtake.
     *
     * <p>Default none: a message that all {@link #attempts} have failed with is a dead letter. The queue is called as the queue that
     * is read and {@value AmqpDefaults#RETRY_SUFFIX}; it is a quorum queue of our own with arguments, declared when the first
     * message comes, and needs RabbitMQ 3.10 or newer. Messages leave it in their order: after a shorter delay was set, they
     * still wait behind those with the longer one.
     *
     * @param delay how long a message waits, from 1 second to 7 days
     * @param rounds how often it may come back, from 1 to 1,000; each time it has all attempts again
     * @return this builder
     * @throws IllegalArgumentException if one is less or more than allowed
     */
    public AmqpAlertConsumerBuilder retryQueue(Duration delay, int rounds) {
        Objects.requireNonNull(delay, "delay");
        if (delay.compareTo(Duration.ofSeconds(1)) < 0 || delay.compareTo(Duration.ofDays(7)) > 0) {
            throw new IllegalArgumentException("the delay of retryQueue must be from PT1S to P7D, but was " + delay);
        }
        retryRounds = within("the rounds of retryQueue", rounds, 1_000);
        retryDelay = delay;
        return this;
    }

    /**
     * Handles so many messages at once, each of another site.
     *
     * <p>Default 1, from 1 to 100. With more, handlers must allow calls from as many threads, and {@link #prefetch} should be
     * at least as large.
     *
     * @param messages how many
     * @return this builder
     * @throws IllegalArgumentException if it is less or more than allowed
     */
    public AmqpAlertConsumerBuilder concurrency(int messages) {
        concurrency = within("concurrency", messages, 100);
        return this;
    }

    /**
     * Takes from the queue only as long as nobody else does, and lets nobody else in: an exclusive consumer, in the words of
     * AMQP. So the order of alerts also holds while the broker does not know yet that an earlier connection has ended, and a
     * second process of the same kind stands by. As long as somebody else has the queue, that is said, and it is tried again.
     *
     * <p>Default: consumers of the queue share its messages, as they always have. With {@link AmqpTopology#topic()} the queue
     * itself has one active consumer at a time.
     *
     * @return this builder
     */
    public AmqpAlertConsumerBuilder exclusive() {
        exclusive = true;
        return this;
    }

    /**
     * Keeps the ids of what was handled, so that doubles are dropped after a restart, too: {@code FileStore} or {@code JdbcStore}.
     *
     * <p>Default none: they are remembered in memory. The store is opened under the {@linkplain #named name of the consumer}, by one
     * process at a time; if that fails it is tried again as messages come, at most every 10 seconds. While it fails, messages are
     * handled, and doubles may come.
     *
     * @param store where ids are kept
     * @return this builder
     */
    public AmqpAlertConsumerBuilder remember(Store store) {
        this.store = Objects.requireNonNull(store, "store");
        return this;
    }

    /**
     * Tells somebody when the connection comes and goes, and what goes to the dead letters.
     *
     * @param listener who is told; may be called several times for several
     * @return this builder
     */
    public AmqpAlertConsumerBuilder listener(AmqpListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
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
     * @throws IllegalStateException if there is no handler, or {@link #exclusive()} is set with {@link AmqpTopology#topic()},
     *     or the broker is to know us by a certificate and none is set
     */
    public AmqpAlertConsumer start() {
        if (handlers.isEmpty()) {
            throw new IllegalStateException("the consumer '" + name + "' has no handler; add one with handler(…)");
        }
        if (exclusive && topology.isTopic()) {
            throw new IllegalStateException(
                    "the consumer '" + name + "' is exclusive, which is for the topology direct;"
                            + " with topic the queue itself has one active consumer, so leave exclusive() out");
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
