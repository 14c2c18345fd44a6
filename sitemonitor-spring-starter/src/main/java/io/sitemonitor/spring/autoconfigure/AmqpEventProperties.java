package io.sitemonitor.spring.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Events and snapshots to RabbitMQ: the properties below {@code sitemonitor.events.amqp}.
 *
 * @param enabled Whether events of the monitor are sent, so that others can follow it.
 * @param uri Broker, such as amqp://broker:5672/. That of sitemonitor.alerts.amqp unless set.
 * @param username User name for the broker of uri, if it is not part of its address.
 * @param password Password for the broker of uri.
 * @param exchange Topic exchange to send to.
 * @param snapshotEvery Time from one snapshot of all checks to the next.
 * @param sampleEvery Least time between two runs of a check that are sent. No runs are sent unless set.
 * @param atMostWaiting How many events wait for the broker at most; beyond that the oldest are dropped.
 */
public record AmqpEventProperties(
        @DefaultValue("false") boolean enabled,
        @Nullable String uri,
        @Nullable String username,
        @Nullable String password,
        @Nullable String exchange,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration snapshotEvery,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration sampleEvery,
        @Nullable Integer atMostWaiting) {

    /** Returns no more than whether they are sent: the URI may hold a password. */
    @Override
    public String toString() {
        return "AmqpEvents[" + (enabled ? "on" : "off") + ']';
    }
}
