package io.sitemonitor.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.store.OpenStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("P1: what is kept in H2, and what is the same in every database")
class JdbcStoreTest extends JdbcStoreContract {

    private final JdbcDataSource h2 = new JdbcDataSource();
    private Connection keepAlive;

    @BeforeEach
    void begin() throws SQLException {
        h2.setURL("jdbc:h2:mem:" + UUID.randomUUID());
        h2.setUser("sa");
        keepAlive = h2.getConnection();
    }

    @AfterEach
    void end() throws SQLException {
        keepAlive.close();
    }

    @Override
    protected DataSource dataSource() {
        return h2;
    }

    @Test
    void saysHowToMakeAMissingTable() throws Exception {
        JdbcStore store = JdbcStore.in(h2);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> store.open("shop"))
                .withMessage(
                        "there is no table sitemonitor_store: h2.sql beside io.sitemonitor.store.jdbc.JdbcStore makes it,"
                                + " or createTable()");
        store.createTable().open("shop").close();
        store.open("shop").close();
    }

    @Test
    void takesTheTableOfASchema() throws Exception {
        sql("create schema ops");
        try (OpenStore store =
                JdbcStore.in(h2).table("ops.kept_here").createTable().open("shop")) {
            store.write(List.of(put("a", "1")));
        }
        sql("select record_key, record_value from ops.kept_here where monitor = 'shop' and seq = 1"
                .replace("kept_here", "KEPT_HERE"));
        try (OpenStore store = JdbcStore.in(h2).table("ops.kept_here").open("shop")) {
            assertThat(records(store)).containsExactly(Map.entry("a", "1"));
        }
    }

    @Test
    void refusesWhatIsNoTable() {
        JdbcStore store = JdbcStore.in(h2);
        for (String name :
                List.of("", " ", "a b", "a;b", "a.b.c", ".a", "a.", "1a", "\"a\"", "\u0416", "a\n", "x".repeat(64))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.table(name))
                    .withMessageStartingWith(
                            "table must be a name such as 'sitemonitor_store' or 'ops.sitemonitor_store'");
        }
        assertThat(store.table("Ops_1." + "x".repeat(63))).hasToString("JdbcStore[Ops_1." + "x".repeat(63) + "]");
    }

    @Test
    void refusesTimesThatHelpNobody() {
        JdbcStore store = JdbcStore.in(h2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.queryTimeout(Duration.ZERO))
                .withMessage("queryTimeout must be at least PT0.001S, but was PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.queryTimeout(Duration.ofHours(2)))
                .withMessage("queryTimeout must be at most PT1H, but was PT2H");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.takeOverAfter(Duration.ofSeconds(2)))
                .withMessage("takeOverAfter must be at least PT3S, but was PT2S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.takeOverAfter(Duration.ofHours(1)))
                .withMessage("takeOverAfter must be at most PT10M, but was PT1H");
    }

    @Test
    void tellsNoSecret() throws Exception {
        FragileDataSource dataSource = new FragileDataSource(h2);
        dataSource.away(new SQLException(
                "no connection to jdbc:x://me:s3cret@db/x", new IllegalStateException("?password=s3cret")));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> store(dataSource).open("shop"))
                .withMessageStartingWith("no connection to jdbc:x://me:***@db/x")
                .satisfies(thrown -> {
                    StringWriter trace = new StringWriter();
                    thrown.printStackTrace(new PrintWriter(trace));
                    assertThat(trace.toString()).doesNotContain("s3cret");
                });
        dataSource.away(null);
        assertThat(store(dataSource).toString()).isEqualTo("JdbcStore[" + table + "]");
    }

    @Test
    void leavesNoThread() throws Exception {
        store().open("quiet").close();
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("quiet")));
        try (OpenStore store = store().open("quiet")) {
            await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().equals("sitemonitor-quiet-lease-1"))
                    .singleElement()
                    .matches(Thread::isDaemon));
        }
    }
}
