package io.sitemonitor.amqp;

import io.sitemonitor.amqp.internal.Intake;
import io.sitemonitor.amqp.internal.IntakeSettings;
import io.sitemonitor.amqp.internal.Link;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.slf4j.LoggerFactory;

/**
 * Takes alerts from RabbitMQ and hands them to listeners: those that {@link AmqpAlertPublisher} sends, in either form, and those of
 * any sender of {@link io.sitemonitor.amqp.message.SiteStatusMessage}, of four fields or more.
 *
 * <pre>{@code
 * try (AmqpAlertConsumer consumer = AmqpAlertConsumer.from("amqp://guest:guest@broker:5672/")
 *         .handler("mail", EmailListener.smtp("smtp://mail.internal"))
 *         .handler("log", incidentLog)
 *         .start()) { … }
 * }</pre>
 *
 * <p><b>At least once.</b> A message is acknowledged once every handler has returned. A handler that throws is called
 * again after a growing pause, or when it asks to be (with {@link io.sitemonitor.alert.RetryAlertException}, at most 15
 * minutes); those that have succeeded are not. Messages of one site are handled in their order and one
 * at a time; those of other sites go on. A message whose id was dealt with before is acknowledged and dropped; the latest
 * ids are remembered, in memory or in a {@linkplain AmqpAlertConsumerBuilder#remember(io.sitemonitor.store.Store) store}.
 *
 * <p><b>Dead letters.</b> What cannot be read goes to the dead-letter queue at once, what a handler has refused (with
 * {@link io.sitemonitor.alert.UndeliverableAlertException}) or failed to handle so many times goes there too, the latter after it
 * has waited in the {@linkplain AmqpAlertConsumerBuilder#retryQueue retry queue} if there is one: body and
 * properties as they came, the reason in the header {@code x-sitemonitor-reason}, the number of attempts in
 * {@code x-sitemonitor-attempts}. Only then it is acknowledged. That queue is declared
 * when the first such message comes, unless it is there already.
 *
 * <p><b>What it declares.</b> What its {@linkplain AmqpAlertConsumerBuilder#topology(AmqpTopology) topology} says; by default the
 * queue, durable and without any argument, and its binding; and the exchange if there is
 * none, as the publisher would. It declares them again, and goes on, after every loss of the connection and when the queue
 * was deleted. It may be started before the broker is there. It warns at most once a minute.
 *
 * <p><b>Threads:</b> safe for use by any number of threads. Handlers are called by daemon threads of the consumer's, each
 * handler by one thread at a time unless {@link AmqpAlertConsumerBuilder#concurrency(int)} says otherwise.
 */
public final class AmqpAlertConsumer implements AutoCloseable {

    private final String name;
    private final AmqpBroker broker;
    private final Duration closeTimeout;
    private final AmqpTopology topology;
    private final Intake intake;

    AmqpAlertConsumer(AmqpAlertConsumerBuilder builder) {
        name = builder.name;
        broker = builder.broker;
        closeTimeout = builder.closeTimeout;
        topology = builder.topology;
        IntakeSettings settings = new IntakeSettings(
                name,
                broker.endpoint(),
                topology.queue(),
                topology.forConsumer(),
                topology.deadLetterQueue(),
                topology.forDeadLetters(),
                builder.retryRounds == 0
                        ? null
                        : new IntakeSettings.Retry(
                                topology.retryQueue(), topology.forRetries(), builder.retryDelay, builder.retryRounds),
                Collections.unmodifiableMap(new LinkedHashMap<>(builder.handlers)),
                List.copyOf(builder.listeners),
                builder.exclusive,
                builder.prefetch,
                builder.concurrency,
                builder.handlerTimeout,
                builder.attempts,
                builder.firstRetry,
                builder.longestRetry,
                builder.remembered,
                builder.store);
        intake = new Intake(
                settings, new Link.Wiring(LoggerFactory.getLogger(AmqpAlertConsumer.class), TimeSource.system()));
    }

    /**
     * Begins a consumer.
     *
     * @param uri where the broker is, see {@link AmqpBroker#at(String)}
     * @return a new builder
     * @throws IllegalArgumentException if it is not an AMQP URI
     */
    public static AmqpAlertConsumerBuilder from(String uri) {
        return from(AmqpBroker.at(uri));
    }

    /**
     * Begins a consumer.
     *
     * @param address where the broker is
     * @return a new builder
     */
    public static AmqpAlertConsumerBuilder from(AmqpAddress address) {
        return from(AmqpBroker.at(address));
    }

    /**
     * Begins a consumer.
     *
     * @param broker where the broker is and how to connect
     * @return a new builder
     */
    public static AmqpAlertConsumerBuilder from(AmqpBroker broker) {
        return new AmqpAlertConsumerBuilder(Objects.requireNonNull(broker, "broker"));
    }

    void start() {
        intake.start();
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
     * Returns what its connection is like at this moment.
     *
     * @return the state; a consumer is never {@link AmqpState#BLOCKED} in what it takes
     */
    public AmqpState state() {
        return intake.link().state();
    }

    /**
     * Returns its name.
     *
     * @return as it was set with {@link AmqpAlertConsumerBuilder#named(String)}
     */
    public String name() {
        return name;
    }

    /**
     * Returns which queue it takes from, and what is declared for it.
     *
     * @return the topology
     */
    public AmqpTopology topology() {
        return topology;
    }

    /**
     * Counts how often it has connected.
     *
     * @return how often since the start; a channel that was made anew counts as well
     */
    public long connections() {
        return intake.reports().connectionCount();
    }

    /**
     * Counts how often a message went to the retry queue.
     *
     * @return how often since the start
     */
    public long parked() {
        return intake.counts().parked();
    }

    /**
     * Counts the messages that were dropped because they are events and no alerts.
     *
     * @return how many since the start
     */
    public long ignored() {
        return intake.counts().ignored();
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
     * Takes nothing more, gives the message in hand the {@linkplain AmqpAlertConsumerBuilder#closeTimeout(Duration) close timeout}, then
     * interrupts it, and ends. What was not acknowledged stays in the queue. May be called twice.
     */
    @Override
    public void close() {
        intake.close(closeTimeout);
    }

    /** Returns where it takes from, without the password. */
    @Override
    public String toString() {
        return "AMQP consumer '" + name + "' from " + broker;
    }
}
