package io.sitemonitor.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.Monitor;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.email.EmailListener;
import io.sitemonitor.alert.log.IncidentLogListener;
import io.sitemonitor.alert.log.Slf4jListener;
import io.sitemonitor.alert.sms.SmsListener;
import io.sitemonitor.amqp.AmqpAlertPublisher;
import io.sitemonitor.check.Check;
import io.sitemonitor.event.AlertDeliveryFailed;
import io.sitemonitor.event.MonitorListener;
import io.sitemonitor.testing.ManualTime;
import io.sitemonitor.testing.RecordingListener;
import io.sitemonitor.testing.ScriptedCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** Destinations of alerts: default, set by properties, the user's own, and without the library. */
class DestinationsTest {

    private final ManualTime time = Runners.time();
    private final ApplicationContextRunner application = Runners.applicationIn(time);

    @TempDir
    private Path folder;

    @Test
    void nobodyIsToldByDefault() {
        application.run(context -> assertThat(context)
                .hasNotFailed()
                .doesNotHaveBean(AlertListener.class)
                .doesNotHaveBean(AmqpAlertPublisher.class));
    }

    @Test
    void logIsSwitchedOnByProperty() {
        application
                .withPropertyValues("sitemonitor.alerts.log=true")
                .run(context -> assertThat(context).hasSingleBean(Slf4jListener.class));
        application
                .withPropertyValues("sitemonitor.alerts.log=false")
                .run(context -> assertThat(context).doesNotHaveBean(Slf4jListener.class));
    }

    @Test
    void logBacksOff() {
        application
                .withPropertyValues("sitemonitor.alerts.log=true")
                .withBean("own", Slf4jListener.class, () -> Slf4jListener.named("alerts"))
                .run(context -> assertThat(context.getBeanNamesForType(Slf4jListener.class))
                        .containsExactly("own"));
    }

    @Test
    void incidentLogGetsLinesInTheFormatAskedFor() {
        ApplicationContextRunner failing = application
                .withPropertyValues("sitemonitor.defaults.down-after=1")
                .withBean("shop", Check.class, () -> ScriptedCheck.failing("HTTP 503"));
        failing.withPropertyValues("sitemonitor.alerts.incident-log=" + folder.resolve("incidents.jsonl"))
                .run(context -> {
                    time.advance(Duration.ofSeconds(10));
                    assertThat(Files.readString(folder.resolve("incidents.jsonl")))
                            .startsWith("{\"time\":\"2026-11-22T12:00:0")
                            .contains("\"kind\":\"DOWN\"", "\"check\":\"shop\"");
                });
        failing.withPropertyValues(
                        "sitemonitor.alerts.incident-log=" + folder.resolve("incidents.log"),
                        "sitemonitor.alerts.incident-log-format=text")
                .run(context -> {
                    time.advance(Duration.ofSeconds(10));
                    assertThat(Files.readString(folder.resolve("incidents.log")))
                            .contains(" DOWN application/shop since ");
                });
    }

    @Test
    void incidentLogBacksOff() {
        application
                .withPropertyValues("sitemonitor.alerts.incident-log=" + folder.resolve("incidents.jsonl"))
                .withBean("own", IncidentLogListener.class, () -> IncidentLogListener.text(folder.resolve("own.log")))
                .run(context -> assertThat(context.getBeanNamesForType(IncidentLogListener.class))
                        .containsExactly("own"));
    }

    @Test
    void emailTakesItsProperties() {
        application
                .withPropertyValues(
                        "sitemonitor.alerts.email.smtp=smtp://127.0.0.1:1",
                        "sitemonitor.alerts.email.username=shop",
                        "sitemonitor.alerts.email.password=hunter2",
                        "sitemonitor.alerts.email.from=alerts@shop.example",
                        "sitemonitor.alerts.email.to=contacts,ops@shop.example")
                .run(context -> assertThat(context.getBean(EmailListener.class).toString())
                        .contains("127.0.0.1", "fromContact() and [ops@shop.example]")
                        .doesNotContain("hunter2"));
        application
                .withPropertyValues(
                        "sitemonitor.alerts.email.smtp=smtp://127.0.0.1:1",
                        "sitemonitor.alerts.email.to=ops@shop.example")
                .run(context -> assertThat(context.getBean(EmailListener.class).toString())
                        .contains("to [ops@shop.example]"));
        application
                .withPropertyValues("sitemonitor.alerts.email.smtp=smtp://127.0.0.1:1")
                .run(context -> assertThat(context.getBean(EmailListener.class).toString())
                        .contains("to fromContact()"));
    }

