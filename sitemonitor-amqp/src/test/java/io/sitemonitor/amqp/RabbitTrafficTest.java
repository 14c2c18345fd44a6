package io.sitemonitor.amqp;

import org.junit.jupiter.api.extension.ExtendWith;

/** The contract with RabbitMQ. */
@ExtendWith(WithRabbit.class)
class RabbitTrafficTest extends AmqpTrafficContract {

    @Override
    String uri() {
        return WithRabbit.uri();
    }

    @Override
    String unroutable() {
        return "no queue is bound to exchange 'site_monitor' with key 'sites_status_key'";
    }
}
