package io.sitemonitor.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.amqp.AmqpAlertPublisher;
import io.sitemonitor.amqp.AmqpEventPublisher;
import io.sitemonitor.check.Check;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.testing.ManualTime;
import io.sitemonitor.testing.ScriptedCheck;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What the properties say of events to RabbitMQ. None of these connects. */
class AmqpEventsTest {

    private static final String EVENTS = "sitemonitor.events.amqp.";
    private static final String URI = EVENTS + "uri=amqp://127.0.0.1:1/";

    private final ManualTime time = Runners.time();
    private final ApplicationContextRunner application =
            Runners.applicationIn(time).withPropertyValues("sitemonitor.name=shop");

    @Test
    void nothingIsSentUnlessEnabled() {
        application
                .withPropertyValues(
                        URI, "sitemonitor.alerts.amqp.uri=amqp://127.0.0.1:1/", "sitemonitor.close-within=0")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(AmqpAlertPublisher.class)
                        .doesNotHaveBean(AmqpEventPublisher.class));
        application
                .withPropertyValues(URI, EVENTS + "enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(AmqpEventPublisher.class));
        application
                .withPropertyValues(URI, EVENTS + "enabled=true", "sitemonitor.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(AmqpEventPublisher.class));
    }

    @Test
    void takesItsPropertiesAndListensToTheMonitor() {
        enabled()
                .withPropertyValues(
                        URI,
                        EVENTS + "username=us@er",
                        EVENTS + "password=hunter2",
                        EVENTS + "at-most-waiting=2",
                        EVENTS + "sample-every=5s")
                .withBean("storefront", Check.class, ScriptedCheck::passing)
                .run(context -> {
                    AmqpEventPublisher publisher = context.getBean(AmqpEventPublisher.class);
                    assertThat(publisher).hasToString("AMQP event publisher 'shop' to amqp://us%40er:***@127.0.0.1:1/");
                    assertThat(publisher.wants(RunCompleted.class)).isTrue();
                    // it was started, a check was added, it was run, and is up
                    time.advance(Duration.ofMinutes(1));
                    assertThat(publisher.waiting()).isEqualTo(2);
                    assertThat(publisher.dropped()).isPositive();
                });
        enabled()
                .withPropertyValues(URI)
                .run(context -> assertThat(
                                context.getBean(AmqpEventPublisher.class).wants(RunCompleted.class))
                        .isFalse());
    }

    @Test
    void usesTheBrokerOfTheAlertsUnlessToldOtherwise() {
        ApplicationContextRunner alerts = enabled()
                .withPropertyValues(
                        "sitemonitor.alerts.amqp.uri=amqp://127.0.0.1:2/",
                        "sitemonitor.alerts.amqp.username=alerts",
                        "sitemonitor.alerts.amqp.password=hunter2",
                        "sitemonitor.close-within=0");
        alerts.run(context -> assertThat(context.getBean(AmqpEventPublisher.class))
                .hasToString("AMQP event publisher 'shop' to amqp://alerts:***@127.0.0.1:2/"));
        alerts.withPropertyValues(URI)
                .run(context -> assertThat(context.getBean(AmqpEventPublisher.class))
                        .hasToString("AMQP event publisher 'shop' to amqp://guest:***@127.0.0.1:1/"));
    }

    @Test
    void backsOff() {
        enabled()
                .withBean(
                        "own",
                        AmqpEventPublisher.class,
                        () -> AmqpEventPublisher.to("amqp://127.0.0.1:2/").open())
                .run(context -> assertThat(context.getBeanNamesForType(AmqpEventPublisher.class))
                        .containsExactly("own"));
    }

    @Test
    void withoutItsLibrary() {
        enabled()
                .withPropertyValues(URI)
                .withClassLoader(new FilteredClassLoader("io.sitemonitor.amqp"))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("property sitemonitor.events.amqp.enabled cannot be used: it needs a"
                                + " library that is not there; add io.sitemonitor:sitemonitor-amqp to the dependencies"
                                + " of the application"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "enabled: true|uri|it is missing; sitemonitor.events.amqp.enabled needs it, or the broker of"
                        + " sitemonitor.alerts.amqp.uri or sitemonitor.alerts.amqp.use-connection-factory",
                "enabled: true, username: a, password: hunter2|uri|it is missing; sitemonitor.events.amqp.username needs it",
                "enabled: true, uri: 'amqp://h', password: hunter2|username|it is missing; sitemonitor.events.amqp.password"
                        + " needs it",
                "enabled: true, uri: 'http://hunter2@h'|uri|must begin with amqp://",
                "enabled: true, uri: 'amqp://h', exchange: ''|exchange|exchange must have from 1 to 255 bytes, but has 0",
                "enabled: true, uri: 'amqp://h', snapshot-every: 2h|snapshot-every|snapshotEvery must be from PT0.001S to"
                        + " PT1H, but was PT2H",
                "enabled: true, uri: 'amqp://h', snapshot-every: 0|snapshot-every|snapshotEvery must be from PT0.001S to"
                        + " PT1H, but was PT0S",
                "enabled: true, uri: 'amqp://h', sample-every: 7200|sample-every|sampleRuns must be from PT0.001S to PT1H, but"
                        + " was PT2H",
                "enabled: true, uri: 'amqp://h', at-most-waiting: 0|at-most-waiting|atMostWaiting must be from 1 to 1000000,"
                        + " but was 0"
            })
    void namesWrongValues(String properties, String property, String reason) {
        assertThat(FailedStart.failureOf("sitemonitor: { events: { amqp: { " + properties + " } } }"))
                .contains("The property sitemonitor.events.amqp." + property + " cannot be used", reason)
                .doesNotContain("hunter2");
    }

    @Test
    @DisplayName(
            "A wrong name is answered with the right one, and what could be secret is not shown, nor more than that")
    void namesWhatThereIs() {
        assertThat(FailedStart.failureOf("sitemonitor: { events: { amqp: { passwort: hunter2 } } }"))
                .contains("Did you mean sitemonitor.events.amqp.password?")
                .doesNotContain("hunter2");
        assertThat(FailedStart.failureOf("sitemonitor: { events: { amqp: { snapshot-every: often } } }"))
                .contains("Value: \"often\"", "Reason: it must be a time such as 500ms");
    }

    private ApplicationContextRunner enabled() {
        return application.withPropertyValues(EVENTS + "enabled=true");
    }
}
