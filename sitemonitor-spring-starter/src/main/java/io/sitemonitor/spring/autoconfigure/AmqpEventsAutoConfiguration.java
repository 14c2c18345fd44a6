package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.Monitor;
import io.sitemonitor.amqp.AmqpBroker;
import io.sitemonitor.amqp.AmqpEventPublisher;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/**
 * Tells on RabbitMQ what happens in the monitor, so that a {@link io.sitemonitor.amqp.RemoteMonitor} elsewhere can follow it, if
 * {@code sitemonitor.events.amqp.enabled} says so and {@code sitemonitor-amqp} is there. The broker need not be there when the
 * application starts. A publisher of events among the beans is used instead, and attaching it is its owner's business. A monitor
 * among the beans, which is used as it is, is attached, but must have been given the publisher as a listener.
 */
@AutoConfiguration(after = SiteMonitorAutoConfiguration.class)
@ConditionalOnClass(name = AmqpAlertsAutoConfiguration.LIBRARY)
@ConditionalOnProperty({SiteMonitorProperties.PREFIX + ".events.amqp.enabled"})
@EnableConfigurationProperties(SiteMonitorProperties.class)
public final class AmqpEventsAutoConfiguration {

    static final String EVENTS = SiteMonitorProperties.PREFIX + ".events.amqp";

    /** Called by Spring. */
    public AmqpEventsAutoConfiguration() {}

    /** The publisher, which the monitor picks up like other listeners, and so outlives it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(prefix = SiteMonitorProperties.PREFIX, name = "enabled", matchIfMissing = true)
    @ConditionalOnMissingBean(AmqpEventPublisher.class)
    static class PublisherConfiguration {

        @Bean
        AmqpEventPublisher siteMonitorAmqpEvents(
                SiteMonitorProperties properties,
                Environment environment,
                ListableBeanFactory beans,
                ResourceLoader loader) {
            AmqpEventProperties given = properties.events().amqp();
            AmqpEventPublisher.Builder builder = AmqpEventPublisher.to(broker(properties, beans, loader));
            Property.set(
                    SiteMonitorProperties.PREFIX + ".name",
                    SiteMonitorAutoConfiguration.name(properties, environment),
                    builder::named);
            Property.set(EVENTS + ".exchange", given.exchange(), builder::exchange);
            Property.set(EVENTS + ".snapshot-every", given.snapshotEvery(), builder::snapshotEvery);
            Property.set(EVENTS + ".sample-every", given.sampleEvery(), builder::sampleRuns);
            Property.set(EVENTS + ".at-most-waiting", given.atMostWaiting(), builder::atMostWaiting);
            return builder.open();
        }

        @Bean
        @ConditionalOnSingleCandidate(Monitor.class)
        SmartInitializingSingleton siteMonitorAmqpEventsAttachment(
                AmqpEventPublisher siteMonitorAmqpEvents, Monitor monitor) {
            return () -> siteMonitorAmqpEvents.attach(monitor);
        }

        private static AmqpBroker broker(
                SiteMonitorProperties properties, ListableBeanFactory beans, ResourceLoader loader) {
            AmqpEventProperties given = properties.events().amqp();
            if (given.uri() != null) {
                return AmqpConnection.at(EVENTS, given.uri(), given.username(), given.password());
            }
            Credentials credentials = Credentials.of(EVENTS, given.username(), given.password());
            if (credentials != null) {
                throw Property.wrong(EVENTS + ".uri", "it is missing; " + EVENTS + ".username needs it");
            }
            AmqpProperties ofAlerts = properties.alerts().amqp();
            if (ofAlerts.uri() == null && ofAlerts.factory() == null) {
                throw Property.wrong(
                        EVENTS + ".uri",
                        "it is missing; " + EVENTS + ".enabled needs it, or the broker of " + AmqpConnection.AMQP
                                + ".uri or " + AmqpConnection.USE_FACTORY);
            }
            return AmqpConnection.broker(ofAlerts, beans, loader.getClassLoader());
        }
    }
}
