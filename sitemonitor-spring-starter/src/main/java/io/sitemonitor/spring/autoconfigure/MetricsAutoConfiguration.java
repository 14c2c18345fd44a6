package io.sitemonitor.spring.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.sitemonitor.amqp.AmqpAlertConsumer;
import io.sitemonitor.amqp.AmqpAlertPublisher;
import io.sitemonitor.amqp.AmqpEventPublisher;
import io.sitemonitor.amqp.RemoteMonitor;
import io.sitemonitor.amqp.metrics.AmqpMetrics;
import io.sitemonitor.metrics.MonitorMetrics;
import java.util.function.Consumer;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Feeds the application's meter registry, if there is one, unless {@code sitemonitor.metrics.enabled} is false: with the meters of
 * the monitor, and of publishers, consumers and remote monitors of {@code sitemonitor-amqp} if there are any among the beans.
 */
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

    /** Apart from the others, for it can only be read with both libraries. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = AmqpAlertsAutoConfiguration.LIBRARY)
    static class AmqpConfiguration {

        /** Looks for them itself, since our publisher of alerts is a candidate for nobody. */
        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnSingleCandidate(MeterRegistry.class)
        AmqpMetrics siteMonitorAmqpMetrics(MeterRegistry registry, ListableBeanFactory beans) {
            AmqpMetrics metrics = AmqpMetrics.bindTo(registry);
            each(beans, AmqpAlertPublisher.class, metrics::publisher);
            each(beans, AmqpAlertConsumer.class, metrics::consumer);
            each(beans, AmqpEventPublisher.class, metrics::events);
            each(beans, RemoteMonitor.class, metrics::remote);
            return metrics;
        }

        private static <T> void each(ListableBeanFactory beans, Class<T> type, Consumer<T> binding) {
            beans.getBeansOfType(type, false, true).values().forEach(binding);
        }
    }
}
