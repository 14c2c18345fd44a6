package io.sitemonitor.examples.amqp;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.log.IncidentLogListener;
import io.sitemonitor.amqp.AmqpAddress;
import io.sitemonitor.amqp.AmqpAlertConsumer;
import io.sitemonitor.amqp.AmqpAlertConsumerBuilder;
import java.nio.file.Path;
import java.util.Optional;

/** Takes alerts from the queue and shows them. A message is acknowledged once every handler has returned. */
final class Consumer implements AutoCloseable {

    private final AmqpAlertConsumer consumer;

    Consumer(AmqpAddress broker, Optional<Path> incidentLog) {
        AmqpAlertConsumerBuilder builder =
                AmqpAlertConsumer.from(broker).named("consumer").handler("screen", Consumer::show);
        incidentLog.ifPresent(file -> builder.handler("log", IncidentLogListener.text(file)));
        consumer = builder.start();
        tell("consuming from " + broker);
    }

    @Override
    public void close() {
        consumer.close();
        tell("stopped; " + consumer.handled() + " alerts handled");
    }

    private static void show(Alert alert) {
        tell(alert.kind() + " " + alert.summary() + " (id " + alert.id() + ", contacts " + alert.contacts() + ")");
    }

    private static void tell(String what) {
        System.out.println("consumer: " + what);
    }
}
