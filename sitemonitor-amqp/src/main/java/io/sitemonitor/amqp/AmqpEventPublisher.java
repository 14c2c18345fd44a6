package io.sitemonitor.amqp;

import io.sitemonitor.Monitor;
import io.sitemonitor.amqp.internal.Broadcast;
import io.sitemonitor.amqp.internal.EventExchange;
import io.sitemonitor.amqp.internal.Link;
import io.sitemonitor.amqp.internal.LinkNames;
import io.sitemonitor.amqp.internal.Reports;
import io.sitemonitor.amqp.internal.RunSampler;
import io.sitemonitor.amqp.internal.ShortText;
import io.sitemonitor.amqp.internal.Snapshots;
import io.sitemonitor.amqp.message.EventMessage;
import io.sitemonitor.amqp.message.SnapshotMessage;
import io.sitemonitor.definition.Names;
import io.sitemonitor.event.CheckChanged;
import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.event.MonitorListener;
import io.sitemonitor.event.MonitorStarted;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Tells on a topic exchange of RabbitMQ what happens in a monitor, and again and again how all of its checks are, so that a
 * {@link RemoteMonitor} in another process knows as much, and programs in any language can listen in.
 *
 * <pre>{@code
 * AmqpEventPublisher publisher = AmqpEventPublisher.to("amqp://guest:guest@broker:5672/").named("shop").open();
 * Monitor monitor = Monitor.named("shop").check(…).listener(publisher).start();
 * publisher.attach(monitor);
 * …
 * monitor.close();
 * publisher.close();
 * }</pre>
 *
 * <p>Events, in the form of {@link EventMessage}, come from the monitor because the publisher is its listener. Snapshots, in the
 * form of {@link SnapshotMessage}, are taken of the monitor that is {@linkplain #attach attached}; without one there are none,
 * and nobody can follow, for what a monitor has kept from an earlier process is in no event.
 *
 * <p>Nothing is confirmed, kept or repeated: what is lost with a connection, or because more events wait than there is room for,
 * is made up for by the next snapshot. Alerts, which must not be lost, are for {@link AmqpAlertPublisher}.
 *
 * <p>It declares the exchange (topic, durable, without arguments) and nothing else. It connects by itself, at once and after
 * every loss, on a daemon thread of its own; what it says of that in the log it says at most once a minute.
 *
 * <p>Give each process that runs a monitor of the same name a publisher and followers choose the one that was started last; see
 * {@link RemoteMonitor}.
 *
 * <p><b>Threads:</b> safe for use by any number of threads. No call ever waits for the broker, except {@link #close}.
 */
public final class AmqpEventPublisher implements MonitorListener, AutoCloseable {

    /** The exchange unless told otherwise: topic, durable, without arguments. */
    public static final String EXCHANGE = "sitemonitor.events";

    private static final String ROLE = "events";

    private final String name;
    private final AmqpBroker broker;
    private final Duration closeTimeout;
    private final @Nullable RunSampler sampler;
    private final TimeSource time = TimeSource.system();
    private final Snapshots snapshots;
    private final Reports reports;
    private final Broadcast broadcast;

    private AmqpEventPublisher(Builder builder) {
        name = builder.name;
        broker = builder.broker;
        closeTimeout = builder.closeTimeout;
        sampler = builder.sampler == null ? null : builder.sampler.get();
        Link.Wiring wiring = new Link.Wiring(LoggerFactory.getLogger(AmqpEventPublisher.class), time);
        snapshots = new Snapshots(builder.snapshotEvery, time);
        reports = new Reports(name, ROLE, builder.listeners, wiring);
        broadcast = new Broadcast(
                new EventExchange(builder.exchange),
                broker.endpoint(),
                LinkNames.of(name, ROLE),
                builder.capacity,
                snapshots,
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
     * Sends snapshots of this monitor from now on, as long as it runs; of another one that was attached before, none any more. It
     * may be started already or later: the first snapshot is sent at once.
     *
     * @param monitor the monitor whose listener this is
     * @return this publisher
     */
    public AmqpEventPublisher attach(Monitor monitor) {
        snapshots.attach(Objects.requireNonNull(monitor, "monitor"));
        broadcast.hasten();
        return this;
    }

    @Override
    public void onEvent(MonitorEvent event) {
        if (!wants(event.getClass())) {
            return;
        }
        if (sampler != null && event instanceof RunCompleted run && !sampler.takes(run.check(), time.nanos())) {
            return;
        }
        broadcast.offer(snapshots.event(event));
        if (event instanceof MonitorStarted) {
            broadcast.hasten();
        }
        if (sampler != null && event instanceof CheckChanged change && change.change() == CheckChanged.Change.REMOVED) {
            sampler.forget(change.check());
        }
    }

    @Override
    public boolean wants(Class<? extends MonitorEvent> type) {
        return EventMessage.carries(type) && (type != RunCompleted.class || sampler != null);
    }

    /**
     * Tells whether events can be sent at this moment.
     *
     * @return whether there is a connection and the broker takes messages
     */
    public boolean isConnected() {
        return broadcast.isReady();
    }

    /**
     * Returns what its connection is like at this moment.
     *
     * @return the state
     */
    public AmqpState state() {
        return broadcast.link().state();
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
     * Counts the events that could not be sent yet.
     *
     * @return how many wait here, at most as many as {@link Builder#atMostWaiting(int)} allows
     */
    public int waiting() {
        return broadcast.waiting();
    }

    /**
     * Counts the messages that were sent: events, and snapshots, each part of which is a message. Nothing confirms that they arrive.
     *
     * @return how many since the start
     */
    public long sent() {
        return broadcast.sent();
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
     * Counts the events that were dropped because too many waited.
     *
     * @return the number since the publisher was opened
     */
    public long dropped() {
        return broadcast.dropped();
    }

    /**
     * Sends what waits, within the {@linkplain Builder#closeTimeout(Duration) close timeout} and only if there is a connection,
     * and ends. May be called twice. Close the monitor first, so that its end is told, too.
     */
    @Override
    public void close() {
        broadcast.close(closeTimeout);
        reports.close();
    }

    /** Returns where it sends to, without the password. */
    @Override
    public String toString() {
        return "AMQP event publisher '" + name + "' to " + broker;
    }

    /**
     * Collects the options of a publisher. Each is checked when it is set.
     *
     * <p><b>Threads:</b> for one thread.
     */
    public static final class Builder {

        private static final Duration LONGEST = Duration.ofHours(1);
        private static final int MOST_WAITING = 1_000_000;

        private final AmqpBroker broker;
        private final List<AmqpListener> listeners = new ArrayList<>();
        private String name = "default";
        private String exchange = EXCHANGE;
        private Duration snapshotEvery = AmqpDefaults.SNAPSHOT_EVERY;
        private Duration closeTimeout = Duration.ofSeconds(2);
        private int capacity = AmqpDefaults.WAITING_EVENTS;
        private @Nullable Supplier<RunSampler> sampler;

        private Builder(AmqpBroker broker) {
            this.broker = broker;
        }

        /**
         * Names the publisher, in the connection ({@code sitemonitor:shop:events}), in threads and logs.
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
         * <p>Default {@value AmqpEventPublisher#EXCHANGE}.
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
         * Tells somebody when the connection comes and goes, and when the broker takes no messages.
         *
         * @param listener who is told; may be called several times for several
         * @return this builder
         */
        public Builder listener(AmqpListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Sends a snapshot once in so long, and with every new connection. A follower knows everything after this time, and calls
         * what it knows stale after three times as long.
         *
         * <p>Default 5 seconds, from 100 milliseconds to 1 hour. A snapshot has about 100 bytes a check.
         *
         * @param period the time from one snapshot to the next
         * @return this builder
         * @throws IllegalArgumentException if it is shorter or longer than allowed
         */
        public Builder snapshotEvery(Duration period) {
            snapshotEvery = Endpoints.within("snapshotEvery", period, LONGEST);
            if (period.compareTo(Duration.ofMillis(100)) < 0) {
                throw new IllegalArgumentException("snapshotEvery must be at least PT0.1S, but was " + period);
            }
            return this;
        }

        /**
         * Sends every so manyth run of each check, the first included.
         *
         * <p>Default: no runs. Replaces {@link #sampleRuns(Duration)}.
         *
         * @param every 1 for all runs; at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is less
         */
        public Builder sampleRuns(int every) {
            if (every < 1) {
                throw new IllegalArgumentException("sampleRuns must be at least 1, but was " + every);
            }
            sampler = () -> new RunSampler(every, 0);
            return this;
        }

        /**
         * Sends at most one run of each check in so long, the first included.
         *
         * <p>Default: no runs. Replaces {@link #sampleRuns(int)}.
         *
         * @param interval the least time between two runs of a check that are sent; from 1 millisecond to 1 hour
         * @return this builder
         * @throws IllegalArgumentException if it is shorter or longer than allowed
         */
        public Builder sampleRuns(Duration interval) {
            long least = Endpoints.within("sampleRuns", interval, LONGEST).toNanos();
            sampler = () -> new RunSampler(1, least);
            return this;
        }

        /**
         * Lets at most so many events wait while they cannot be sent; beyond that the oldest are dropped, which is counted and
         * said.
         *
         * <p>Default 10,000, from 1 to 1,000,000.
         *
         * @param events the number of events
         * @return this builder
         * @throws IllegalArgumentException if it is less or more than allowed
         */
        public Builder atMostWaiting(int events) {
            if (events < 1 || events > MOST_WAITING) {
                throw new IllegalArgumentException(
                        "atMostWaiting must be from 1 to " + MOST_WAITING + ", but was " + events);
            }
            capacity = events;
            return this;
        }

        /**
         * Limits how long {@link AmqpEventPublisher#close} goes on sending what waits. Ending the connection may take a second
         * or two more.
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
         * Makes the publisher and begins to connect. Does not wait for the broker, which may come later.
         *
         * @return a publisher that works by itself until it is closed
         * @throws IllegalStateException if the broker is to know us by a certificate and none is set
         */
        public AmqpEventPublisher open() {
            AmqpEventPublisher publisher = new AmqpEventPublisher(this);
            publisher.broadcast.start();
            return publisher;
        }
    }
}
