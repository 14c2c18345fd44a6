package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.alert.alertmanager.AlertmanagerListener;
import io.sitemonitor.alert.pagerduty.PagerDutyListener;
import io.sitemonitor.alert.webhook.WebhookListener;
import io.sitemonitor.check.Secret;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Sends alerts to other systems: to each whose address or key below {@code sitemonitor.alerts} is set. */
@AutoConfiguration(before = SiteMonitorAutoConfiguration.class)
@ConditionalOnProperty(prefix = SiteMonitorProperties.PREFIX, name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(SiteMonitorProperties.class)
public final class SystemAlertsAutoConfiguration {

    private static final String PAGERDUTY = AlertProperties.PREFIX + ".pagerduty";
    private static final String ALERTMANAGER = AlertProperties.PREFIX + ".alertmanager";
    private static final String WEBHOOK = AlertProperties.PREFIX + ".webhook";

    /** Called by Spring. */
    public SystemAlertsAutoConfiguration() {}

    @Bean("pagerduty")
    @ConditionalOnMissingBean(name = "pagerduty")
    @ConditionalOnProperty(PAGERDUTY + ".routing-key")
    PagerDutyListener pagerduty(SiteMonitorProperties properties) {
        AlertProperties.PagerDuty given = properties.alerts().pagerduty();
        PagerDutyListener listener = Property.make(
                PAGERDUTY + ".routing-key", Objects.requireNonNull(given.routingKey()), PagerDutyListener::events);
        listener = given.europe() ? listener.europe() : listener;
        return Property.change(PAGERDUTY + ".endpoint", listener, given.endpoint(), PagerDutyListener::endpoint);
    }

    @Bean("alertmanager")
    @ConditionalOnMissingBean(name = "alertmanager")
    @Conditional(Instances.class)
    AlertmanagerListener alertmanager(SiteMonitorProperties properties) {
        AlertProperties.Alertmanager given = properties.alerts().alertmanager();
        String[] urls = given.urls().toArray(String[]::new);
        AlertmanagerListener listener = Property.make(
                ALERTMANAGER + ".urls",
                urls,
                all -> AlertmanagerListener.at(all[0], Arrays.copyOfRange(all, 1, all.length)));
        Credentials credentials = Credentials.of(ALERTMANAGER, given.username(), given.password());
        return Property.change(
                ALERTMANAGER + ".username",
                listener,
                credentials,
                (before, login) -> before.credentials(login.user(), login.password()));
    }

    @Bean("webhook")
    @ConditionalOnMissingBean(name = "webhook")
    @ConditionalOnProperty(WEBHOOK + ".url")
    WebhookListener webhook(SiteMonitorProperties properties) {
        AlertProperties.Webhook given = properties.alerts().webhook();
        WebhookListener listener =
                Property.make(WEBHOOK + ".url", Objects.requireNonNull(given.url()), WebhookListener::post);
        listener =
                Property.change(WEBHOOK + ".secret", listener, given.secret(), (before, key) -> before.signedWith(key));
        for (Map.Entry<String, String> header : given.headers().entrySet()) {
            listener = Property.change(
                    WEBHOOK + ".headers." + header.getKey(),
                    listener,
                    header.getValue(),
                    (before, value) -> before.header(header.getKey(), Secret.of(value)));
        }
        return listener;
    }

    /** Asks whether there is a list, whichever way it is written; there is no annotation for that. */
    static final class Instances implements Condition {

        /** Called by Spring. */
        Instances() {}

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return Binder.get(context.getEnvironment())
                    .bind(ALERTMANAGER + ".urls", Bindable.listOf(String.class))
                    .map(urls -> !urls.isEmpty())
                    .orElse(false);
        }
    }
}
