package io.sitemonitor.examples.amqp;

import io.sitemonitor.Monitor;
import io.sitemonitor.MonitorBuilder;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertPolicyBuilder;
import io.sitemonitor.amqp.AmqpAlertPublisher;
import io.sitemonitor.amqp.AmqpBroker;
import io.sitemonitor.amqp.AmqpTopology;
import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.http.HttpCheck;
import io.sitemonitor.event.AlertDelivered;
import io.sitemonitor.event.AlertDeliveryFailed;
import io.sitemonitor.event.MonitorEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Watches sites and publishes their alerts. */
final class Producer implements AutoCloseable {

    private final AmqpAlertPublisher publisher;
    private final Monitor monitor;

    Producer(AmqpBroker broker, boolean topic, List<String> contacts, Map<String, String> sites) {
        MonitorBuilder builder = Monitor.named("producer")
                .defaults(c -> contacts.forEach(c.every(Duration.ofSeconds(1))::contact))
                .closeWithin(Duration.ofSeconds(2))
                .onStateChange(change -> tell(change.check() + " " + change.from() + " -> " + change.to()))
                .listener(this::tellDelivery);
        sites.forEach((name, url) -> builder.check(name, HttpCheck.get(url)));
        if (sites.isEmpty()) {
            // it fails over and over, and would soon count as flapping and fall silent
            builder.check("demo", failsNowAndThen(), c -> c.flapAfter(0, Duration.ofMinutes(10)));
        }
        publisher = AmqpAlertPublisher.to(broker)
                .named("producer")
                .topology(topic ? AmqpTopology.topic() : AmqpTopology.direct())
                .closeTimeout(Duration.ofSeconds(1))
                .open();
        // short pauses, so that alerts go out as soon as the broker is back
        monitor = builder.alert(publisher, p -> {
                    kinds(topic, p);
                    p.retry(Duration.ofMillis(100), Duration.ofSeconds(1));
                })
                .start();
        tell("publishing to " + broker);
    }

    /** The monitor goes first: it hands over what it has. */
    @Override
    public void close() {
        monitor.close();
        publisher.close();
        tell("stopped; " + monitor.alerts().deadLetters().size() + " alerts could not be handed over");
    }

    private void tellDelivery(MonitorEvent event) {
        if (event instanceof AlertDelivered delivered) {
            tell("published the alert about " + delivered.check());
        } else if (event instanceof AlertDeliveryFailed failed && failed.attempts() == 1) {
            tell("the alert about " + failed.check() + " waits: " + failed.reason());
        }
    }

    /** What the messages have words for. */
    private static void kinds(boolean topic, AlertPolicyBuilder policy) {
        if (topic) {
            policy.kinds(AlertKind.DOWN, AlertKind.DEGRADED, AlertKind.FLAPPING, AlertKind.ISOLATED);
        } else {
            policy.kinds(AlertKind.DOWN, AlertKind.FLAPPING);
        }
    }

    private static Check failsNowAndThen() {
        return context -> context.time().now().getEpochSecond() / 8 % 2 == 0
                ? CheckResult.pass()
                : CheckResult.fail("it is one of the bad moments");
    }

    private static void tell(String what) {
        System.out.println("producer: " + what);
    }
}
