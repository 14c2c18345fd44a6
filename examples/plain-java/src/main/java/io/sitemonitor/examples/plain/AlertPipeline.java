package io.sitemonitor.examples.plain;

import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.log.IncidentLogListener;
import io.sitemonitor.amqp.AmqpAddress;
import io.sitemonitor.amqp.AmqpAlertConsumer;
import io.sitemonitor.amqp.AmqpAlertPublisher;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The way of an alert: from the publisher, which the monitor calls, through the broker to the consumer, which writes the
 * incident log and the mail. In a real system the consumer is another process; see the example {@code amqp}.
 */
final class AlertPipeline implements AutoCloseable {

    private static final Duration CLOSE_WITHIN = Duration.ofMillis(500);

    private final AmqpAlertPublisher publisher;
    private final AmqpAlertConsumer consumer;
    private final Handover handover = new Handover();
    private final Duration handOver;

    AlertPipeline(AmqpAddress broker, Path incidentLog, AlertListener mail, Duration handOver, Screen screen) {
        this.handOver = handOver;
        IncidentLogListener log = IncidentLogListener.text(incidentLog);
        publisher = AmqpAlertPublisher.to(broker)
                .named("demo")
                .closeTimeout(CLOSE_WITHIN)
                .open();
        consumer = AmqpAlertConsumer.from(broker)
                .named("demo")
                .closeTimeout(CLOSE_WITHIN)
                .handler("mail", mail)
                .handler("log", handover.last(alert -> {
                    log.onAlert(alert);
                    screen.tell("logged  " + alert.kind() + " " + alert.check() + " since " + alert.since() + " is in "
                            + incidentLog.getFileName());
                }))
                .start();
    }

    AlertListener publisher() {
        return publisher;
    }

    Handover handover() {
        return handover;
    }

    /** Ends the publisher, then the consumer once all has come out that went in. The monitor is closed before. */
    @Override
    public void close() {
        boolean connected = consumer.isConnected();
        publisher.close();
        if (connected) {
            handover.await(handOver);
        }
        consumer.close();
    }
}
