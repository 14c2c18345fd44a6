package io.sitemonitor.amqp;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AsyncAlertListener;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.amqp.internal.Courier;
import io.sitemonitor.amqp.internal.Letter;
import io.sitemonitor.amqp.internal.Link;
import io.sitemonitor.amqp.internal.LinkNames;
import io.sitemonitor.amqp.internal.Reports;
import io.sitemonitor.definition.Names;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Sends alerts to RabbitMQ, in the form of {@link io.sitemonitor.amqp.message.SiteStatusMessage} that has always been there, or with
 * {@link AmqpTopology#topic()} in that of {@link io.sitemonitor.amqp.message.AlertMessage}.
 *
 * <pre>{@code
 * try (AmqpAlertPublisher publisher = AmqpAlertPublisher.to("amqp://guest:guest@broker:5672/").named("shop").open();
 *         Monitor monitor = Monitor.named("shop")
 *                 .check(…)
 *                 .alert(publisher, p -> p.kinds(AlertKind.DOWN, AlertKind.FLAPPING))
 *                 .start()) { … }
 * }</pre>
 *
 * <p>An alert counts as delivered once the broker has confirmed it, which for a durable queue means that it is on disk,
 * <em>and</em> has put it into at least one queue. Until then it waits: while the broker is away, while it takes no
 * messages for want of memory or disk, and while no queue is bound. Every attempt uses the id of the alert as the message
 * id, so that a receiver can drop doubles. Alerts of many checks are on their way at once, of each check one.
 *
 * <p>It declares what its {@linkplain Builder#topology(AmqpTopology) topology} says, and nothing else: by default the exchange;
 * queues are their readers' business. If there is something of that name with other properties it says so, and goes on trying.
 *
 * <p>It connects by itself, at once and after every loss, on a daemon thread of its own, and tries again after at most
 * 1.2 seconds; after 12 at most when the broker refuses the credentials or the virtual host, or TLS cannot be agreed on.
 * It warns at most once a minute. An alert goes out as soon as the broker is back, whatever pauses the policy sets:
 * it waits here while it is tried, and asks to be offered again at once.
 *
 * <p><b>What the flat message cannot say.</b> It knows up and down of one site. Acknowledgements are not sent; degradation,
 * isolation and digests, if the policy selects them (by default it selects {@link AlertKind#ISOLATED}), are refused and go to the dead letters:
 * so give its policy no such kinds and no digest. A reminder says again that the site is down. The other form says everything.
 *
 * <p><b>Threads:</b> safe for use by any number of threads. Of one check, one alert is on its way at a time.
 */
public final class AmqpAlertPublisher implements AsyncAlertListener, AutoCloseable {

    private static final String ROLE = "publisher";
    private static final Duration LONGEST = Duration.ofHours(1);

    private final String name;
    private final AmqpBroker broker;
    private final Duration confirmTimeout;
    private final Duration closeTimeout;
    private final AmqpTopology topology;
    private final Reports reports;
    private final Courier courier;
    private volatile boolean closed;

    private AmqpAlertPublisher(Builder builder) {
        name = builder.name;
        broker = builder.broker;
        confirmTimeout = builder.confirmTimeout;
        closeTimeout = builder.closeTimeout;
        topology = builder.topology;
        Link.Wiring wiring = new Link.Wiring(LoggerFactory.getLogger(AmqpAlertPublisher.class), TimeSource.system());
        reports = new Reports(name, ROLE, builder.listeners, wiring);
        courier = new Courier(
                topology.exchange(),
                topology.forPublisher(),
                broker.endpoint(),
                LinkNames.of(name, ROLE),
                confirmTimeout,
                reports,
                wiring);
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
     * Begins to deliver an alert, and returns at once. It is tried for up to the {@linkplain Builder#confirmTimeout(Duration)
     * confirm timeout}. At most 10,000 alerts may wait here; beyond that they are refused for now.
     *
     * @param alert what to send
     * @return completes once the broker has confirmed it and put it into a queue; fails with an {@link AmqpDeliveryException}
     *     that says why it was not delivered in time. What is attached to it runs on the publisher's own thread and must not block;
     *     attach it with one of the {@code …Async} methods otherwise. When it is cancelled, the alert is sent no more
     * @throws UndeliverableAlertException if the message has no word for it: that a check is degraded, that the monitor is isolated,
     *     or a digest; of {@link AmqpTopology#topic()} only if it is too long
     * @throws IllegalStateException if the publisher is closed
     */
    @Override
    public CompletableFuture<@Nullable Void> deliver(Alert alert) throws UndeliverableAlertException {
        if (alert.kind() == AlertKind.ACKNOWLEDGED && !topology.isTopic()) {
            // for people; the message has no word for it, and nobody is to be told of the outage again
            return CompletableFuture.completedFuture(null);
        }
        Letter letter = topology.isTopic() ? Letter.rich(alert) : Letter.flat(alert, topology.routingKey());
        if (closed) {
            throw new IllegalStateException("the AMQP publisher '" + name + "' is closed");
        }
        return courier.send(letter, confirmTimeout, reason -> new AmqpDeliveryException(reason + "; the alert waits"));
    }

    /**
     * Delivers an alert: returns once the broker has confirmed it and put it into a queue. Waits for the broker and the
     * queue up to the {@linkplain Builder#confirmTimeout(Duration) confirm timeout}.
     *
     * @param alert what to send
     * @throws UndeliverableAlertException if the message has no word for it, see {@link #deliver}
     * @throws AmqpDeliveryException if it could not be delivered in time; the text says why
     * @throws InterruptedException if the thread was interrupted, in which case it returns at once; the alert may or may
     *     not have been delivered
     * @throws IllegalStateException if the publisher is closed
     */
    @Override
    public void onAlert(Alert alert) throws UndeliverableAlertException, AmqpDeliveryException, InterruptedException {
        CompletableFuture<@Nullable Void> outcome = deliver(alert);
        try {
            outcome.get();
        } catch (InterruptedException e) {
            outcome.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AmqpDeliveryException reason) {
                throw reason;
            }
            throw new IllegalStateException(e);
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
     * Returns what its connection is like at this moment.
     *
     * @return the state
     */
    public AmqpState state() {
        return courier.link().state();
    }

    /**
     * Returns its name.
     *
     * @return as it was set with {@link Builder#named(String)}
     */
    public String name() {
        return name;
    }

    /**
     * Returns what goes through which exchange, and what is declared for it.
     *
     * @return the topology
     */
    public AmqpTopology topology() {
        return topology;
    }

    /**
     * Counts the alerts that were handed over and are neither delivered nor given up.
     *
     * @return how many wait here; others may wait in the monitor
     */
    public int waiting() {
        return courier.waiting();
    }

    /**
     * Counts the alerts that the broker has confirmed and put into a queue.
     *
     * @return how many since the start
     */
    public long confirmed() {
        return reports.confirmedCount();
    }

    /**
     * Counts how often an alert came back because no queue was bound for it.
     *
     * @return how often since the start; each attempt counts
     */
    public long unroutable() {
        return reports.unroutableCount();
    }

    /**
     * Counts how often the broker refused an alert, such as for a full queue.
     *
     * @return how often since the start; each attempt counts
     */
    public long refused() {
        return reports.refusedCount();
    }

    /**
     * Counts how often it has connected.
     *
     * @return how often since the start; a channel that was made anew counts as well
     */
    public long connections() {
        return reports.connectionCount();
    }

    /**
     * Ends the connection. Alerts that are on their way are given the {@linkplain Builder#closeTimeout(Duration) close
     * timeout} if there is a connection; what is not confirmed then fails in {@link #onAlert}. May be called twice.
     */
    @Override
    public void close() {
        closed = true;
        courier.close(closeTimeout);
        reports.close();
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
        private final List<AmqpListener> listeners = new ArrayList<>();
        private AmqpTopology topology = AmqpTopology.direct();
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
         * Says through which exchange alerts go, in which form, and what is declared.
         *
         * <p>Default {@link AmqpTopology#direct()}.
         *
         * @param topology the topology, which replaces names that were set before
         * @return this builder
         */
        public Builder topology(AmqpTopology topology) {
            this.topology = Objects.requireNonNull(topology, "topology");
            return this;
        }

        /**
         * Sends to another exchange, see {@link AmqpTopology#exchange(String)}.
         *
         * <p>Default {@value AmqpDefaults#EXCHANGE}.
         *
         * @param exchange the name, of 1 to 255 bytes
         * @return this builder
         * @throws IllegalArgumentException if it is empty or too long
         */
        public Builder exchange(String exchange) {
            topology = topology.exchange(exchange);
            return this;
        }

        /**
         * Sends with another routing key, see {@link AmqpTopology#routingKey(String)}.
         *
         * <p>Default {@value AmqpDefaults#ROUTING_KEY}.
         *
         * @param routingKey the key, of 1 to 255 bytes
         * @return this builder
         * @throws IllegalArgumentException if it is empty or too long
         * @throws IllegalStateException with {@link AmqpTopology#topic()}
         */
        public Builder routingKey(String routingKey) {
            topology = topology.routingKey(routingKey);
            return this;
        }

        /**
         * Tells somebody when the connection comes and goes, and what the broker does not take.
         *
         * @param listener who is told; may be called several times for several
         * @return this builder
         */
        public Builder listener(AmqpListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
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
