package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertPolicyBuilder;
import io.sitemonitor.amqp.AmqpTopology;
import io.sitemonitor.spring.autoconfigure.AmqpProperties.Topology;

/** Which way the properties say that alerts go through the broker, and which alerts can go that way. */
final class AmqpRouting {

    private static final String EXCHANGE = AmqpConnection.AMQP + ".exchange";
    private static final String ROUTING_KEY = AmqpConnection.AMQP + ".routing-key";

    private AmqpRouting() {}

    static AmqpTopology topology(AmqpProperties given) {
        AmqpTopology topology = Property.change(
                EXCHANGE,
                given.topology() == Topology.TOPIC ? topic(given) : direct(given),
                given.exchange(),
                AmqpTopology::exchange);
        return switch (given.declare()) {
            case ON -> topology;
            case CHECK -> topology.passive();
            case OFF -> topology.undeclared();
        };
    }

    /** Selects what the messages have words for. */
    static void kinds(AmqpProperties given, AlertPolicyBuilder policy) {
        if (given.topology() == Topology.TOPIC) {
            policy.kinds(AlertKind.DOWN, AlertKind.DEGRADED, AlertKind.FLAPPING, AlertKind.ISOLATED);
        } else {
            policy.kinds(AlertKind.DOWN, AlertKind.FLAPPING);
        }
    }

    private static AmqpTopology direct(AmqpProperties given) {
        return Property.change(ROUTING_KEY, AmqpTopology.direct(), given.routingKey(), AmqpTopology::routingKey);
    }

    private static AmqpTopology topic(AmqpProperties given) {
        if (given.routingKey() != null) {
            throw Property.wrong(
                    ROUTING_KEY,
                    "with " + AmqpConnection.AMQP
                            + ".topology=topic each alert has a key of its own, monitor.check.kind, and"
                            + " readers bind their queues with patterns such as shop.# or *.*.down; leave one of them out");
        }
        return AmqpTopology.topic();
    }
}
