package io.sitemonitor.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.Monitor;
import io.sitemonitor.check.http.HttpCheck;
import io.sitemonitor.definition.CheckSettings;
import io.sitemonitor.event.MonitorListener;
import io.sitemonitor.event.TargetsFailed;
import io.sitemonitor.target.TargetSource;
import io.sitemonitor.target.file.FileTargets;
import io.sitemonitor.target.jdbc.JdbcTargets;
import io.sitemonitor.testing.ManualTime;
import io.sitemonitor.testing.RecordingListener;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class TargetsAutoConfigurationTest {

    private static final String QUERY = "sitemonitor.targets.query=select name, url from sites";

    private final ManualTime time = Runners.time();
    private final ApplicationContextRunner application = Runners.applicationIn(time);

    @TempDir
    private Path folder;

    @Test
    void thereIsNoSourceByDefault() {
        application.run(context -> assertThat(context).doesNotHaveBean(TargetSource.class));
    }

    @Test
    void readsFileWithTheDefaultsOfTheProperties() throws IOException {
        Path sites = folder.resolve("sites.csv");
        Files.writeString(sites, "storefront,http://127.0.0.1:1/,owner@shop.example,1m\nbroken\n");
        application
                .withPropertyValues("sitemonitor.targets.file=" + sites, "sitemonitor.defaults.down-after=7")
                .run(context -> {
                    time.advance(Duration.ofMillis(1));
                    Monitor monitor = context.getBean(Monitor.class);
                    assertThat(monitor.checks()).containsExactly("storefront");
                    CheckSettings settings =
                            monitor.snapshot().check("storefront").orElseThrow().settings();
                    assertThat(settings.schedule().interval()).isEqualTo(Duration.ofMinutes(1));
                    assertThat(settings.thresholds().downAfter()).isEqualTo(7);
                });
        application
                .withPropertyValues("sitemonitor.targets.file=" + sites, "sitemonitor.targets.strict=true")
                .run(context -> {
                    time.advance(Duration.ofMillis(1));
                    assertThat(context.getBean(Monitor.class).checks()).isEmpty();
                });
    }

    @Test
    void fileBacksOff() {
        application
                .withPropertyValues("sitemonitor.targets.file=" + folder.resolve("sites.csv"))
                .withBean("own", FileTargets.class, () -> FileTargets.csv(folder.resolve("own.csv"), HttpCheck::get))
                .run(context -> assertThat(context.getBeanNamesForType(FileTargets.class))
                        .containsExactly("own"));
    }

    @Test
    @DisplayName("P27: the application starts without the database, and goes on asking for it")
    void startsWithoutDatabase() {
        RecordingListener events = new RecordingListener();
        application
                .withPropertyValues(QUERY)
                .withBean(DataSource.class, TargetsAutoConfigurationTest::unreachable)
                .withBean("events", MonitorListener.class, () -> events)
                .run(context -> {
                    time.advance(Duration.ofSeconds(90));
                    assertThat(context).hasNotFailed();
                    assertThat(events.events(TargetsFailed.class))
                            .extracting(TargetsFailed::reason)
                            .containsExactly("the database is away", "the database is away");
                });
    }

    @Test
    void queryBacksOff() {
        application
                .withPropertyValues(QUERY)
                .withBean(
                        "own", JdbcTargets.class, () -> JdbcTargets.query(unreachable(), "select 1, 2", HttpCheck::get))
                .run(context -> assertThat(context.getBeanNamesForType(JdbcTargets.class))
                        .containsExactly("own"));
    }

    @Test
    void queryNeedsADataSource() {
        application
                .withPropertyValues(QUERY)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessage(
                                "property sitemonitor.targets.query cannot be used: it needs a DataSource among the beans,"
                                        + " one only or one that is @Primary; or make a bean of type JdbcTargets with the one it is"
                                        + " for"));
    }

    private static DataSource unreachable() {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getConnection")) {
                        throw new SQLException("the database is away");
                    }
                    return method.getReturnType() == boolean.class ? false : null;
                });
    }
}
