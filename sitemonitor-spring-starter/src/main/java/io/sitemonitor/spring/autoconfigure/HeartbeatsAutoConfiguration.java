package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.Monitor;
import io.sitemonitor.check.Secret;
import io.sitemonitor.spring.autoconfigure.SiteMonitorProperties.Heartbeats;
import io.sitemonitor.spring.heartbeat.HeartbeatReceiver;
import io.sitemonitor.spring.heartbeat.HeartbeatRoutes;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Lets jobs give their signs of life over HTTP, see {@link HeartbeatRoutes}, if {@code sitemonitor.heartbeats.enabled} is
 * set and the application is one of Spring MVC. Off otherwise, since it is an entrance. It needs {@code
 * sitemonitor.heartbeats.token}, or the word that there shall be none.
 */
@AutoConfiguration(after = SiteMonitorAutoConfiguration.class)
@ConditionalOnProperty(HeartbeatsAutoConfiguration.HEARTBEATS + ".enabled")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(name = HeartbeatsAutoConfiguration.LIBRARY)
@EnableConfigurationProperties(SiteMonitorProperties.class)
public final class HeartbeatsAutoConfiguration {

    static final String HEARTBEATS = SiteMonitorProperties.PREFIX + ".heartbeats";
    static final String LIBRARY = "org.springframework.web.servlet.function.RouterFunction";

    /** Called by Spring. */
    public HeartbeatsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnSingleCandidate(Monitor.class)
    HeartbeatReceiver siteMonitorHeartbeatReceiver(Monitor monitor, SiteMonitorProperties properties) {
        Heartbeats given = properties.heartbeats();
        String token = given.token();
        if (given.insecureWithoutToken()) {
            refuse(token);
            return HeartbeatReceiver.insecureForAnyone(monitor);
        }
        if (token == null) {
            throw Property.wrong(
                    HEARTBEATS + ".token",
                    "it is missing; " + HEARTBEATS + ".enabled needs it, or " + HEARTBEATS
                            + ".insecure-without-token=true where something else guards the path");
        }
        return Property.make(HEARTBEATS + ".token", token, text -> HeartbeatReceiver.of(monitor, Secret.of(text)));
    }

    @Bean
    @ConditionalOnMissingBean(name = "siteMonitorHeartbeatRoutes")
    @ConditionalOnSingleCandidate(Monitor.class)
    RouterFunction<ServerResponse> siteMonitorHeartbeatRoutes(
            HeartbeatReceiver receiver, SiteMonitorProperties properties) {
        return Property.make(
                HEARTBEATS + ".path", properties.heartbeats().path(), path -> HeartbeatRoutes.below(path, receiver));
    }

    private static void refuse(@Nullable String token) {
        if (token != null) {
            throw Property.wrong(
                    HEARTBEATS + ".token", "token and insecure-without-token exclude each other; keep one of them");
        }
    }
}
