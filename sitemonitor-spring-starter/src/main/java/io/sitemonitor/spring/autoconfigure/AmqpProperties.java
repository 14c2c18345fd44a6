package io.sitemonitor.spring.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Alerts to RabbitMQ: the properties below {@code sitemonitor.alerts.amqp}.
 *
 * @param uri Broker, such as amqp://broker:5672/ or amqps://broker/shop for a virtual host.
 * @param otherNodes The other nodes of its cluster, each a host, possibly with a port; tried one after the other.
 * @param username User name for the broker, if it is not part of its address.
 * @param password Password for the broker.
 * @param topology Which exchange and which messages: direct, as it has always been, tells up and down; topic tells everything.
 * @param exchange Exchange to send to; site_monitor unless set, or sitemonitor.alerts with the topology topic.
 * @param routingKey Routing key of the messages, with the topology direct; sites_status_key unless set.
 * @param declare Whether the exchange is declared, only looked for, or neither.
 * @param heartbeat How often the broker is asked for a sign of life, in whole seconds.
 * @param connectTimeout Longest time for a connection, and again for its handshake.
 * @param confirmTimeout Longest time until the broker has confirmed an alert, before it is tried again.
 * @param sslBundle Name of the SSL bundle that says whom to trust and which certificate to show, for amqps.
 * @param useConnectionFactory Whether to use the connections of the application's ConnectionFactory of spring-rabbit, in place of an address: true, or the name of its bean.
 */
public record AmqpProperties(
        @Nullable String uri,
        @Nullable List<String> otherNodes,
        @Nullable String username,
        @Nullable String password,
        @DefaultValue("direct") Topology topology,
        @Nullable String exchange,
        @Nullable String routingKey,
        @DefaultValue("on") Declare declare,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration heartbeat,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration connectTimeout,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration confirmTimeout,
        @Nullable String sslBundle,
        @Nullable String useConnectionFactory) {

    /** Which exchange and which messages. */
    public enum Topology {
        /** A direct exchange, one key, and the messages that have always been there, which know up and down. */
        DIRECT,
        /** A topic exchange, a key for each check and kind, and messages with all of an alert. */
        TOPIC
    }

    /** What is done about the exchange. Spring Boot reads {@code true} and {@code false} as the first and the last. */
    public enum Declare {
        /** It is declared, which creates it if there is none. */
        ON,
        /** It is looked for; as long as there is none, alerts wait. */
        CHECK,
        /** It is taken for granted, for a user who may only write. */
        OFF
    }

    /** Returns what is set to use the application's own connections, or null if they are not to be used. */
    @Nullable
    String factory() {
        return useConnectionFactory == null || useConnectionFactory.equalsIgnoreCase("false")
                ? null
                : useConnectionFactory;
    }

    /** Returns no more than whether it is set: the URI may hold a password. */
    @Override
    public String toString() {
        return "Amqp[" + (uri == null && useConnectionFactory == null ? "off" : "on") + ']';
    }
}
