package io.sitemonitor.amqp;

import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.amqp.internal.Intake;
import io.sitemonitor.amqp.internal.IntakeSettings;
import io.sitemonitor.amqp.internal.Link;
import io.sitemonitor.amqp.internal.QueueTopology;
import io.sitemonitor.definition.Names;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Takes alerts from RabbitMQ and hands them to listeners: those that {@link AmqpAlertPublisher} sends, and those of any
 * sender of {@link io.sitemonitor.amqp.message.SiteStatusMessage}, of four fields or more.
 *
 * <pre>{@code
 * try (AmqpAlertConsumer consumer = AmqpAlertConsumer.from("amqp://guest:guest@broker:5672/")
 *         .handler("mail", EmailListener.smtp("smtp://mail.internal"))
 *         .handler("log", incidentLog)
 *         .start()) { … }
 * }</pre>
 *
 * <p><b>At least once.</b> A message is acknowledged once every handler has returned. A handler that throws is called
 * again after a growing pause; those that have succeeded are not. Messages of one site are handled in their order and one
 * at a time; those of other sites go on. A message whose id was dealt with before is acknowledged and dropped; the latest
 * ids are remembered, in memory.
 *
 * <p><b>Dead letters.</b> What cannot be read goes to the dead-letter queue at once, what a handler has refused (with
 * {@link io.sitemonitor.alert.UndeliverableAlertException}) or failed to handle so many times goes there too: body and
 * properties as they came, the reason in the header {@code x-sitemonitor-reason}, the number of attempts in
 * {@code x-sitemonitor-attempts}. Only then it is acknowledged. That queue, durable and without arguments, is declared
 * when the first such message comes, unless it is there already.
 *
 * <p><b>What it declares.</b> The queue, durable and without any argument, and its binding; and the exchange if there is
 * none, as the publisher would. It declares them again, and goes on, after every loss of the connection and when the queue
 * was deleted. It may be started before the broker is there. It warns at most once a minute.
 *
 * <p><b>Threads:</b> safe for use by any number of threads. Handlers are called by daemon threads of the consumer's, each
 * handler by one thread at a time.
 */
