package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.spring.health.Boot3MonitorHealthIndicator;
import io.sitemonitor.spring.health.MonitorHealth;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Adds {@code sitemonitor} to the health of an application with Spring Boot 3, unless
 * {@code management.health.sitemonitor.enabled} is false.
 */
@AutoConfiguration(afterName = "io.sitemonitor.spring.autoconfigure.SiteMonitorAutoConfiguration")
@ConditionalOnClass(
        name = {
            "org.springframework.boot.actuate.health.HealthIndicator",
            "org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator"
        })
@ConditionalOnBean(MonitorHealth.class)
@ConditionalOnEnabledHealthIndicator("sitemonitor")
public final class Boot3HealthAutoConfiguration {

    /** Called by Spring. */
    public Boot3HealthAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = "sitemonitorHealthIndicator")
    Boot3MonitorHealthIndicator sitemonitorHealthIndicator(MonitorHealth health) {
        return new Boot3MonitorHealthIndicator(health);
    }
}
