package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.Monitor;
import io.sitemonitor.spring.endpoint.SiteMonitorEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** Adds the actuator endpoint {@code sitemonitor} where the application exposes it. */
@AutoConfiguration(after = SiteMonitorAutoConfiguration.class)
@ConditionalOnClass(
        name = "org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint")
@ConditionalOnAvailableEndpoint(SiteMonitorEndpoint.class)
public final class EndpointAutoConfiguration {

    /** Called by Spring. */
    public EndpointAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnSingleCandidate(Monitor.class)
    SiteMonitorEndpoint siteMonitorEndpoint(Monitor monitor) {
        return new SiteMonitorEndpoint(monitor);
    }
}
