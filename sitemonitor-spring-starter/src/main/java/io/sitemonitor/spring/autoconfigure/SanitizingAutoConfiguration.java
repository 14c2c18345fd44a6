package io.sitemonitor.spring.autoconfigure;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Hides our secrets from the actuator endpoints {@code env} and {@code configprops} even where these show values, whether there is
 * a monitor or not.
 */
@AutoConfiguration
@ConditionalOnClass(name = "org.springframework.boot.actuate.endpoint.SanitizingFunction")
public final class SanitizingAutoConfiguration {

    /** Called by Spring. */
    public SanitizingAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = "siteMonitorSanitizingFunction")
    SanitizingFunction siteMonitorSanitizingFunction() {
        return data ->
                Secrets.mayBe(data.getKey(), String.valueOf(data.getValue())) ? data.withValue(Secrets.HIDDEN) : data;
    }
}
