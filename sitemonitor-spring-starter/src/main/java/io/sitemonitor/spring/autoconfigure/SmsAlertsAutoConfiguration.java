package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.alert.sms.SmsListener;
import java.util.Objects;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Sends alerts as text messages if {@code sitemonitor.alerts.sms.username}, of Africa's Talking, or {@code
 * sitemonitor.alerts.sms.twilio.account-sid} is set.
 */
@AutoConfiguration(before = SiteMonitorAutoConfiguration.class)
@ConditionalOnProperty(prefix = SiteMonitorProperties.PREFIX, name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(SiteMonitorProperties.class)
public final class SmsAlertsAutoConfiguration {

    private static final String SMS = AlertProperties.PREFIX + ".sms";
    private static final String USERNAME = SMS + ".username";
    private static final String TWILIO = SMS + ".twilio";
    private static final String ACCOUNT = TWILIO + ".account-sid";

    /** Called by Spring. */
    public SmsAlertsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    @Conditional(Account.class)
    SmsListener siteMonitorSms(SiteMonitorProperties properties) {
        AlertProperties.Sms given = properties.alerts().sms();
        SmsListener listener = given.twilio().accountSid() == null ? africasTalking(given) : twilio(given);
        listener = Property.change(SMS + ".to", listener, Addressees.of(given.to()), SmsListener::to);
        return Property.change(SMS + ".endpoint", listener, given.endpoint(), SmsListener::endpoint);
    }

    private static SmsListener africasTalking(AlertProperties.Sms given) {
        String key = Property.required(SMS + ".api-key", given.apiKey(), USERNAME);
        SmsListener listener = Property.make(
                USERNAME,
                Objects.requireNonNull(given.username()),
                username -> SmsListener.africasTalking(username, key));
        return Property.change(SMS + ".from", listener, given.from(), SmsListener::from);
    }

    private static SmsListener twilio(AlertProperties.Sms given) {
        if (given.username() != null) {
            throw Property.wrong(SMS, "username, of Africa's Talking, and twilio exclude each other; keep one of them");
        }
        if (given.from() != null) {
            throw Property.wrong(SMS + ".from", "it is for Africa's Talking; Twilio takes " + TWILIO + ".from");
        }
        AlertProperties.Twilio account = given.twilio();
        String token = Property.required(TWILIO + ".auth-token", account.authToken(), ACCOUNT);
        String sender = Property.required(TWILIO + ".from", account.from(), ACCOUNT);
        return Property.make(
                TWILIO, Objects.requireNonNull(account.accountSid()), sid -> SmsListener.twilio(sid, token, sender));
    }

    /** One service or the other. */
    static final class Account extends AnyNestedCondition {

        Account() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnProperty(USERNAME)
        static final class AfricasTalking {}

        @ConditionalOnProperty(ACCOUNT)
        static final class Twilio {}
    }
}
