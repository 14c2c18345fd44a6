package io.sitemonitor.amqp;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** With a broker inside the JVM, so that something is proved on every machine. */
class EmbeddedRabbitCheckTest extends RabbitCheckBrokerContract {

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

    @Override
    String loginRefusal() {
        return "530 Authentication failed";
    }
}
