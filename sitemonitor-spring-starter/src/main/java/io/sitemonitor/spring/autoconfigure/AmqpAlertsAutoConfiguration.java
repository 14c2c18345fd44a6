package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.amqp.AmqpAddress;
import io.sitemonitor.amqp.AmqpAlertPublisher;
import java.time.Duration;
import java.util.Objects;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Sends alerts to RabbitMQ if {@code sitemonitor.alerts.amqp.uri} is set and {@code sitemonitor-amqp} is there. The broker
 * need not be there when the application starts.
 */
@AutoConfiguration(before = SiteMonitorAutoConfiguration.class)
@ConditionalOnClass(name = AmqpAlertsAutoConfiguration.LIBRARY)
@ConditionalOnProperty(prefix = SiteMonitorProperties.PREFIX, name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(SiteMonitorProperties.class)
public final class AmqpAlertsAutoConfiguration {

    static final String LIBRARY = "io.sitemonitor.amqp.AmqpAlertPublisher";

    private static final String AMQP = AlertProperties.PREFIX + ".amqp";
    private static final String BEAN = "siteMonitorAmqp";

    /** Called by Spring. */
    public AmqpAlertsAutoConfiguration() {}

    /** The publisher, and its listener's policy, which is why it is not picked up like other listeners. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(AMQP + ".uri")
    @ConditionalOnMissingBean(AmqpAlertPublisher.class)
    static class PublisherConfiguration {

        /** Short pauses, since the publisher itself waits for the broker and knows when it is back. */
        private static final Duration FIRST_RETRY = Duration.ofMillis(100);

        private static final Duration LONGEST_RETRY = Duration.ofSeconds(1);

        @Bean(name = BEAN, defaultCandidate = false)
        AmqpAlertPublisher siteMonitorAmqp(SiteMonitorProperties properties, Environment environment) {
            AlertProperties.Amqp given = properties.alerts().amqp();
            AmqpAddress address = Property.make(AMQP + ".uri", Objects.requireNonNull(given.uri()), AmqpAddress::parse);
            Credentials credentials = Credentials.of(AMQP, given.username(), given.password());
            AmqpAlertPublisher.Builder builder = AmqpAlertPublisher.to(
                    credentials == null
                            ? address
                            : address.withCredentials(credentials.user(), credentials.password()));
            Property.set(
                    SiteMonitorProperties.PREFIX + ".name",
                    SiteMonitorAutoConfiguration.name(properties, environment),
                    builder::named);
            Property.set(AMQP + ".exchange", given.exchange(), builder::exchange);
            Property.set(AMQP + ".routing-key", given.routingKey(), builder::routingKey);
            return builder.open();
        }

        @Bean
        PolicedListener siteMonitorAmqpListener(@Qualifier(BEAN) AmqpAlertPublisher publisher) {
            return new PolicedListener(
                    BEAN,
                    publisher,
                    p -> p.kinds(AlertKind.DOWN, AlertKind.FLAPPING) // the message has no word for others
                            .retry(FIRST_RETRY, LONGEST_RETRY));
        }
    }
}
