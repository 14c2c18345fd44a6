package io.sitemonitor.store.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.store.Change;
import io.sitemonitor.store.OpenStore;
import io.sitemonitor.store.Store;
import io.sitemonitor.store.StoreContract;
import io.sitemonitor.store.StoreTakenException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a store does in every database. */
abstract class JdbcStoreContract extends StoreContract {

    private static final AtomicInteger TABLES = new AtomicInteger();
    private static final Duration SILENCE = Duration.ofSeconds(3);

    protected final String table = "kept_" + TABLES.incrementAndGet();
    private FragileDataSource connections;

    protected abstract DataSource dataSource() throws SQLException;

    @BeforeEach
    void connect() throws SQLException {
        connections = new FragileDataSource(dataSource());
    }

    @AfterEach
    void everyConnectionWasGivenBack() throws SQLException {
        for (Connection connection : connections.given()) {
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Override
    protected Store store() {
        return store(connections);
    }

    protected final JdbcStore store(DataSource from) {
        return JdbcStore.in(from).table(table).createTable().takeOverAfter(SILENCE);
    }

    protected final void sql(String text) throws SQLException {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(text.replace("kept", table));
        }
    }

    @Test
    @DisplayName("Everything is done on one connection, which is given back as it was")
    void usesOneConnection() throws Exception {
        for (FragileDataSource each : List.of(connections, new FragileDataSource(dataSource()).withoutAutoCommit())) {
            Connection before = dataSource().getConnection();
            try (OpenStore store = store(each).open("shop")) {
                store.write(List.of(put("a", "1")));
                store.write(List.of(put("a", "2")));
                records(store);
                assertThat(each.given()).hasSize(1);
                assertThat(each.given().get(0).getTransactionIsolation())
                        .isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
            }
            assertThat(each.given()).hasSize(1);
            assertThat(each.given().get(0).isClosed()).isTrue();
            before.close();
        }
    }

    @Test
    void settingsOfTheConnectionAreRestored() throws Exception {
        try (Connection kept = dataSource().getConnection()) {
            kept.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            int timeout = kept.getNetworkTimeout();
            DataSource one = new BorrowedConnection(kept);
            try (OpenStore store = store(one).open("shop")) {
                store.write(List.of(put("a", "1")));
                assertThat(kept.getAutoCommit()).isFalse();
            }
            assertThat(kept.getAutoCommit()).isTrue();
            assertThat(kept.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            assertThat(kept.getNetworkTimeout()).isEqualTo(timeout);
            kept.setAutoCommit(false);
            try (OpenStore store = store(one).open("shop")) {
                assertThat(records(store)).containsExactly(Map.entry("a", "1"));
            }
            assertThat(kept.getAutoCommit()).isFalse();
            assertThat(kept.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            kept.rollback();
        }
    }

    @Test
    @DisplayName("The records of a process that was killed are there at once, and it writes nothing any more")
    void killed() throws Exception {
        FragileDataSource first = new FragileDataSource(dataSource());
        OpenStore killed = store(first).takeOverAfter(Duration.ofMinutes(10)).open("shop");
        killed.write(List.of(put("a", "1")));
        first.cut();
        try (OpenStore next =
                store(connections).takeOverAfter(Duration.ofMinutes(10)).open("shop")) {
            assertThat(records(next)).containsExactly(Map.entry("a", "1"));
            next.write(List.of(put("b", "1")));
            for (int i = 0; i < 2; i++) {
                writeUntil(killed, StoreTakenException.class, "in use by process ");
            }
            assertThat(records(next)).containsExactly(Map.entry("a", "1"), Map.entry("b", "1"));
        }
        writeUntil(killed, StoreTakenException.class, "in use by process ");
        killed.close();
        try (OpenStore next = open()) {
            assertThat(records(next)).containsExactly(Map.entry("a", "1"), Map.entry("b", "1"));
        }
    }

    /** The first failures may tell that the connection is broken. */
    private static void writeUntil(OpenStore store, Class<? extends IOException> type, String message) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThatExceptionOfType(type)
                        .isThrownBy(() -> store.write(List.of(put("a", "late"))))
                        .withMessageContaining(message));
    }

    @Test
    @DisplayName("An owner of whose session the database knows nothing is waited for, and has gone if it stays silent")
    void silent() throws Exception {
        try (OpenStore store = open()) {
            store.write(List.of(put("a", "1")));
        }
        for (String left : List.of("\n7\nprocess 1 on web-1", "elsewhere\n7\nprocess 1 on web-1", "whatever")) {
            try (Connection connection = dataSource().getConnection();
                    var insert = connection.prepareStatement("insert into " + table
                            + " (monitor, seq, record_key, record_value) values ('shop', 0, ?, ?)")) {
                insert.setBytes(1, "token".getBytes(UTF_8));
                insert.setBytes(2, left.getBytes(UTF_8));
                insert.executeUpdate();
            }
            try (OpenStore store = open()) {
                assertThat(records(store)).containsExactly(Map.entry("a", "1"));
            }
        }
    }

    @Test
    @DisplayName("After its connection broke a store goes on by itself, and still has its records")
    void connectionBreaks() throws Exception {
        try (OpenStore store = open()) {
            store.write(List.of(put("a", "1")));
            connections.cut();
            connections.away(new SQLException("the database is away"));
            await().untilAsserted(() -> assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> store.write(List.of(put("b", "1"))))
                    .withMessage("the database is away"));
            connections.away(null);
            store.write(List.of(put("b", "2"), Change.remove("a")));
            assertThat(records(store)).containsExactly(Map.entry("b", "2"));
            assertThatExceptionOfType(StoreTakenException.class)
                    .isThrownBy(() -> store(dataSource()).open("shop"));
        }
    }

