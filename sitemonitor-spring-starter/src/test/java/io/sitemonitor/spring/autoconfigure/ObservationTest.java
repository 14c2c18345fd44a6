package io.sitemonitor.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sitemonitor.Monitor;
import io.sitemonitor.amqp.AmqpAlertConsumer;
import io.sitemonitor.amqp.AmqpAlertPublisher;
import io.sitemonitor.amqp.RemoteMonitor;
import io.sitemonitor.amqp.metrics.AmqpMetrics;
import io.sitemonitor.check.Check;
import io.sitemonitor.metrics.MeterNames;
import io.sitemonitor.metrics.MonitorMetrics;
import io.sitemonitor.spring.endpoint.SiteMonitorEndpoint;
import io.sitemonitor.testing.ManualTime;
import io.sitemonitor.testing.ScriptedCheck;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** Meters, health and endpoint: default, switched by properties, the user's own, and without the library. */
class ObservationTest {

    private static final String INDICATOR = "sitemonitorHealthIndicator";

    /** Reads auto-configurations from their files, as an application does: without its library, one cannot be loaded. */
    private static final ApplicationContextRunner WHOLE =
            new ApplicationContextRunner().withUserConfiguration(Application.class);

    private final ManualTime time = Runners.time();
    private final ApplicationContextRunner application = Runners.applicationIn(time);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void metersNeedARegistry() {
        application.run(context -> assertThat(context).doesNotHaveBean(MonitorMetrics.class));
    }

    @Test
    void metersComeWithTheRegistryAndGoWithTheApplication() {
        application
                .withBean(MeterRegistry.class, () -> registry)
                .withBean("shop", Check.class, ScriptedCheck::passing)
                .run(context -> assertThat(registry.find(MeterNames.CHECK_STATE)
                                .tag("check", "shop")
                                .gauge())
                        .isNotNull());
        assertThat(registry.find(MeterNames.CHECK_STATE).gauge()).isNull();
    }

    @Test
    void metersCanBeBoundedAndSwitchedOff() {
        application
                .withPropertyValues("sitemonitor.metrics.max-checks=0")
                .withBean(MeterRegistry.class, () -> registry)
                .withBean("shop", Check.class, ScriptedCheck::passing)
                .run(context -> assertThat(registry.find(MeterNames.CHECK_STATE).gauge())
                        .isNull());
        application
                .withPropertyValues("sitemonitor.metrics.enabled=false")
                .withBean(MeterRegistry.class, () -> registry)
                .run(context -> assertThat(context).doesNotHaveBean(MonitorMetrics.class));
    }

