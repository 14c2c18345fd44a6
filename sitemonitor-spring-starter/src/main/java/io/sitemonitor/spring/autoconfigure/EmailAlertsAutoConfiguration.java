package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.alert.email.EmailListener;
import java.util.Objects;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Sends alerts by e-mail if {@code sitemonitor.alerts.email.smtp} is set. Without {@code org.eclipse.angus:angus-mail} the
 * application then does not start. The mail server need not be there when it does.
 */
@AutoConfiguration(before = SiteMonitorAutoConfiguration.class)
@ConditionalOnProperty(prefix = SiteMonitorProperties.PREFIX, name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(SiteMonitorProperties.class)
public final class EmailAlertsAutoConfiguration {

    private static final String EMAIL = AlertProperties.PREFIX + ".email";

    /** Called by Spring. */
    public EmailAlertsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty(EMAIL + ".smtp")
    EmailListener siteMonitorEmail(SiteMonitorProperties properties) {
        AlertProperties.Email given = properties.alerts().email();
        EmailListener listener =
                Property.make(EMAIL + ".smtp", Objects.requireNonNull(given.smtp()), EmailListener::smtp);
        Credentials credentials = Credentials.of(EMAIL, given.username(), given.password());
        listener = Property.change(
                EMAIL + ".username",
                listener,
                credentials,
                (before, login) -> before.credentials(login.user(), login.password()));
        listener = Property.change(EMAIL + ".from", listener, given.from(), EmailListener::from);
        return Property.change(EMAIL + ".to", listener, Addressees.of(given.to()), EmailListener::to);
    }
}
