package io.sitemonitor.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertPolicy;
import io.sitemonitor.alert.AlertPolicyBuilder;
import io.sitemonitor.amqp.AmqpAlertPublisher;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Which way the properties say that alerts go, and which alerts. None of these connects. */
class AmqpRoutingTest {

    private static final String AMQP = "sitemonitor.alerts.amqp.";

    private final ApplicationContextRunner application = Runners.applicationIn(Runners.time())
            .withPropertyValues(AMQP + "uri=amqp://127.0.0.1:1/", "sitemonitor.close-within=0");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "topology=direct|publisher declares the exchange 'site_monitor' as direct and durable",
                "topology=topic|publisher declares the exchange 'sitemonitor.alerts' as topic and durable",
                "topology=Topic, exchange=shop|publisher declares the exchange 'shop' as topic and durable",
                "exchange=shop|publisher declares the exchange 'shop' as direct and durable",
                "routing-key=key|consumer declares the binding of 'alert_queue' to 'site_monitor' with 'key'",
                "declare=on|publisher declares the exchange 'site_monitor' as direct and durable",
                "declare=true|publisher declares the exchange 'site_monitor' as direct and durable",
                "declare=check|publisher looks for the exchange 'site_monitor' as direct and durable",
                "declare=check, topology=topic|publisher looks for the exchange 'sitemonitor.alerts' as topic and durable",
                "declare=off|nothing is declared or looked for",
                "declare=false, topology=topic|nothing is declared or looked for"
            })
    void goesTheWayOfTheProperties(String properties, String line) {
        with(properties)
                .run(context -> assertThat(context.getBean(AmqpAlertPublisher.class)
                                .topology()
                                .plan())
                        .contains(line));
    }

    @Test
    void tellsWhatTheMessagesHaveWordsFor() {
        assertThat(kinds("topology=direct")).containsExactlyInAnyOrder(AlertKind.DOWN, AlertKind.FLAPPING);
        assertThat(kinds("topology=topic"))
                .containsExactlyInAnyOrder(AlertKind.DOWN, AlertKind.DEGRADED, AlertKind.FLAPPING, AlertKind.ISOLATED);
    }

    @Test
    void namesWrongValues() {
        assertThat(FailedStart.failureOf("sitemonitor: { alerts: { amqp: { uri: 'amqp://h', topology: fanout } } }"))
                .contains(
                        "The property sitemonitor.alerts.amqp.topology cannot be read",
                        "Reason: it must be one of direct, topic");
        assertThat(FailedStart.failureOf("sitemonitor: { alerts: { amqp: { uri: 'amqp://h', declare: none } } }"))
                .contains(
                        "The property sitemonitor.alerts.amqp.declare cannot be read",
                        "Reason: it must be one of on, check, off");
        assertThat(FailedStart.failureOf(
                        "sitemonitor: { alerts: { amqp: { uri: 'amqp://h', topology: topic, routing-key: shop } } }"))
                .contains(
                        "The property sitemonitor.alerts.amqp.routing-key cannot be used",
                        "Reason: with sitemonitor.alerts.amqp.topology=topic each alert has a key of its own,"
                                + " monitor.check.kind, and readers bind their queues with patterns such as shop.# or"
                                + " *.*.down; leave one of them out");
        assertThat(FailedStart.failureOf(
                        "sitemonitor: { alerts: { amqp: { uri: 'amqp://h', topology: topic, exchange: '' } } }"))
                .contains(
                        "The property sitemonitor.alerts.amqp.exchange cannot be used",
                        "Reason: exchange must have from 1 to 255 bytes");
    }

    private Set<AlertKind> kinds(String properties) {
        AlertPolicyBuilder policy = AlertPolicy.builder();
        with(properties)
                .run(context -> context.getBean(PolicedListener.class).policy().accept(policy));
        return policy.build().kinds();
    }

    private ApplicationContextRunner with(String properties) {
        ApplicationContextRunner runner = application;
        for (String property : properties.split(", ")) {
            runner = runner.withPropertyValues(AMQP + property);
        }
        return runner;
    }
}