    @Test
    void publisherHasMetersAsLongAsTheApplication() {
        ApplicationContextRunner publishing = application
                .withPropertyValues(
                        "sitemonitor.name=shop",
                        "sitemonitor.alerts.amqp.uri=amqp://127.0.0.1:1/",
                        "sitemonitor.close-within=0")
                .withBean(MeterRegistry.class, () -> registry);
        publishing.run(context -> assertThat(registry.find(AmqpMetrics.STATE)
                        .tags("name", "shop", "role", "publisher")
                        .gauge())
                .isNotNull());
        assertThat(registry.find(AmqpMetrics.STATE).gauge()).isNull();
        publishing
                .withPropertyValues("sitemonitor.metrics.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(AmqpMetrics.class));
        publishing
                .withBean("own", AmqpMetrics.class, () -> AmqpMetrics.bindTo(registry))
                .run(context -> assertThat(context.getBeanNamesForType(AmqpMetrics.class))
                        .containsExactly("own"));
        application
                .withBean(MeterRegistry.class, () -> registry)
                .withBean(
                        AmqpAlertPublisher.class,
                        () -> AmqpAlertPublisher.to("amqp://127.0.0.1:1/")
                                .named("own")
                                .open())
                .run(context -> assertThat(registry.find(AmqpMetrics.STATE)
                                .tag("name", "own")
                                .gauge())
                        .isNotNull());
    }

    @Test
    void everythingOverAmqpAmongTheBeansHasMeters() {
        ApplicationContextRunner following = application
                .withPropertyValues(
                        "sitemonitor.name=shop",
                        "sitemonitor.events.amqp.enabled=true",
                        "sitemonitor.events.amqp.uri=amqp://127.0.0.1:1/")
                .withBean(MeterRegistry.class, () -> registry)
                .withBean("first", RemoteMonitor.class, () -> remote("first"))
                .withBean("second", RemoteMonitor.class, () -> remote("second"))
                .withBean(
                        AmqpAlertConsumer.class,
                        () -> AmqpAlertConsumer.from("amqp://127.0.0.1:1/")
                                .named("mail")
                                .handler(alert -> {})
                                .start());
        following.run(context -> assertThat(registry.find(AmqpMetrics.STATE).gauges())
                .extracting(
                        gauge -> gauge.getId().getTag("role"),
                        gauge -> gauge.getId().getTag("name"))
                .containsExactlyInAnyOrder(
                        tuple("events", "shop"),
                        tuple("remote", "first"),
                        tuple("remote", "second"),
                        tuple("consumer", "mail")));
        assertThat(registry.find(AmqpMetrics.STATE).gauges()).isEmpty();
    }

    private static RemoteMonitor remote(String monitor) {
        return RemoteMonitor.follow("amqp://127.0.0.1:1/").monitor(monitor).open();
    }

    @Test
    void metersBackOff() {
        application
                .withBean(MeterRegistry.class, () -> registry)
                .withBean("own", MonitorMetrics.class, () -> MonitorMetrics.bindTo(registry))
                .run(context -> assertThat(context.getBeanNamesForType(MonitorMetrics.class))
                        .containsExactly("own"));
    }

    @Test
    void worksWithoutMicrometer() {
        WHOLE.withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(Monitor.class)
                        .doesNotHaveBean("siteMonitorMetrics"));
        WHOLE.withClassLoader(new FilteredClassLoader("io.micrometer"))
                .withPropertyValues("sitemonitor.alerts.amqp.uri=amqp://127.0.0.1:1/", "sitemonitor.close-within=0")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(AmqpAlertPublisher.class)
                        .doesNotHaveBean("siteMonitorAmqpMetrics"));
        WHOLE.withClassLoader(new FilteredClassLoader("io.sitemonitor.amqp"))
                .withBean(MeterRegistry.class, () -> registry)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasBean("siteMonitorMetrics")
                        .doesNotHaveBean("siteMonitorAmqpMetrics"));
    }

    @Test
    void healthIsThereUnlessSwitchedOff() {
        application.run(context -> assertThat(context).hasBean(INDICATOR));
        application
                .withPropertyValues("management.health.sitemonitor.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(INDICATOR));
        application
                .withPropertyValues("management.health.defaults.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(INDICATOR));
    }

    @Test
    void healthBacksOff() {
        application
                .withBean(INDICATOR, String.class, () -> "own")
                .run(context ->
                        assertThat(context).hasNotFailed().getBean(INDICATOR).isEqualTo("own"));
    }

    @Test
    void worksWithoutActuator() {
        WHOLE.withClassLoader(new FilteredClassLoader(
                        "org.springframework.boot.actuate", "org.springframework.boot.health", "io.micrometer"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(Monitor.class)
                        .doesNotHaveBean(INDICATOR)
                        .doesNotHaveBean("siteMonitorEndpoint"));
        WHOLE.run(context -> assertThat(context).hasBean(INDICATOR));
    }

    @Test
    void endpointIsThereWhereItIsExposedAndAllowed() {
        application.run(context -> assertThat(context).doesNotHaveBean(SiteMonitorEndpoint.class));
        ApplicationContextRunner exposed =
                application.withPropertyValues("management.endpoints.web.exposure.include=sitemonitor");
        exposed.run(context -> assertThat(context).hasSingleBean(SiteMonitorEndpoint.class));
        exposed.withPropertyValues("management.endpoint.sitemonitor.access=NONE")
                .run(context -> assertThat(context).doesNotHaveBean(SiteMonitorEndpoint.class));
        exposed.withPropertyValues("sitemonitor.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(SiteMonitorEndpoint.class));
    }

    @Test
    void endpointBacksOff() {
        application
                .withPropertyValues("management.endpoints.web.exposure.include=sitemonitor")
                .withBean(
                        "own",
                        SiteMonitorEndpoint.class,
                        () -> new SiteMonitorEndpoint(
                                Monitor.named("own").runOn(time).build()))
                .run(context -> assertThat(context.getBeanNamesForType(SiteMonitorEndpoint.class))
                        .containsExactly("own"));
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        AmqpAlertsAutoConfiguration.class,
        AmqpEventsAutoConfiguration.class,
        Boot3HealthAutoConfiguration.class,
        Boot4HealthAutoConfiguration.class,
        EndpointAutoConfiguration.class,
        MetricsAutoConfiguration.class,
        SiteMonitorAutoConfiguration.class
    })
    static class Application {}
}
