package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.amqp.AmqpAlertPublisher;
import java.time.Duration;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/**
 * Sends alerts to RabbitMQ if {@code sitemonitor.alerts.amqp.uri} or {@code …use-connection-factory} is set and {@code
 * sitemonitor-amqp} is there. The broker need not be there when the application starts.
 */
@AutoConfiguration(before = SiteMonitorAutoConfiguration.class)
@ConditionalOnClass(name = AmqpAlertsAutoConfiguration.LIBRARY)
@ConditionalOnProperty(prefix = SiteMonitorProperties.PREFIX, name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(SiteMonitorProperties.class)
public final class AmqpAlertsAutoConfiguration {

    static final String LIBRARY = "io.sitemonitor.amqp.AmqpAlertPublisher";

    private static final String AMQP = AmqpConnection.AMQP;
    private static final String BEAN = "siteMonitorAmqp";

    /** Called by Spring. */
    public AmqpAlertsAutoConfiguration() {}

    /** That there is an address, or the connections of the application are to be used. */
    static final class BrokerIsSet extends AnyNestedCondition {

        BrokerIsSet() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnProperty(AMQP + ".uri")
        static final class ByAddress {}

        @ConditionalOnProperty(AmqpConnection.USE_FACTORY)
        static final class ByConnectionFactory {}
    }

    /** The publisher, and its listener's policy, which is why it is not picked up like other listeners. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(BrokerIsSet.class)
    @ConditionalOnMissingBean(AmqpAlertPublisher.class)
    static class PublisherConfiguration {

        /** Short pauses, since the publisher itself waits for the broker and knows when it is back. */
        private static final Duration FIRST_RETRY = Duration.ofMillis(100);

        private static final Duration LONGEST_RETRY = Duration.ofSeconds(1);

        @Bean(name = BEAN, defaultCandidate = false)
        AmqpAlertPublisher siteMonitorAmqp(
                SiteMonitorProperties properties,
                Environment environment,
                ListableBeanFactory beans,
                ResourceLoader loader) {
            AmqpProperties given = properties.alerts().amqp();
            AmqpAlertPublisher.Builder builder =
                    AmqpAlertPublisher.to(AmqpConnection.broker(given, beans, loader.getClassLoader()));
            Property.set(
                    SiteMonitorProperties.PREFIX + ".name",
                    SiteMonitorAutoConfiguration.name(properties, environment),
                    builder::named);
            builder.topology(AmqpRouting.topology(given));
            Property.set(AMQP + ".confirm-timeout", given.confirmTimeout(), builder::confirmTimeout);
            return builder.open();
        }

        @Bean
        PolicedListener siteMonitorAmqpListener(
                @Qualifier(BEAN) AmqpAlertPublisher publisher, SiteMonitorProperties properties) {
            return new PolicedListener(BEAN, publisher, policy -> {
                AmqpRouting.kinds(properties.alerts().amqp(), policy);
                policy.retry(FIRST_RETRY, LONGEST_RETRY);
            });
        }
    }
}