    @Test
    @DisplayName("An owner that writes nothing says that it lives, also after its connection broke")
    void livesWithoutWriting() throws Exception {
        try (OpenStore store = open()) {
            store.write(List.of(put("a", "1")));
            connections.cut();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> connections.given().size() > 1);
            assertThatExceptionOfType(StoreTakenException.class)
                    .isThrownBy(() -> store(dataSource()).open("shop"));
            assertThat(records(store)).containsExactly(Map.entry("a", "1"));
        }
    }

    @Test
    @DisplayName("Whatever step of a write fails, nothing is changed, and it can be done again")
    void allOrNothing() throws Exception {
        try (OpenStore store = open()) {
            store.write(List.of(put("a", "1"), put("b", "1"), put("c", "1")));
            Map<String, String> before = records(store);
            List<Change> changes = List.of(Change.remove("a"), put("b", "2"), put("d", "2"), put("a", "2"));
            for (String step : List.of("executeUpdate", "executeBatch", "commit")) {
                connections.failBefore(step);
                assertThatExceptionOfType(IOException.class)
                        .isThrownBy(() -> store.write(changes))
                        .withMessage("it broke before " + step);
                assertThat(records(store)).isEqualTo(before);
            }
            connections.failAfter("executeBatch");
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> store.write(changes));
            assertThat(records(store)).isEqualTo(before);
            store.write(changes);
            assertThat(records(store))
                    .containsExactly(
                            Map.entry("b", "2"), Map.entry("c", "1"), Map.entry("d", "2"), Map.entry("a", "2"));
        }
    }

    @Test
    @DisplayName("A write that was done although nobody could say so is done again, to the same end")
    void openEnd() throws Exception {
        try (OpenStore store = open()) {
            store.write(List.of(put("a", "1"), put("b", "1")));
            List<Change> changes = List.of(Change.remove("a"), put("b", "2"), put("c", "2"));
            connections.failAfter("commit");
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> store.write(changes));
            store.write(changes);
            assertThat(records(store)).containsExactly(Map.entry("b", "2"), Map.entry("c", "2"));
        }
    }

    @Test
    void closesWhileTheDatabaseIsAway() throws Exception {
        OpenStore store = open();
        connections.cut();
        connections.away(new SQLException("away"));
        store.close();
        connections.away(null);
        try (OpenStore next = open()) {
            assertThat(records(next)).isEmpty();
        }
    }

    @Test
    void leavesNothingInTheTable() throws Exception {
        open().close();
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from " + table)) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isZero();
        }
    }
}
