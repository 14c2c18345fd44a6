package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.alert.jfr.JfrListener;
import io.sitemonitor.alert.log.IncidentLogListener;
import io.sitemonitor.alert.log.Slf4jListener;
import io.sitemonitor.spring.autoconfigure.AlertProperties.LineFormat;
import java.nio.file.Path;
import java.util.Objects;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Writes alerts to the log if {@code sitemonitor.alerts.log} is true, to Flight Recorder if {@code sitemonitor.alerts.jfr} is, and
 * to the file {@code sitemonitor.alerts.incident-log}.
 */
@AutoConfiguration(before = SiteMonitorAutoConfiguration.class)
@ConditionalOnProperty(prefix = SiteMonitorProperties.PREFIX, name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(SiteMonitorProperties.class)
public final class LogAlertsAutoConfiguration {

    private static final String ALERTS = AlertProperties.PREFIX;

    /** Called by Spring. */
    public LogAlertsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty(ALERTS + ".log")
    Slf4jListener siteMonitorLog() {
        return Slf4jListener.create();
    }

    @Bean("jfr")
    @ConditionalOnMissingBean(name = "jfr")
    @ConditionalOnProperty(ALERTS + ".jfr")
    JfrListener jfr() {
        return Property.make(ALERTS + ".jfr", true, on -> JfrListener.create());
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty(ALERTS + ".incident-log")
    IncidentLogListener siteMonitorIncidentLog(SiteMonitorProperties properties) {
        String given = Objects.requireNonNull(properties.alerts().incidentLog());
        Path file = Property.make(ALERTS + ".incident-log", given, Path::of);
        return properties.alerts().incidentLogFormat() == LineFormat.JSON
                ? IncidentLogListener.json(file)
                : IncidentLogListener.text(file);
    }
}
