package io.sitemonitor.amqp;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract with a broker inside the JVM, so that something is proved on every machine. */
class EmbeddedTrafficTest extends AmqpTrafficContract {

    private static EmbeddedBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Override
    String uri() {
        return broker.uri();
    }

    /** This broker refuses first and returns later; RabbitMQ returns first. */
    @Override
    String unroutable() {
        return "the broker refused it";
    }
}