    @Test
    void emailBacksOff() {
        application
                .withPropertyValues("sitemonitor.alerts.email.smtp=smtp://127.0.0.1:1")
                .withBean("own", EmailListener.class, () -> EmailListener.smtp("smtp://127.0.0.1:2"))
                .run(context -> assertThat(context.getBeanNamesForType(EmailListener.class))
                        .containsExactly("own"));
    }

    @Test
    void smsTakesItsProperties() {
        application
                .withPropertyValues(
                        "sitemonitor.alerts.sms.username=shop",
                        "sitemonitor.alerts.sms.api-key=hunter2",
                        "sitemonitor.alerts.sms.from=SHOP",
                        "sitemonitor.alerts.sms.to=+254711000000",
                        "sitemonitor.alerts.sms.endpoint=http://127.0.0.1:1/messaging")
                .run(context -> assertThat(context.getBean(SmsListener.class).toString())
                        .isEqualTo("SmsListener[127.0.0.1, to [+254711000000]]"));
    }

    @Test
    void smsBacksOff() {
        application
                .withPropertyValues("sitemonitor.alerts.sms.username=shop", "sitemonitor.alerts.sms.api-key=hunter2")
                .withBean("own", SmsListener.class, () -> SmsListener.africasTalking("sandbox", "key"))
                .run(context -> assertThat(context.getBeanNamesForType(SmsListener.class))
                        .containsExactly("own"));
    }

    @Test
    void amqpTakesItsPropertiesAndIsNotInTheWayOfOtherBeans() {
        application
                .withPropertyValues(
                        "sitemonitor.name=shop",
                        "sitemonitor.alerts.amqp.uri=amqp://127.0.0.1:1/",
                        "sitemonitor.alerts.amqp.username=us@er",
                        "sitemonitor.alerts.amqp.password=hunter2",
                        "sitemonitor.alerts.amqp.exchange=other",
                        "sitemonitor.alerts.amqp.routing-key=key")
                .withUserConfiguration(Host.class)
                .run(context -> {
                    assertThat(context.getBean("siteMonitorAmqp"))
                            .hasToString("AMQP publisher 'shop' to amqp://us%40er:***@127.0.0.1:1/");
                    assertThat(context.getBean(Host.class).listeners).isEmpty();
                });
    }

    @Test
    void amqpBacksOff() {
        application
                .withPropertyValues("sitemonitor.alerts.amqp.uri=amqp://127.0.0.1:1/")
                .withBean(
                        "own",
                        AmqpAlertPublisher.class,
                        () -> AmqpAlertPublisher.to("amqp://127.0.0.1:2/").open())
                .run(context -> assertThat(context.getBeanNamesForType(AmqpAlertPublisher.class))
                        .containsExactly("own"));
    }

    @Test
    void amqpWithoutItsLibrary() {
        ApplicationContextRunner without = application.withClassLoader(new FilteredClassLoader("io.sitemonitor.amqp"));
        without.run(context -> assertThat(context).hasNotFailed().hasSingleBean(Monitor.class));
        without.withPropertyValues("sitemonitor.alerts.amqp.uri=amqp://127.0.0.1:1/")
                .run(
                        context -> assertThat(context)
                                .getFailure()
                                .rootCause()
                                .hasMessage(
                                        "property sitemonitor.alerts.amqp.uri cannot be used: it needs a library that is not there;"
                                                + " add io.sitemonitor:sitemonitor-amqp to the dependencies of the application"));
    }

    @Test
    @DisplayName("P27: the application starts without broker and mail server, and its alerts are tried again")
    void startsWithoutBrokerAndMailServer() {
        RecordingListener events = new RecordingListener();
        Runners.application()
                .withPropertyValues(
                        "sitemonitor.warm-up=0",
                        "sitemonitor.close-within=0",
                        "sitemonitor.defaults.down-after=1",
                        "sitemonitor.defaults.contacts=owner@shop.example",
                        "sitemonitor.alerts.amqp.uri=amqp://127.0.0.1:1/",
                        "sitemonitor.alerts.email.smtp=smtp://127.0.0.1:1")
                .withBean("events", MonitorListener.class, () -> events)
                .withBean("shop", Check.class, () -> ScriptedCheck.failing("HTTP 503"))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    await().atMost(Duration.ofSeconds(30))
                            .untilAsserted(() -> assertThat(events.events(AlertDeliveryFailed.class))
                                    .extracting(AlertDeliveryFailed::listener)
                                    .contains("siteMonitorAmqp", "siteMonitorEmail"));
                });
    }

    /** A part of an application that has alert listeners injected, for purposes of its own. */
    @Configuration(proxyBeanMethods = false)
    static class Host {

        final List<AlertListener> listeners;

        Host(ObjectProvider<AlertListener> listeners) {
            this.listeners = listeners.orderedStream().toList();
        }
    }
}
