package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.store.jdbc.JdbcStore;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Keeps what is open in a table of the application's {@link DataSource}, if {@code sitemonitor.store.jdbc.enabled} says so. The
 * database need not be there when the application starts, but then nothing outlives that process.
 */
@AutoConfiguration(before = SiteMonitorAutoConfiguration.class)
@ConditionalOnProperty(prefix = SiteMonitorProperties.PREFIX, name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(SiteMonitorProperties.class)
public final class StoreAutoConfiguration {

    private static final String JDBC = SiteMonitorProperties.PREFIX + ".store.jdbc";

    /** Called by Spring. */
    public StoreAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty(JDBC + ".enabled")
    JdbcStore siteMonitorJdbcStore(SiteMonitorProperties properties, ObjectProvider<DataSource> dataSources) {
        DataSource dataSource = dataSources.getIfUnique();
        if (dataSource == null) {
            throw Property.wrong(
                    JDBC + ".enabled",
                    "it needs a DataSource among the beans, one only or one that is @Primary; or make a bean of type"
                            + " JdbcStore with the one it is for");
        }
        SiteMonitorProperties.JdbcStoreSettings given = properties.store().jdbc();
        JdbcStore store = JdbcStore.in(dataSource);
        store = Property.change(JDBC + ".table", store, given.table(), JdbcStore::table);
        store = Property.change(JDBC + ".query-timeout", store, given.queryTimeout(), JdbcStore::queryTimeout);
        store = Property.change(JDBC + ".take-over-after", store, given.takeOverAfter(), JdbcStore::takeOverAfter);
        return given.createTable() ? store.createTable() : store;
    }
}
