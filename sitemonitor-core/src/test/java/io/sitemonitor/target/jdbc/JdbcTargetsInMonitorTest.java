package io.sitemonitor.target.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.CheckSnapshot;
import io.sitemonitor.Monitor;
import io.sitemonitor.event.TargetsFailed;
import io.sitemonitor.event.TargetsLoaded;
import io.sitemonitor.target.internal.UrlCheck;
import io.sitemonitor.testing.ManualTime;
import io.sitemonitor.testing.RecordingListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** Rows of a database that a monitor follows while it runs. */
class JdbcTargetsInMonitorTest {

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-11-22T10:00:00Z"));
    private final RecordingListener events = new RecordingListener();

    @Test
    void addsReplacesAndRemovesWhatChangesAndKeepsTheRest() throws SQLException {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID());
        try (Connection keepAlive = dataSource.getConnection();
                Statement sql = keepAlive.createStatement()) {
            sql.execute("create table sites (name varchar, url varchar, email varchar, seconds int)");
            sql.execute("insert into sites values ('a', 'https://a.example/', null, 30),"
                    + " ('b', 'https://b.example/', null, 30), ('c', 'https://c.example/', null, 30)");
            Monitor monitor = Monitor.named("shop")
                    .runOn(time)
                    .targets(
                            JdbcTargets.query(dataSource, "select * from sites order by name", UrlCheck::of),
                            Duration.ofMinutes(1))
                    .listener(events)
                    .start();
            time.advance(Duration.ofSeconds(45));
            assertThat(names(monitor)).containsExactly("a", "b", "c");
            long runs = runs(monitor, "a");

            sql.execute("delete from sites where name = 'b'");
            sql.execute("update sites set seconds = 0 where name = 'c'");
            sql.execute("insert into sites values ('d', 'https://d.example/', null, 30)");
            time.advance(Duration.ofMinutes(1));
            assertThat(names(monitor)).containsExactly("a", "c", "d");
            assertThat(runs(monitor, "a")).isEqualTo(runs + 2);
            assertThat(events.events(TargetsLoaded.class))
                    .last()
                    .satisfies(loaded -> assertThat(loaded.rejected())
                            .containsExactly("row 2 ('c'): every must be at least PT0.1S, but was PT0S (check 'c')"));

            sql.execute("drop table sites");
            time.advance(Duration.ofMinutes(1));
            assertThat(names(monitor)).containsExactly("a", "c", "d");
            assertThat(events.events(TargetsFailed.class)).hasSize(1);
            monitor.close();
        }
    }

    private static List<String> names(Monitor monitor) {
        return monitor.snapshot().checks().stream().map(CheckSnapshot::name).toList();
    }

    private static long runs(Monitor monitor, String check) {
        return monitor.snapshot().check(check).orElseThrow().figures().runs();
    }
}
