package io.sitemonitor.amqp;

import io.sitemonitor.amqp.internal.Declaration;
import io.sitemonitor.amqp.internal.Declarations;
import io.sitemonitor.amqp.internal.Declarations.Mode;
import io.sitemonitor.amqp.internal.ShortText;
import io.sitemonitor.amqp.message.AlertMessage;
import io.sitemonitor.amqp.message.SiteStatusMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which exchange and which queues alerts go through, in which form, and who declares them. Publisher and consumer are given the
 * same one.
 *
 * <p>There are two. {@link #direct()}, the default, is what has always been there: a direct exchange, one key, a queue without
 * arguments, and flat messages ({@link SiteStatusMessage}) that can say up and down. {@link #topic()} is for those who need no
 * old readers: a topic exchange with keys {@code monitor.check.kind}, replicated queues, and messages with all of an alert
 * ({@link AlertMessage}).
 *
 * <p>{@link #plan()} says what would be declared; nothing else ever is. With {@link #passive()} things are only looked for, with
 * {@link #undeclared()} not even that.
 *
 * <p>Immutable: each option returns a copy. Names have 1 to 255 bytes of UTF-8 without control characters.
 */
public final class AmqpTopology {

    /** How often a message may come back from consumers that end without an answer before it is a dead letter. */
    private static final int DELIVERY_LIMIT = 100;

    private static final int MOST_BINDINGS = 1_000;

    private final boolean topic;
    private final String exchange;
    private final List<String> keys;
    private final String queue;
    private final @Nullable String deadLetterQueue;
    private final boolean quorum;
    private final Mode mode;

    private AmqpTopology(
            boolean topic,
            String exchange,
            List<String> keys,
            String queue,
            @Nullable String deadLetterQueue,
            boolean quorum,
            Mode mode) {
        this.topic = topic;
        this.exchange = exchange;
        this.keys = keys;
        this.queue = queue;
        this.deadLetterQueue = deadLetterQueue;
        this.quorum = quorum;
        this.mode = mode;
    }

    /**
     * Returns the one that has always been there: the publisher declares the direct exchange {@value AmqpDefaults#EXCHANGE}, the
     * consumer the queue {@value AmqpDefaults#QUEUE}, durable and without arguments, and its binding with
     * {@value AmqpDefaults#ROUTING_KEY}.
     *
     * @return the default topology
     */
    public static AmqpTopology direct() {
        return new AmqpTopology(
                false,
                AmqpDefaults.EXCHANGE,
                List.of(AmqpDefaults.ROUTING_KEY),
                AmqpDefaults.QUEUE,
                null,
                false,
                Mode.DECLARE);
    }

    /**
     * Returns the one for all of an alert: the publisher declares the topic exchange {@value AmqpDefaults#TOPIC_EXCHANGE}, the
     * consumer the quorum queue {@value AmqpDefaults#TOPIC_QUEUE} for every alert, and another for its dead letters. Of several
     * consumers of the queue one gets the messages, and when it ends the next one does, so that their order holds. What the
     * broker itself dead-letters, such as a message that has come back 100 times from consumers that ended, goes there at least once. Needs RabbitMQ 3.10 or newer, unless {@link #classicQueues()}.
     *
     * @return a topology of its own
     */
    public static AmqpTopology topic() {
        return new AmqpTopology(
                true, AmqpDefaults.TOPIC_EXCHANGE, List.of("#"), AmqpDefaults.TOPIC_QUEUE, null, true, Mode.DECLARE);
    }

    /**
     * Uses another exchange.
     *
     * <p>Default {@value AmqpDefaults#EXCHANGE}, or {@value AmqpDefaults#TOPIC_EXCHANGE} with {@link #topic()}.
     *
     * @param name its name
     * @return a copy with it
     * @throws IllegalArgumentException if it is not a name
     */
    public AmqpTopology exchange(String name) {
        return new AmqpTopology(topic, ShortText.require("exchange", name), keys, queue, deadLetterQueue, quorum, mode);
    }

    /**
     * Sends with another key, and binds the queue with it.
     *
     * <p>Default {@value AmqpDefaults#ROUTING_KEY}.
     *
     * @param key the key
     * @return a copy with it
     * @throws IllegalArgumentException if it is not a name
     * @throws IllegalStateException with {@link #topic()}, where each alert has a key of its own: see {@link #bind}
     */
    public AmqpTopology routingKey(String key) {
        if (topic) {
            throw new IllegalStateException("on a topic exchange each alert has its own key, monitor.check.kind;"
                    + " bind(…) says which of them a queue gets");
        }
        return new AmqpTopology(
                false, exchange, List.of(ShortText.require("routingKey", key)), queue, deadLetterQueue, quorum, mode);
    }

    /**
     * Binds the queue with patterns: {@code shop.#} is everything of one monitor, {@code *.*.down} every outage.
     *
     * <p>Default {@code #}, everything. Whatever the queue was bound with before stays: nobody unbinds.
     *
     * @param patterns from 1 to 1,000 patterns of a topic exchange
     * @return a copy with these instead of others
     * @throws IllegalArgumentException if there is none, or one is not a name
     * @throws IllegalStateException with {@link #direct()}, where there is one key: see {@link #routingKey}
     */
    public AmqpTopology bind(String... patterns) {
        if (!topic) {
            throw new IllegalStateException(
                    "on a direct exchange there are no patterns; set the key with routingKey(…)");
        }
        if (patterns.length == 0 || patterns.length > MOST_BINDINGS) {
            throw new IllegalArgumentException(
                    "bind needs from 1 to " + MOST_BINDINGS + " patterns, but got " + patterns.length);
        }
        List<String> bound = Stream.of(patterns)
                .map(pattern -> ShortText.require("pattern", pattern))
                .distinct()
                .toList();
        return new AmqpTopology(true, exchange, bound, queue, deadLetterQueue, quorum, mode);
    }

    /**
     * Takes from another queue. Of consumers of one queue one gets each message; who is to get all of them needs a queue of its own.
     *
     * <p>Default {@value AmqpDefaults#QUEUE}, or {@value AmqpDefaults#TOPIC_QUEUE} with {@link #topic()}.
     *
     * @param name its name, of 1 to 249 bytes, so that there is room for suffixes
     * @return a copy with it
     * @throws IllegalArgumentException if it is not such a name
     */
    public AmqpTopology queue(String name) {
        if (!name.isEmpty()) {
            ShortText.require("queue and the suffix " + AmqpDefaults.RETRY_SUFFIX, name + AmqpDefaults.RETRY_SUFFIX);
        }
        ShortText.require("queue", name);
        return new AmqpTopology(topic, exchange, keys, name, deadLetterQueue, quorum, mode);
    }

    /**
     * Puts dead letters into another queue. One that is there already is taken as it is.
     *
     * <p>Default the name of the queue and {@value AmqpDefaults#DEAD_LETTER_SUFFIX}.
     *
     * @param name its name
     * @return a copy with it
     * @throws IllegalArgumentException if it is not a name
     */
    public AmqpTopology deadLetterQueue(String name) {
        return new AmqpTopology(topic, exchange, keys, queue, ShortText.require("deadLetterQueue", name), quorum, mode);
    }

    /**
     * Declares queues without arguments, for a broker without quorum queues, or one whose policies say how queues are kept.
     *
     * <p>Default with {@link #direct()}; quorum queues with {@link #topic()}.
     *
     * @return a copy that does
     */
    public AmqpTopology classicQueues() {
        return new AmqpTopology(topic, exchange, keys, queue, deadLetterQueue, false, mode);
    }

    /**
     * Declares nothing, but looks whether exchange and queue are there, before anything is sent or taken; as long as they are not,
     * that is said and alerts wait. Bindings cannot be looked for: an alert that no queue gets comes back, and waits.
     *
     * @return a copy that looks only
     */
    public AmqpTopology passive() {
        return new AmqpTopology(topic, exchange, keys, queue, deadLetterQueue, quorum, Mode.CHECK);
    }

    /**
     * Neither declares anything nor looks for it, for a user who may only write and read.
     *
     * @return a copy that leaves everything alone
     */
    public AmqpTopology undeclared() {
        return new AmqpTopology(topic, exchange, keys, queue, deadLetterQueue, quorum, Mode.NONE);
    }

    /**
     * Says what publisher and consumer would declare, or look for. The lines are made of the very declarations that are sent.
     *
     * @return a line each, without line breaks; for people, not for programs
     */
    public List<String> plan() {
        List<String> lines = new ArrayList<>();
        String verb = mode == Mode.DECLARE ? "declares " : "looks for ";
        if (mode == Mode.NONE) {
            return List.of("nothing is declared or looked for");
        }
        add(lines, "publisher " + verb, forPublisher());
        add(lines, "consumer " + verb, forConsumer());
        if (!quorum) {
            add(lines, "consumer, at its first dead letter, " + verb, forDeadLetters());
        }
        return List.copyOf(lines);
    }

    private static void add(List<String> lines, String who, Declarations declarations) {
        for (Declaration each : declarations.all()) {
            if (declarations.mode() == Mode.DECLARE || !(each instanceof Declaration.Binding)) {
                boolean maybe = declarations.mode() == Mode.DECLARE && each.isOnlyIfAbsent();
                lines.add(who + each + (maybe ? ", if there is none" : ""));
            }
        }
    }

    Declarations forPublisher() {
        return new Declarations(mode, List.of(new Declaration.Exchange(exchange, type(), false)));
    }

    /** Whoever starts first must not matter: without the exchange there is nothing to bind to. */
    Declarations forConsumer() {
        List<Declaration> all = new ArrayList<>();
        all.add(new Declaration.Queue(queue, arguments(deadLetterQueue()), false));
        all.add(new Declaration.Exchange(exchange, type(), true));
        keys.forEach(key -> all.add(new Declaration.Binding(queue, exchange, key)));
        if (quorum) { // the broker itself may have dead letters at any time
            all.addAll(forDeadLetters().all());
        }
        return new Declarations(mode, all);
    }

    Declarations forDeadLetters() {
        Map<String, Object> its = quorum ? Map.of("x-queue-type", "quorum") : Map.of();
        return new Declarations(mode, List.of(new Declaration.Queue(deadLetterQueue(), its, true)));
    }

    /** What expires there goes back to the queue, at least once. */
    Declarations forRetries() {
        return new Declarations(mode, List.of(new Declaration.Queue(retryQueue(), quorumTo(queue), true)));
    }

    String retryQueue() {
        return queue + AmqpDefaults.RETRY_SUFFIX;
    }

    private Map<String, Object> arguments(String deadLettersTo) {
        Map<String, Object> all = new HashMap<>();
        if (quorum) {
            all.putAll(quorumTo(deadLettersTo));
            all.put("x-delivery-limit", DELIVERY_LIMIT);
            // a broker knows later than a client that a connection has ended: until then it would deal messages to both
            all.put("x-single-active-consumer", true);
        }
        return all;
    }

    /** At-least-once dead-lettering needs a queue that refuses when it is full instead of dropping. */
    private static Map<String, Object> quorumTo(String deadLettersTo) {
        return Map.of(
                "x-queue-type", "quorum",
                "x-overflow", "reject-publish",
                "x-dead-letter-exchange", "",
                "x-dead-letter-routing-key", deadLettersTo,
                "x-dead-letter-strategy", "at-least-once");
    }

    private String type() {
        return topic ? "topic" : "direct";
    }

    boolean isTopic() {
        return topic;
    }

    String exchange() {
        return exchange;
    }

    /** The key of flat messages. */
    String routingKey() {
        return keys.get(0);
    }

    String queue() {
        return queue;
    }

    String deadLetterQueue() {
        return deadLetterQueue == null ? queue + AmqpDefaults.DEAD_LETTER_SUFFIX : deadLetterQueue;
    }

    /** Returns the lines of {@link #plan()}. */
    @Override
    public String toString() {
        return String.join("; ", plan());
    }
}
