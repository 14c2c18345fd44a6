package io.sitemonitor.amqp;

import org.junit.jupiter.api.extension.ExtendWith;

/** The contract of events with RabbitMQ. */
@ExtendWith(WithRabbit.class)
class RabbitEventsTest extends EventTrafficContract {

    @Override
    String uri() {
        return WithRabbit.uri();
    }
}
