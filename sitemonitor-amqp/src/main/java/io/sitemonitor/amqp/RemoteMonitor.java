package io.sitemonitor.amqp;

import io.sitemonitor.amqp.internal.ChangeTeller;
import io.sitemonitor.amqp.internal.EventExchange;
import io.sitemonitor.amqp.internal.Follower;
import io.sitemonitor.amqp.internal.Link;
import io.sitemonitor.amqp.internal.LinkNames;
import io.sitemonitor.amqp.internal.Mirror;
import io.sitemonitor.amqp.internal.Reports;
import io.sitemonitor.amqp.internal.ShortText;
import io.sitemonitor.amqp.message.CheckStatus;
import io.sitemonitor.definition.Names;
import io.sitemonitor.state.Condition;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Knows what a monitor in another process knows, from what its {@link AmqpEventPublisher} tells.
 *
 * <pre>{@code
 * try (RemoteMonitor shop = RemoteMonitor.follow("amqp://guest:guest@broker:5672/").monitor("shop").open()) {
 *     shop.awaitReady(ofSeconds(10));
 *     if (shop.isUp("gateway")) { … }
 * }
 * }</pre>
 *
 * <p><b>Truth:</b> events come as soon as they happen; a snapshot of everything comes once a period, so that what was lost,
 * doubled or out of order is right again after one. When no complete snapshot has come for three periods by the monotonic
 * clock, or the monitor says that it was closed, nothing is known: {@link #isUp} is false and {@link #stateOf} is
 * {@code UNKNOWN} for every check, which is said once in the log. It heals by itself.
 *
 * <p><b>Connection:</b> made at once and after every loss, on a daemon thread. It declares the exchange just as a publisher does,
 * and a queue of its own, named by the server, which ends with the connection.
 *
 * <p><b>Restart, and several of one name:</b> each start of a publisher is an epoch. Of those that tell of a monitor of this name
 * the one that was started last, by their clocks, is followed, once it has told of all its checks; the others are ignored, which
 * is said at most once a minute. When that one is not heard of for three periods, any other is.
 *
 * <p><b>Trust:</b> whoever may publish on the exchange can tell anything. What cannot be read is ignored and counted, and memory is
 * bounded by the {@linkplain Builder#atMostChecks(int) number of checks}, with names and reasons of at most 200 characters.
 *
 * <p><b>Threads:</b> safe for use by any number of threads. Reading takes no lock: a look at a map, two volatile reads and a
 * look at the clock.
 */
public final class RemoteMonitor implements AutoCloseable {

    /**
     * The state of a check of the followed monitor changed.
     *
     * @param monitor the name of the monitor
     * @param check the name of the check
     * @param from the state before; {@code UNKNOWN} if the check was not known
     * @param to the state from now on; {@code UNKNOWN} also if the check is gone
     */
    public record Change(String monitor, String check, HealthState from, HealthState to) {}

    /**
     * It changed whether anything can be known of the followed monitor, see {@link RemoteMonitor#isFresh}.
     *
     * @param monitor the name of the monitor
     * @param fresh whether everything is known from now on; nothing if not
     */
    public record Freshness(String monitor, boolean fresh) {}

    private static final String ROLE = "remote";

    private final String monitor;
    private final AmqpBroker broker;
    private final ChangeTeller teller;
    private final Mirror mirror;
    private final Reports reports;
    private final Follower follower;

    private RemoteMonitor(Builder builder, String monitor) {
        this.monitor = monitor;
        broker = builder.broker;
        LinkNames names = LinkNames.of(monitor, ROLE);
        Link.Wiring wiring = new Link.Wiring(LoggerFactory.getLogger(RemoteMonitor.class), TimeSource.system());
        teller = new ChangeTeller(names, monitor, builder.atMostChecks, builder.changes, builder.freshness, wiring);
        mirror = teller.mirror();
        reports = new Reports(monitor, ROLE, builder.listeners, wiring);
        follower = new Follower(
                new EventExchange(builder.exchange), monitor, mirror, broker.endpoint(), names, reports, wiring);
    }

    /**
     * Begins to follow.
     *
     * @param uri where the broker is, see {@link AmqpBroker#at(String)}
     * @return a new builder
     * @throws IllegalArgumentException if it is not an AMQP URI
     */
    public static Builder follow(String uri) {
        return follow(AmqpBroker.at(uri));
    }

    /**
     * Begins to follow.
     *
     * @param address where the broker is
     * @return a new builder
     */
    public static Builder follow(AmqpAddress address) {
        return follow(AmqpBroker.at(address));
    }

    /**
     * Begins to follow.
     *
     * @param broker where the broker is and how to connect
     * @return a new builder
     */
    public static Builder follow(AmqpBroker broker) {
        return new Builder(Objects.requireNonNull(broker, "broker"));
    }

    /**
     * Returns the name of the followed monitor.
     *
     * @return the name
     */
    public String name() {
        return monitor;
    }

    /**
     * Tells whether a target can be used, as {@code Monitor.isUp} does there.
     *
     * @param check the name of the check
     * @return true if its state is {@code UP} or {@code DEGRADED}, it is not stale, and that was heard recently enough; false
     *     otherwise, and if there is no such check
     */
    public boolean isUp(String check) {
        CheckStatus known = mirror.fresh(check);
        return known != null && known.up();
    }

    /**
     * Returns the health state of a check.
     *
     * @param check the name of the check
     * @return its state; {@link HealthState#UNKNOWN} also if there is no such check, or it was not heard of recently enough
     */
    public HealthState stateOf(String check) {
        CheckStatus known = mirror.fresh(check);
        return known == null ? HealthState.UNKNOWN : known.state();
    }

    /**
     * Returns what holds of a check beside its state.
     *
     * @param check the name of the check
     * @return the conditions; none also if there is no such check, or it was not heard of recently enough
     */
    public List<Condition> conditions(String check) {
        CheckStatus known = mirror.fresh(check);
        return known == null ? List.of() : known.conditions();
    }

    /**
     * Returns what is known of a check.
     *
     * @param check the name of the check
     * @return what is known; empty if there is no such check, or it was not heard of recently enough
     */
    public Optional<CheckStatus> status(String check) {
        return Optional.ofNullable(mirror.fresh(check));
    }

    /**
     * Tells whether the monitor has a check of this name.
     *
     * @param check a name
     * @return whether it had one when it was heard of last, however long ago
     */
    public boolean has(String check) {
        return mirror.last(check) != null;
    }

    /**
     * Returns the names of all checks.
     *
     * @return the names when the monitor was heard of last, however long ago; sorted; a copy
     */
    public Set<String> checks() {
        return mirror.checks();
    }

    /**
     * Tells whether the monitor says that it is offline itself, so that its failures say nothing.
     *
     * @return whether it does; false also if it was not heard of recently enough
     */
    public boolean isIsolated() {
        return mirror.isIsolated();
    }

    /**
     * Tells whether anything can be known.
     *
     * @return whether a complete snapshot has come within three periods, and the monitor has not been closed since
     */
    public boolean isFresh() {
        return mirror.isFresh();
    }

    /**
     * Returns how old the last complete snapshot is.
     *
     * @return the time since it came; empty if there has been none
     */
    public Optional<Duration> snapshotAge() {
        return mirror.snapshotAge();
    }

    /**
     * Waits until all checks are known for the first time.
     *
     * @param limit how long to wait; zero or less to look only
     * @return whether they are
     * @throws InterruptedException if the thread was interrupted
     */
    public boolean awaitReady(Duration limit) throws InterruptedException {
        return mirror.awaitReady(limit);
    }

    /**
     * Tells whether it listens.
     *
     * @return whether there is a connection and a queue
     */
    public boolean isConnected() {
        return follower.isUp();
    }

    /**
     * Returns what its connection is like at this moment.
     *
     * @return the state; {@link AmqpState#BLOCKED}, on a connection over which others send, does not keep it from listening
     */
    public AmqpState state() {
        return follower.link().state();
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
     * Counts the messages that could not be read.
     *
     * @return the number since it was opened
     */
    public long unreadable() {
        return follower.unreadable();
    }

    /**
     * Counts the messages of publishers that tell of a monitor of the same name and are not followed.
     *
     * @return the number since it was opened
     */
    public long ignored() {
        return follower.ofOthers();
    }

    /** Ends the connection and the threads within a few seconds. What was known goes stale. May be called twice. */
    @Override
    public void close() {
        follower.close();
        teller.close();
        reports.close();
    }

    /** Returns whom it follows and where, without the password. */
    @Override
    public String toString() {
        return "remote monitor '" + monitor + "' at " + broker;
    }

    /**
     * Collects the options of a remote monitor. Each is checked when it is set.
     *
     * <p><b>Threads:</b> for one thread.
     */
    public static final class Builder {

        private static final int MOST_CHECKS = 1_000_000;

        private final AmqpBroker broker;
        private @Nullable String monitor;
        private String exchange = AmqpEventPublisher.EXCHANGE;
        private int atMostChecks = 100_000;
        private final List<Consumer<Change>> changes = new ArrayList<>();
        private final List<Consumer<Freshness>> freshness = new ArrayList<>();
        private final List<AmqpListener> listeners = new ArrayList<>();

        private Builder(AmqpBroker broker) {
            this.broker = broker;
        }

        /**
         * Follows the monitor of this name. Must be called.
         *
         * @param monitor the name of the monitor
         * @return this builder
         * @throws IllegalArgumentException if it is not a name, see {@link Names}
         */
        public Builder monitor(String monitor) {
            this.monitor = Names.require("monitor", monitor);
            return this;
        }

        /**
         * Listens to another exchange.
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
         * Remembers at most so many checks; those beyond are ignored.
         *
         * <p>Default 100,000, from 1 to 1,000,000.
         *
         * @param checks the number of checks
         * @return this builder
         * @throws IllegalArgumentException if it is less or more than allowed
         */
        public Builder atMostChecks(int checks) {
            if (checks < 1 || checks > MOST_CHECKS) {
                throw new IllegalArgumentException(
                        "atMostChecks must be from 1 to " + MOST_CHECKS + ", but was " + checks);
            }
            atMostChecks = checks;
            return this;
        }

        /**
         * Calls a listener with each change of a state, whether it came as an event or showed in a snapshot. That nothing is heard
         * any more is not a change; that is told by {@link #onFreshness}.
         *
         * <p>It is called by one thread at a time, which belongs to this remote monitor alone, and not any more once that is closed.
         * At most 10,000 changes wait; beyond that the oldest are dropped. Whatever it throws is logged, at most once a minute, and
         * affects nothing else. Default: nobody is called; may be called several times for several.
         *
         * @param listener what to call
         * @return this builder
         */
        public Builder onChange(Consumer<Change> listener) {
            changes.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Calls a listener when everything is known, for the first time and after each time in which nothing was; and when nothing
         * is known any more, since no complete snapshot has come for three periods by the monotonic clock, or the monitor was closed.
         * The latter is told by itself, 200 milliseconds later at most unless a listener is slow. It begins as if nothing were
         * known, which is not told.
         *
         * <p>Called by the same thread as the listeners of {@link #onChange}, under the same rules, and in order with them: those are
         * told of the states of a snapshot first, then it is told here that everything is known. If it is too slow it may miss that
         * nothing was known for a while, but never how it is in the end.
         *
         * @param listener what to call
         * @return this builder
         */
        public Builder onFreshness(Consumer<Freshness> listener) {
            freshness.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Tells somebody when the connection comes and goes. What is heard over it is told by {@link #onFreshness}.
         *
         * @param listener who is told; may be called several times for several
         * @return this builder
         */
        public Builder listener(AmqpListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Begins to follow. Does not wait for the broker or the monitor, which may come later.
         *
         * @return a remote monitor that works by itself until it is closed
         * @throws IllegalStateException if no monitor was named, or the broker is to know us by a certificate and none is set
         */
        public RemoteMonitor open() {
            if (monitor == null) {
                throw new IllegalStateException("name the monitor to follow: call monitor(name)");
            }
            RemoteMonitor remote = new RemoteMonitor(this, monitor);
            remote.teller.start();
            remote.follower.start();
            return remote;
        }
    }
}
