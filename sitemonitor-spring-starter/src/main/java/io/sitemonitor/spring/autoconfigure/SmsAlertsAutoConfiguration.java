package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.alert.sms.SmsListener;
import java.util.Objects;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Sends alerts as text messages if {@code sitemonitor.alerts.sms.username} is set. */
@AutoConfiguration(before = SiteMonitorAutoConfiguration.class)
@ConditionalOnProperty(prefix = SiteMonitorProperties.PREFIX, name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(SiteMonitorProperties.class)
public final class SmsAlertsAutoConfiguration {

    private static final String SMS = SiteMonitorProperties.PREFIX + ".alerts.sms";

    /** Called by Spring. */
    public SmsAlertsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty(SMS + ".username")
    SmsListener siteMonitorSms(SiteMonitorProperties properties) {
        SiteMonitorProperties.Sms given = properties.alerts().sms();
        String key = given.apiKey();
        if (key == null) {
            throw Property.wrong(SMS + ".api-key", "it is missing; " + SMS + ".username needs it");
        }
        SmsListener listener = Property.make(
                SMS + ".username",
                Objects.requireNonNull(given.username()),
                username -> SmsListener.africasTalking(username, key));
        listener = Property.change(SMS + ".from", listener, given.from(), SmsListener::from);
        listener = Property.change(SMS + ".to", listener, Addressees.of(given.to()), SmsListener::to);
        return Property.change(SMS + ".endpoint", listener, given.endpoint(), SmsListener::endpoint);
    }
}
