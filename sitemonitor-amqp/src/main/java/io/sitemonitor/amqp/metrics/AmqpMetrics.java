package io.sitemonitor.amqp.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.sitemonitor.amqp.AmqpAlertConsumer;
import io.sitemonitor.amqp.AmqpAlertPublisher;
import io.sitemonitor.amqp.AmqpState;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleFunction;

/**
 * Meters of publishers and consumers.
 *
 * <pre>{@code
 * AmqpMetrics meters = AmqpMetrics.bindTo(registry).publisher(publisher).consumer(consumer);
 * }</pre>
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>type</th><th>tags</th><th>meaning</th></tr>
 * <tr><td>{@value #STATE}</td><td>gauge</td><td>name, role</td><td>0 connecting, 1 connected, 2 blocked by the broker, 3 closed</td></tr>
 * <tr><td>{@value #CONNECTIONS}</td><td>counter</td><td>name, role</td><td>how often it has connected</td></tr>
 * <tr><td>{@value #WAITING}</td><td>gauge</td><td>name, role</td><td>alerts that were handed to the publisher and are not
 *     confirmed</td></tr>
 * <tr><td>{@value #MESSAGES}</td><td>counter</td><td>name, role, outcome</td><td>of a publisher {@code confirmed},
 *     {@code unroutable}, {@code refused}; of a consumer {@code handled}, {@code double}, {@code retry}, {@code parked},
 *     {@code ignored}, {@code dead_letter}</td></tr>
 * </table>
 *
 * <p>The tag {@code name} is the name of the publisher or consumer, {@code role} is {@code publisher} or {@code consumer}. Meters
 * exist from the call that binds them until {@link #close}; they do not keep what they measure from being collected.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class AmqpMetrics implements AutoCloseable {

    /** Gauge: what the connection is like. */
    public static final String STATE = "sitemonitor.amqp.state";

    /** Counter: how often it has connected. */
    public static final String CONNECTIONS = "sitemonitor.amqp.connections";

    /** Gauge: alerts that wait in a publisher. */
    public static final String WAITING = "sitemonitor.amqp.waiting";

    /** Counter: what became of messages. */
    public static final String MESSAGES = "sitemonitor.amqp.messages";

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
        Tags tags = Tags.of("name", publisher.name(), "role", "publisher");
        gauge(STATE, "State of the connection", tags, publisher, p -> number(p.state()));
        count(CONNECTIONS, "Connections made", tags, publisher, AmqpAlertPublisher::connections);
        gauge(WAITING, "Alerts that are not confirmed yet", tags, publisher, AmqpAlertPublisher::waiting);
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
        Tags tags = Tags.of("name", consumer.name(), "role", "consumer");
        gauge(STATE, "State of the connection", tags, consumer, c -> number(c.state()));
        count(CONNECTIONS, "Connections made", tags, consumer, AmqpAlertConsumer::connections);
        outcome("handled", tags, consumer, AmqpAlertConsumer::handled);
        outcome("double", tags, consumer, AmqpAlertConsumer::doubles);
        outcome("retry", tags, consumer, AmqpAlertConsumer::retries);
        outcome("parked", tags, consumer, AmqpAlertConsumer::parked);
        outcome("ignored", tags, consumer, AmqpAlertConsumer::ignored);
        outcome("dead_letter", tags, consumer, AmqpAlertConsumer::deadLetters);
        return this;
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
