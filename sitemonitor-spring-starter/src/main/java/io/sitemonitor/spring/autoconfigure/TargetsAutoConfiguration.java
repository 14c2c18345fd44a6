package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.check.http.HttpCheck;
import io.sitemonitor.target.file.FileTargets;
import io.sitemonitor.target.jdbc.JdbcTargets;
import java.nio.file.Path;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Takes checks from the file {@code sitemonitor.targets.file} and from the rows of {@code sitemonitor.targets.query} over
 * the application's {@link DataSource}, if these are set. Neither needs to be there when the application starts.
 */
@AutoConfiguration(before = SiteMonitorAutoConfiguration.class)
@ConditionalOnProperty(prefix = SiteMonitorProperties.PREFIX, name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(SiteMonitorProperties.class)
public final class TargetsAutoConfiguration {

    private static final String TARGETS = SiteMonitorProperties.PREFIX + ".targets";

    /** Called by Spring. */
    public TargetsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty(TARGETS + ".file")
    FileTargets siteMonitorFileTargets(SiteMonitorProperties properties) {
        SiteMonitorProperties.Targets given = properties.targets();
        String file = Objects.requireNonNull(given.file());
        FileTargets targets = FileTargets.csv(Property.make(TARGETS + ".file", file, Path::of), HttpCheck::get)
                .settings(ConfiguredChecks.defaults(properties));
        return given.strict() ? targets.strict() : targets;
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty(TARGETS + ".query")
    JdbcTargets siteMonitorJdbcTargets(SiteMonitorProperties properties, ObjectProvider<DataSource> dataSources) {
        DataSource dataSource = dataSources.getIfUnique();
        if (dataSource == null) {
            throw Property.wrong(
                    TARGETS + ".query",
                    "it needs a DataSource among the beans, one only or one that is @Primary; or make a bean of type"
                            + " JdbcTargets with the one it is for");
        }
        String query = Objects.requireNonNull(properties.targets().query());
        return Property.make(TARGETS + ".query", query, sql -> JdbcTargets.query(dataSource, sql, HttpCheck::get))
                .settings(ConfiguredChecks.defaults(properties));
    }
}
