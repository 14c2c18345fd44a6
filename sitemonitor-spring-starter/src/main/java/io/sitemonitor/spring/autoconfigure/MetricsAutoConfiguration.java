package io.sitemonitor.spring.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.sitemonitor.metrics.MonitorMetrics;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Feeds the application's meter registry, if there is one, unless {@code sitemonitor.metrics.enabled} is false. */
@AutoConfiguration(
        before = SiteMonitorAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.metrics.export.simple.SimpleMetricsExportAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration"
        })
@ConditionalOnClass(name = "io.micrometer.core.instrument.MeterRegistry")
@ConditionalOnProperty(
        name = {SiteMonitorProperties.PREFIX + ".enabled", SiteMonitorProperties.PREFIX + ".metrics.enabled"},
        matchIfMissing = true)
@EnableConfigurationProperties(SiteMonitorProperties.class)
public final class MetricsAutoConfiguration {

    /** Called by Spring. */
    public MetricsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnSingleCandidate(MeterRegistry.class)
    MonitorMetrics siteMonitorMetrics(MeterRegistry registry, SiteMonitorProperties properties) {
        return Property.change(
                SiteMonitorProperties.PREFIX + ".metrics.max-checks",
                MonitorMetrics.bindTo(registry),
                properties.metrics().maxChecks(),
                MonitorMetrics::maxChecks);
    }
}
