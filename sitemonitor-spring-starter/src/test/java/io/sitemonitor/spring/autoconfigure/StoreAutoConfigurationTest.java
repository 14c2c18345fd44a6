package io.sitemonitor.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.Monitor;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.check.Check;
import io.sitemonitor.event.MonitorListener;
import io.sitemonitor.event.StoreFailed;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.store.jdbc.JdbcStore;
import io.sitemonitor.testing.ManualTime;
import io.sitemonitor.testing.RecordingAlerts;
import io.sitemonitor.testing.RecordingListener;
import io.sitemonitor.testing.ScriptedCheck;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What outlives the application in its own database. */
class StoreAutoConfigurationTest {

    private static final String ENABLED = "sitemonitor.store.jdbc.enabled=true";

    private final ManualTime time = Runners.time();
    private final ApplicationContextRunner application = Runners.applicationIn(time);
    private final JdbcDataSource dataSource = dataSource();

    private static JdbcDataSource dataSource() {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID());
        dataSource.setUser("sa");
        return dataSource;
    }

    @Test
    void thereIsNoneByDefault() {
        application
                .withBean(DataSource.class, () -> dataSource)
                .run(context -> assertThat(context).doesNotHaveBean(JdbcStore.class));
    }

    @Test
    void goesOnAfterARestart() throws Exception {
        RecordingAlerts alerts = new RecordingAlerts();
        ScriptedCheck shop = ScriptedCheck.failing("away");
        ApplicationContextRunner kept = application
                .withPropertyValues(
                        "sitemonitor.name=shop",
                        "sitemonitor.warm-up=0s",
                        "sitemonitor.defaults.every=10s",
                        ENABLED,
                        "sitemonitor.store.jdbc.table=monitor_records",
                        "sitemonitor.store.jdbc.create-table=true",
                        "sitemonitor.store.jdbc.query-timeout=5",
                        "sitemonitor.store.jdbc.take-over-after=20s")
                .withBean(DataSource.class, () -> dataSource)
                .withBean("shop", Check.class, () -> shop)
                .withBean("pager", AlertListener.class, () -> alerts);
        try (Connection keepAlive = dataSource.getConnection();
                Statement statement = keepAlive.createStatement()) {
            kept.run(context -> {
                time.advance(Duration.ofMinutes(1));
                assertThat(alerts.kinds()).containsExactly(AlertKind.DOWN);
            });
            shop.passes();
            kept.run(context -> {
                assertThat(context.getBean(Monitor.class).stateOf("shop")).isEqualTo(HealthState.DOWN);
                time.advance(Duration.ofMinutes(1));
                assertThat(alerts.kinds()).containsExactly(AlertKind.DOWN, AlertKind.RECOVERED);
            });
            assertThat(statement.execute("select * from monitor_records")).isTrue();
        }
    }

    @Test
    void aBeanOfTheApplicationIsUsedInstead() {
        JdbcStore own = JdbcStore.in(dataSource).table("own").createTable();
        RecordingListener events = new RecordingListener();
        application
                .withPropertyValues(ENABLED, "sitemonitor.store.jdbc.table=not a table")
                .withBean("own", JdbcStore.class, () -> own)
                .withBean("events", MonitorListener.class, () -> events)
                .run(context -> {
                    time.advance(Duration.ofSeconds(1));
                    assertThat(context.getBean(JdbcStore.class)).isSameAs(own);
                    assertThat(events.events(StoreFailed.class)).isEmpty();
                });
    }

    @Test
    @DisplayName("P27: the application starts without the table, and is told what is missing")
    void startsWithoutTheTable() {
        RecordingListener events = new RecordingListener();
        application
                .withPropertyValues(ENABLED)
                .withBean(DataSource.class, () -> dataSource)
                .withBean("events", MonitorListener.class, () -> events)
                .run(context -> {
                    time.advance(Duration.ofSeconds(1));
                    assertThat(context).hasNotFailed();
                    assertThat(events.events(StoreFailed.class))
                            .singleElement()
                            .extracting(StoreFailed::reason)
                            .asString()
                            .startsWith("there is no table sitemonitor_store: h2.sql beside ");
                });
    }

    @Test
    void needsADataSource() {
        application
                .withPropertyValues(ENABLED)
                .run(
                        context -> assertThat(context)
                                .getFailure()
                                .rootCause()
                                .hasMessage(
                                        "property sitemonitor.store.jdbc.enabled cannot be used: it needs a DataSource among the beans,"
                                                + " one only or one that is @Primary; or make a bean of type JdbcStore with the one it is for"));
    }

    @Test
    void thereIsOnePlaceOnly(@TempDir Path directory) {
        application
                .withPropertyValues(ENABLED, "sitemonitor.store.directory=" + directory)
                .withBean(DataSource.class, () -> dataSource)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessage("property sitemonitor.store.directory cannot be used: there is a JdbcStore, too, of"
                                + " sitemonitor.store.jdbc.enabled or among the beans, and there can be one store only; drop one"
                                + " of them"));
    }

    @Test
    void namesThePropertyThatIsRefused() {
        application
                .withPropertyValues(ENABLED, "sitemonitor.store.jdbc.take-over-after=1s")
                .withBean(DataSource.class, () -> dataSource)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("takeOverAfter must be at least PT3S, but was PT1S"));
    }
}
