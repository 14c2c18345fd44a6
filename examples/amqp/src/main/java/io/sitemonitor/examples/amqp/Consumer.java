package io.sitemonitor.examples.amqp;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.amqp.AmqpAlertConsumer;
import io.sitemonitor.amqp.AmqpAlertConsumerBuilder;
import io.sitemonitor.amqp.AmqpEvent;
import java.util.Locale;

/** Takes alerts from a queue, shows them and hands them on. A message is acknowledged once every handler has returned. */
final class Consumer implements AutoCloseable {

    private final String name;
    private final AmqpAlertConsumer consumer;

    /** Starts a consumer; what it is to do with alerts, besides showing them, is in the builder. */
    Consumer(String name, AmqpAlertConsumerBuilder builder) {
        this.name = name;
        consumer =
                builder.handler("screen", this::show).listener(this::tellEvent).start();
    }

    @Override
    public void close() {
        consumer.close();
        tell("stopped; " + consumer.handled() + " alerts handled, " + consumer.deadLetters() + " to the dead letters");
    }

    private void show(Alert alert) {
        tell(alert.kind() + " " + alert.summary() + " (id " + alert.id() + ", contacts " + alert.contacts() + ")");
    }

    private void tellEvent(AmqpEvent event) {
        String what = event.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        tell(event.detail().isEmpty() ? what : what + ": " + event.detail());
    }

    private void tell(String what) {
        System.out.println(name + ": " + what);
    }
}
