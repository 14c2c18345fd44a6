package io.sitemonitor.amqp.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.sitemonitor.amqp.AmqpAlertConsumer;
import io.sitemonitor.amqp.AmqpAlertPublisher;
import io.sitemonitor.amqp.AmqpEventPublisher;
import io.sitemonitor.amqp.AmqpState;
import io.sitemonitor.amqp.RemoteMonitor;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Meters of publishers, consumers and remote monitors.
 *
 * <pre>{@code
 * AmqpMetrics meters = AmqpMetrics.bindTo(registry).publisher(publisher).consumer(consumer).events(events).remote(shop);
 * }</pre>
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>type</th><th>tags</th><th>meaning</th></tr>
 * <tr><td>{@value #STATE}</td><td>gauge</td><td>name, role</td><td>0 connecting, 1 connected, 2 blocked by the broker, 3 closed</td></tr>
 * <tr><td>{@value #CONNECTIONS}</td><td>counter</td><td>name, role</td><td>how often it has connected</td></tr>
 * <tr><td>{@value #WAITING}</td><td>gauge</td><td>name, role</td><td>alerts that were handed to the publisher and are not
 *     confirmed; events that are not sent yet</td></tr>
 * <tr><td>{@value #MESSAGES}</td><td>counter</td><td>name, role, outcome</td><td>of a publisher {@code confirmed},
 *     {@code unroutable}, {@code refused}; of a consumer {@code handled}, {@code double}, {@code retry}, {@code parked},
 *     {@code ignored}, {@code dead_letter}; of an event publisher {@code sent} (events, and each part of a snapshot) and
 *     {@code dropped} (events); of a remote monitor {@code unreadable}, {@code ignored}</td></tr>
 * <tr><td>{@value #FRESH}</td><td>gauge</td><td>name, role</td><td>of a remote monitor 1 if everything is known, 0 if nothing
 *     is</td></tr>
 * <tr><td>{@value #SNAPSHOT_AGE}</td><td>gauge, seconds</td><td>name, role</td><td>of a remote monitor the time since the last
 *     complete snapshot came; NaN before the first</td></tr>
 * </table>
 *
 * <p>The tag {@code name} is the name of the publisher or consumer, or of the monitor that is followed; {@code role} is {@code
 * publisher}, {@code consumer}, {@code events} or {@code remote}, as in {@link io.sitemonitor.amqp.AmqpEvent}. Meters exist from the call that binds them until {@link #close}; they do not keep what they measure from being collected.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class AmqpMetrics implements AutoCloseable {

    /** Gauge: what the connection is like. */
    public static final String STATE = "sitemonitor.amqp.state";

    /** Counter: how often it has connected. */
    public static final String CONNECTIONS = "sitemonitor.amqp.connections";

    /** Gauge: alerts or events that wait in a publisher. */
    public static final String WAITING = "sitemonitor.amqp.waiting";

    /** Counter: what became of messages. */
    public static final String MESSAGES = "sitemonitor.amqp.messages";

    /** Gauge: whether a remote monitor knows everything. */
    public static final String FRESH = "sitemonitor.amqp.fresh";

    /** Gauge: how old the last snapshot of a remote monitor is. */
    public static final String SNAPSHOT_AGE = "sitemonitor.amqp.snapshot.age";

    private static final String WHAT_WAITS = "Alerts that are not confirmed yet, or events that are not sent yet";
    private static final double NANOS_PER_SECOND = 1e9;

    private final MeterRegistry registry;
    private final List<Meter> meters = new CopyOnWriteArrayList<>();

    private AmqpMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Begins to register meters.
     *
     * @param registry where; stays the caller's
     * @return nothing registered yet
     */
    public static AmqpMetrics bindTo(MeterRegistry registry) {
        return new AmqpMetrics(Objects.requireNonNull(registry, "registry"));
    }

    /**
     * Registers the meters of a publisher.
     *
     * @param publisher what to measure; two of one name share the meters of the first
     * @return this
     */
    public AmqpMetrics publisher(AmqpAlertPublisher publisher) {
        Tags tags = tags(publisher.name(), "publisher");
        connection(tags, publisher, AmqpAlertPublisher::state, AmqpAlertPublisher::connections);
        gauge(WAITING, WHAT_WAITS, tags, publisher, AmqpAlertPublisher::waiting);
        outcome("confirmed", tags, publisher, AmqpAlertPublisher::confirmed);
        outcome("unroutable", tags, publisher, AmqpAlertPublisher::unroutable);
        outcome("refused", tags, publisher, AmqpAlertPublisher::refused);
        return this;
    }

    /**
     * Registers the meters of a consumer.
     *
     * @param consumer what to measure; two of one name share the meters of the first
     * @return this
     */
    public AmqpMetrics consumer(AmqpAlertConsumer consumer) {
        Tags tags = tags(consumer.name(), "consumer");
        connection(tags, consumer, AmqpAlertConsumer::state, AmqpAlertConsumer::connections);
        outcome("handled", tags, consumer, AmqpAlertConsumer::handled);
        outcome("double", tags, consumer, AmqpAlertConsumer::doubles);
        outcome("retry", tags, consumer, AmqpAlertConsumer::retries);
        outcome("parked", tags, consumer, AmqpAlertConsumer::parked);
        outcome("ignored", tags, consumer, AmqpAlertConsumer::ignored);
        outcome("dead_letter", tags, consumer, AmqpAlertConsumer::deadLetters);
        return this;
    }

    /**
     * Registers the meters of an event publisher.
     *
     * @param publisher what to measure; two of one name share the meters of the first
     * @return this
     */
    public AmqpMetrics events(AmqpEventPublisher publisher) {
        Tags tags = tags(publisher.name(), "events");
        connection(tags, publisher, AmqpEventPublisher::state, AmqpEventPublisher::connections);
        gauge(WAITING, WHAT_WAITS, tags, publisher, AmqpEventPublisher::waiting);
        outcome("sent", tags, publisher, AmqpEventPublisher::sent);
        outcome("dropped", tags, publisher, AmqpEventPublisher::dropped);
        return this;
    }

    /**
     * Registers the meters of a remote monitor.
     *
     * @param remote what to measure; two of one name share the meters of the first
     * @return this
     */
    public AmqpMetrics remote(RemoteMonitor remote) {
        Tags tags = tags(remote.name(), "remote");
        connection(tags, remote, RemoteMonitor::state, RemoteMonitor::connections);
        outcome("unreadable", tags, remote, RemoteMonitor::unreadable);
        outcome("ignored", tags, remote, RemoteMonitor::ignored);
        gauge(FRESH, "Whether everything is known of the followed monitor", tags, remote, r -> r.isFresh() ? 1 : 0);
        meters.add(Gauge.builder(
                        SNAPSHOT_AGE,
                        remote,
                        r -> r.snapshotAge().map(AmqpMetrics::seconds).orElse(Double.NaN))
                .description("Time since the last complete snapshot of the followed monitor")
                .baseUnit("seconds")
                .tags(tags)
                .register(registry));
        return this;
    }

    private static Tags tags(String name, String role) {
        return Tags.of("name", name, "role", role);
    }

    private <T> void connection(Tags tags, T of, Function<T, AmqpState> state, ToDoubleFunction<T> connections) {
        gauge(STATE, "State of the connection", tags, of, measured -> number(state.apply(measured)));
        count(CONNECTIONS, "Connections made", tags, of, connections);
    }

    private <T> void gauge(String name, String description, Tags tags, T of, ToDoubleFunction<T> value) {
        meters.add(Gauge.builder(name, of, value)
                .description(description)
                .tags(tags)
                .register(registry));
    }

    private <T> void outcome(String outcome, Tags tags, T of, ToDoubleFunction<T> count) {
        count(MESSAGES, "What became of messages", tags.and("outcome", outcome), of, count);
    }

    private <T> void count(String name, String description, Tags tags, T of, ToDoubleFunction<T> count) {
        meters.add(FunctionCounter.builder(name, of, count)
                .description(description)
                .tags(tags)
                .register(registry));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS_PER_SECOND;
    }

    private static int number(AmqpState state) {
        return switch (state) {
            case CONNECTING -> 0;
            case CONNECTED -> 1;
            case BLOCKED -> 2;
            case CLOSED -> 3;
        };
    }

    /** Removes all meters that it has registered. May be called twice. */
    @Override
    public void close() {
        meters.forEach(registry::remove);
        meters.clear();
    }
}