public final class AmqpAlertConsumer implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofHours(1);

    private final String name;
    private final AmqpAddress address;
    private final Duration closeTimeout;
    private final Intake intake;

    private AmqpAlertConsumer(Builder builder) {
        name = builder.name;
        address = builder.address;
        closeTimeout = builder.closeTimeout;
        String deadLetterQueue = builder.deadLetterQueue;
        IntakeSettings settings = new IntakeSettings(
                name,
                Endpoints.of(address, builder.sslContext, builder.connectTimeout),
                new QueueTopology(builder.exchange, builder.routingKey, builder.queue),
                deadLetterQueue == null ? builder.queue + AmqpDefaults.DEAD_LETTER_SUFFIX : deadLetterQueue,
                builder.handlers,
                builder.prefetch,
                builder.handlerTimeout,
                builder.attempts,
                builder.firstRetry,
                builder.longestRetry,
                builder.remembered);
        intake = new Intake(
                settings, new Link.Wiring(LoggerFactory.getLogger(AmqpAlertConsumer.class), TimeSource.system()));
    }

    /**
     * Begins a consumer.
     *
     * @param uri where the broker is, see {@link AmqpAddress}
     * @return a new builder
     * @throws IllegalArgumentException if it is not an AMQP URI
     */
    public static Builder from(String uri) {
        return from(AmqpAddress.parse(uri));
    }

    /**
     * Begins a consumer.
     *
     * @param address where the broker is
     * @return a new builder
     */
    public static Builder from(AmqpAddress address) {
        return new Builder(Objects.requireNonNull(address, "address"));
    }

    /**
     * Tells whether messages can come in at this moment.
     *
     * @return whether there is a connection and a subscription to the queue
     */
    public boolean isConnected() {
        return intake.isUp();
    }

    /**
     * Counts the messages that every handler has taken.
     *
     * @return how many since the start
     */
    public long handled() {
        return intake.counts().handled();
    }

    /**
     * Counts the messages that were dropped because their id had been dealt with before.
     *
     * @return how many since the start
     */
    public long doubles() {
        return intake.counts().doubles();
    }

    /**
     * Counts the failed attempts after which a message was kept to be tried again.
     *
     * @return how many since the start
     */
    public long retries() {
        return intake.counts().retries();
    }

    /**
     * Counts the messages that went to the dead-letter queue.
     *
     * @return how many since the start
     */
    public long deadLetters() {
        return intake.counts().deadLetters();
    }

    /**
     * Takes nothing more, gives the message in hand the {@linkplain Builder#closeTimeout(Duration) close timeout}, then
     * interrupts it, and ends. What was not acknowledged stays in the queue. May be called twice.
     */
    @Override
    public void close() {
        intake.close(closeTimeout);
    }

    /** Returns where it takes from, without the password. */
    @Override
    public String toString() {
        return "AMQP consumer '" + name + "' from " + address;
    }

    /**
     * Collects the options of a consumer. Each is checked when it is set.
     *
     * <p><b>Threads:</b> for one thread.
     */
    public static final class Builder {

        private final AmqpAddress address;
        private final Map<String, AlertListener> handlers = new LinkedHashMap<>();
        private String name = "default";
        private String exchange = AmqpDefaults.EXCHANGE;
        private String routingKey = AmqpDefaults.ROUTING_KEY;
        private String queue = AmqpDefaults.QUEUE;
        private @Nullable String deadLetterQueue;
        private @Nullable SSLContext sslContext;
        private Duration connectTimeout = Duration.ofSeconds(3);
        private Duration handlerTimeout = Duration.ofSeconds(30);
        private Duration firstRetry = Duration.ofSeconds(1);
        private Duration longestRetry = Duration.ofSeconds(30);
        private Duration closeTimeout = Duration.ofSeconds(2);
        private int attempts = 10;
        private int prefetch = 20;
        private int remembered = 10_000;

        private Builder(AmqpAddress address) {
            this.address = address;
        }

        /**
         * Adds somebody who handles each alert, called {@code handler-1}, {@code handler-2} and so on.
         *
         * @param handler who handles
         * @return this builder
         */
        public Builder handler(AlertListener handler) {
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
        public Builder handler(String name, AlertListener handler) {
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
        public Builder named(String name) {
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
        public Builder exchange(String exchange) {
            this.exchange = Endpoints.requireShort("exchange", exchange);
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
        public Builder routingKey(String routingKey) {
            this.routingKey = Endpoints.requireShort("routingKey", routingKey);
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
        public Builder queue(String queue) {
            this.queue = Endpoints.requireShort("queue", queue);
            Endpoints.requireShort("queue and suffix of the dead letters", queue + AmqpDefaults.DEAD_LETTER_SUFFIX);
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
        public Builder deadLetterQueue(String queue) {
            deadLetterQueue = Endpoints.requireShort("deadLetterQueue", queue);
            return this;
        }

        /**
         * Trusts what this context trusts, for {@code amqps}. The host name is verified in any case.
         *
         * <p>Default: what the JVM trusts.
         *
         * @param sslContext the context
         * @return this builder
         */
        public Builder sslContext(SSLContext sslContext) {
            this.sslContext = Objects.requireNonNull(sslContext, "sslContext");
            return this;
        }

        /**
         * Limits how long a connection may take, and again its handshake.
         *
         * <p>Default 3 seconds, from 1 millisecond to 1 hour.
         *
         * @param timeout the longest time
         * @return this builder
         * @throws IllegalArgumentException if it is shorter or longer than allowed
         */
        public Builder connectTimeout(Duration timeout) {
            connectTimeout = Endpoints.within("connectTimeout", timeout, LONGEST);
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
        public Builder handlerTimeout(Duration timeout) {
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
        public Builder attempts(int attempts) {
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
        public Builder retry(Duration first, Duration longest) {
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
        public Builder prefetch(int messages) {
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
        public Builder remember(int ids) {
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
        public Builder closeTimeout(Duration timeout) {
            closeTimeout = Endpoints.within("closeTimeout", timeout, LONGEST);
            return this;
        }

        /**
         * Starts the consumer. Returns at once; whether the broker is there does not matter.
         *
         * @return the consumer, which connects by itself
         * @throws IllegalStateException if there is no handler
         */
        public AmqpAlertConsumer start() {
            if (handlers.isEmpty()) {
                throw new IllegalStateException("the consumer '" + name + "' has no handler; add one with handler(…)");
            }
            AmqpAlertConsumer consumer = new AmqpAlertConsumer(this);
            consumer.intake.start();
            return consumer;
        }

        private static int within(String what, int value, int most) {
            if (value < 1 || value > most) {
                throw new IllegalArgumentException(what + " must be from 1 to " + most + ", but was " + value);
            }
            return value;
        }
    }
}
