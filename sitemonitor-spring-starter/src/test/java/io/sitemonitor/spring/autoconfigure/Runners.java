package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.testing.ManualTime;
import java.time.Instant;
import java.util.function.Supplier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Applications with all our auto-configurations and nothing else. */
final class Runners {

    private Runners() {}

    static ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        AmqpAlertsAutoConfiguration.class,
                        AmqpEventsAutoConfiguration.class,
                        Boot3HealthAutoConfiguration.class,
                        Boot4HealthAutoConfiguration.class,
                        ChatAlertsAutoConfiguration.class,
                        EmailAlertsAutoConfiguration.class,
                        EndpointAutoConfiguration.class,
                        HeartbeatsAutoConfiguration.class,
                        LogAlertsAutoConfiguration.class,
                        MetricsAutoConfiguration.class,
                        PushAlertsAutoConfiguration.class,
                        SanitizingAutoConfiguration.class,
                        SiteMonitorAutoConfiguration.class,
                        SmsAlertsAutoConfiguration.class,
                        StoreAutoConfiguration.class,
                        SystemAlertsAutoConfiguration.class,
                        TargetsAutoConfiguration.class));
    }

    /** In virtual time, which stands still unless told. */
    static ApplicationContextRunner applicationIn(ManualTime time) {
        Supplier<MonitorCustomizer> customizer = () -> monitor -> monitor.runOn(time);
        return application().withBean("virtualTime", MonitorCustomizer.class, customizer);
    }

    static ManualTime time() {
        return ManualTime.startingAt(Instant.parse("2026-11-22T12:00:00Z"));
    }
}
