package io.sitemonitor.amqp;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract of events with a broker inside the JVM, so that something is proved on every machine. */
class EmbeddedEventsTest extends EventTrafficContract {

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
}
