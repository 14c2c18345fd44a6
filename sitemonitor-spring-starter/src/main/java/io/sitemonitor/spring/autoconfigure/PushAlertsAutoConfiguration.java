package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.alert.gotify.GotifyListener;
import io.sitemonitor.alert.ntfy.NtfyListener;
import io.sitemonitor.alert.pushover.PushoverListener;
import java.util.Objects;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Sends alerts to telephones: through each service whose address or token below {@code sitemonitor.alerts} is set. */
@AutoConfiguration(before = SiteMonitorAutoConfiguration.class)
@ConditionalOnProperty(prefix = SiteMonitorProperties.PREFIX, name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(SiteMonitorProperties.class)
public final class PushAlertsAutoConfiguration {

    private static final String NTFY = AlertProperties.PREFIX + ".ntfy";
    private static final String GOTIFY = AlertProperties.PREFIX + ".gotify";
    private static final String PUSHOVER = AlertProperties.PREFIX + ".pushover";

    /** Called by Spring. */
    public PushAlertsAutoConfiguration() {}

    @Bean("ntfy")
    @ConditionalOnMissingBean(name = "ntfy")
    @ConditionalOnProperty(NTFY + ".topic")
    NtfyListener ntfy(SiteMonitorProperties properties) {
        AlertProperties.Ntfy given = properties.alerts().ntfy();
        NtfyListener listener =
                Property.make(NTFY + ".topic", Objects.requireNonNull(given.topic()), NtfyListener::topic);
        return Property.change(NTFY + ".token", listener, given.token(), NtfyListener::accessToken);
    }

    @Bean("gotify")
    @ConditionalOnMissingBean(name = "gotify")
    @ConditionalOnProperty(GOTIFY + ".server")
    GotifyListener gotify(SiteMonitorProperties properties) {
        AlertProperties.Gotify given = properties.alerts().gotify();
        String token = Property.required(GOTIFY + ".token", given.token(), GOTIFY + ".server");
        GotifyListener.Server server =
                Property.make(GOTIFY + ".server", Objects.requireNonNull(given.server()), GotifyListener::server);
        return Property.make(GOTIFY + ".token", token, server::token);
    }

    @Bean("pushover")
    @ConditionalOnMissingBean(name = "pushover")
    @ConditionalOnProperty(PUSHOVER + ".token")
    PushoverListener pushover(SiteMonitorProperties properties) {
        AlertProperties.Pushover given = properties.alerts().pushover();
        String user = Property.required(PUSHOVER + ".user", given.user(), PUSHOVER + ".token");
        PushoverListener.Application application = Property.make(
                PUSHOVER + ".token", Objects.requireNonNull(given.token()), PushoverListener::application);
        PushoverListener listener = Property.make(PUSHOVER + ".user", user, application::user);
        return Property.change(PUSHOVER + ".server", listener, given.server(), PushoverListener::server);
    }
}
