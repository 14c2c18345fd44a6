package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.spring.health.Boot4MonitorHealthIndicator;
import io.sitemonitor.spring.health.MonitorHealth;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Adds {@code sitemonitor} to the health of an application with Spring Boot 4, unless
 * {@code management.health.sitemonitor.enabled} is false.
 */
@AutoConfiguration(after = SiteMonitorAutoConfiguration.class)
@ConditionalOnClass(
        name = {
            "org.springframework.boot.health.contributor.HealthIndicator",
            "org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator"
        })
@ConditionalOnBean(MonitorHealth.class)
@ConditionalOnEnabledHealthIndicator("sitemonitor")
public final class Boot4HealthAutoConfiguration {

    /** Called by Spring. */
    public Boot4HealthAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = "sitemonitorHealthIndicator")
    Boot4MonitorHealthIndicator sitemonitorHealthIndicator(MonitorHealth health) {
        return new Boot4MonitorHealthIndicator(health);
    }
}
