package io.sitemonitor.amqp;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.amqp.internal.Courier;
import io.sitemonitor.amqp.internal.Letter;
import io.sitemonitor.amqp.internal.Link;
import io.sitemonitor.amqp.internal.LinkNames;
import io.sitemonitor.amqp.internal.Route;
import io.sitemonitor.amqp.internal.ShortText;
import io.sitemonitor.definition.Names;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * Sends alerts to RabbitMQ, in the form of {@link io.sitemonitor.amqp.message.SiteStatusMessage}.
 *
 * <pre>{@code
 * try (AmqpAlertPublisher publisher = AmqpAlertPublisher.to("amqp://guest:guest@broker:5672/").named("shop").open();
 *         Monitor monitor = Monitor.named("shop")
 *                 .check(…)
 *                 .alert(publisher, p -> p.kinds(AlertKind.DOWN, AlertKind.FLAPPING))
 *                 .start()) { … }
 * }</pre>
 *
 * <p>The message has no word for a degradation or for the monitor itself being offline; alerts of those kinds, if its
 * policy selects them (by default it selects {@link AlertKind#ISOLATED}), are refused and go to the dead letters.
 *
 * <p>An alert counts as delivered once the broker has confirmed it, which for a durable queue means that it is on disk,
 * <em>and</em> has put it into at least one queue. Until then it waits: while the broker is away, while it takes no
 * messages for want of memory or disk, and while no queue is bound. Every attempt uses the id of the alert as the message
 * id, so that a receiver can drop doubles.
 *
 * <p>It declares the exchange (direct, durable, without arguments) and nothing else: queues are their readers' business.
 * If there is an exchange of that name with other properties it says so, and goes on trying.
 *
 * <p>It connects by itself, at once and after every loss, on a daemon thread of its own, and tries again after at most
 * 1.2 seconds; after 12 at most when the broker refuses the credentials or the virtual host, or TLS cannot be agreed on.
 * It warns at most once a minute. An alert goes out as soon as the broker is back, whatever pauses the policy sets:
 * {@link #onAlert} waits while it tries, and asks to be offered the alert again at once.
 *
 * <p>The message can say up and down of one site. Acknowledgements are not sent; degradation, isolation and digests are refused,
 * so give its policy no such kinds and no digest. A reminder says again that the site is down.
 *
 * <p><b>Threads:</b> safe for use by any number of threads. Of one check, one alert is on its way at a time.
 */
public final class AmqpAlertPublisher implements AlertListener, AutoCloseable {

    private static final Duration LONGEST = Duration.ofHours(1);

    private final String name;
    private final AmqpBroker broker;
    private final Duration confirmTimeout;
    private final Duration closeTimeout;
    private final Courier courier;
    private volatile boolean closed;

    private AmqpAlertPublisher(Builder builder) {
        name = builder.name;
        broker = builder.broker;
        confirmTimeout = builder.confirmTimeout;
        closeTimeout = builder.closeTimeout;
        courier = new Courier(
                new Route.ToExchange(builder.exchange, builder.routingKey),
                broker.endpoint(),
                LinkNames.of(name, "publisher"),
                confirmTimeout,
                new Link.Wiring(LoggerFactory.getLogger(AmqpAlertPublisher.class), TimeSource.system()));
    }

    /**
     * Begins a publisher.
     *
     * @param uri where the broker is, see {@link AmqpBroker#at(String)}
     * @return a new builder
     * @throws IllegalArgumentException if it is not an AMQP URI
     */
    public static Builder to(String uri) {
        return to(AmqpBroker.at(uri));
    }

    /**
     * Begins a publisher.
     *
     * @param address where the broker is
     * @return a new builder
     */
    public static Builder to(AmqpAddress address) {
        return to(AmqpBroker.at(address));
    }

    /**
     * Begins a publisher.
     *
     * @param broker where the broker is and how to connect
     * @return a new builder
     */
    public static Builder to(AmqpBroker broker) {
        return new Builder(Objects.requireNonNull(broker, "broker"));
    }

    /**
     * Delivers an alert: returns once the broker has confirmed it and put it into a queue. Waits for the broker and the
     * queue up to the {@linkplain Builder#confirmTimeout(Duration) confirm timeout}.
     *
     * @param alert what to send
     * @throws UndeliverableAlertException if it is of a kind for which the message has no word: that it is degraded, or
     *     that the monitor is isolated, {@link AlertKind#DEGRADED}, {@link AlertKind#ISOLATED} and what closes them
     * @throws AmqpDeliveryException if it could not be delivered in time; the text says why
     * @throws InterruptedException if the thread was interrupted, in which case it returns at once; the alert may or may
     *     not have been delivered
     * @throws IllegalStateException if the publisher is closed
     */
    @Override
    public void onAlert(Alert alert) throws UndeliverableAlertException, AmqpDeliveryException, InterruptedException {
        if (alert.kind() == AlertKind.ACKNOWLEDGED) {
            return; // for people; the message has no word for it, and nobody is to be told of the outage again
        }
        Letter letter = Letter.of(alert);
        if (closed) {
            throw new IllegalStateException("the AMQP publisher '" + name + "' is closed");
        }
        Optional<String> problem = courier.deliver(letter, confirmTimeout);
        if (problem.isPresent()) {
            throw new AmqpDeliveryException(problem.get() + "; the alert waits");
        }
    }

    /**
     * Tells whether alerts can be sent at this moment.
     *
     * @return whether there is a connection and the broker takes messages
     */
    public boolean isConnected() {
        return courier.isReady();
    }

    /**
     * Ends the connection. Alerts that are on their way are given the {@linkplain Builder#closeTimeout(Duration) close
     * timeout} if there is a connection; what is not confirmed then fails in {@link #onAlert}. May be called twice.
     */
    @Override
    public void close() {
        closed = true;
        courier.close(closeTimeout);
    }

    /** Returns where it sends to, without the password. */
    @Override
    public String toString() {
        return "AMQP publisher '" + name + "' to " + broker;
    }

    /**
     * Collects the options of a publisher. Each is checked when it is set.
     *
     * <p><b>Threads:</b> for one thread.
     */
    public static final class Builder {

        private final AmqpBroker broker;
        private String name = "default";
        private String exchange = AmqpDefaults.EXCHANGE;
        private String routingKey = AmqpDefaults.ROUTING_KEY;
        private Duration confirmTimeout = AmqpDefaults.CONFIRM_TIMEOUT;
        private Duration closeTimeout = Duration.ofSeconds(2);

        private Builder(AmqpBroker broker) {
            this.broker = broker;
        }

        /**
         * Names the publisher, in the connection ({@code sitemonitor:shop:publisher}), in threads and logs.
         *
         * <p>Default {@code default}; the name of the monitor is a good one.
         *
         * @param name the name
         * @return this builder
         * @throws IllegalArgumentException if it is not a name, see {@link Names}
         */
        public Builder named(String name) {
            this.name = Names.require("publisher", name);
            return this;
        }

        /**
         * Sends to another exchange.
         *
         * <p>Default {@value AmqpDefaults#EXCHANGE}.
         *
         * @param exchange the name, of 1 to 255 bytes
         * @return this builder
         * @throws IllegalArgumentException if it is empty or too long
         */
        public Builder exchange(String exchange) {
            this.exchange = ShortText.require("exchange", exchange);
            return this;
        }

        /**
         * Sends with another routing key.
         *
         * <p>Default {@value AmqpDefaults#ROUTING_KEY}.
         *
         * @param routingKey the key, of 1 to 255 bytes
         * @return this builder
         * @throws IllegalArgumentException if it is empty or too long
         */
        public Builder routingKey(String routingKey) {
            this.routingKey = ShortText.require("routingKey", routingKey);
            return this;
        }

        /**
         * Limits how long {@link AmqpAlertPublisher#onAlert} waits in all. A connection over which a message is not
         * confirmed for as long is given up for a new one.
         *
         * <p>Default 8 seconds, a little less than the monitor allows a listener; from 1 millisecond to 1 hour.
         *
         * @param timeout the longest time
         * @return this builder
         * @throws IllegalArgumentException if it is shorter or longer than allowed
         */
        public Builder confirmTimeout(Duration timeout) {
            confirmTimeout = Endpoints.within("confirmTimeout", timeout, LONGEST);
            return this;
        }

        /**
         * Limits how long {@link AmqpAlertPublisher#close} goes on delivering what is on its way. Closing takes at most 2
         * seconds more.
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
         * Opens the publisher. Returns at once; whether the broker is there does not matter.
         *
         * @return the publisher, which connects by itself
         * @throws IllegalStateException if the broker is to know us by a certificate and none is set
         */
        public AmqpAlertPublisher open() {
            AmqpAlertPublisher publisher = new AmqpAlertPublisher(this);
            publisher.courier.start();
            return publisher;
        }
    }
}
