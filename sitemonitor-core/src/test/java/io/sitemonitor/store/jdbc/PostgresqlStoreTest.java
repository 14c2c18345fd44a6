package io.sitemonitor.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sitemonitor.store.OpenStore;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against PostgreSQL. Needs postgres. */
@DisplayName("P1: what is kept in PostgreSQL")
class PostgresqlStoreTest extends JdbcStoreContract {

    private static DatabaseServer server;

    @BeforeAll
    static void begin(@TempDir Path directory) throws Exception {
        server = DatabaseServer.postgresql(directory, "fsync=off");
    }

    @AfterAll
    static void end() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected DataSource dataSource() throws SQLException {
        return server.dataSource();
    }

    @Test
    @DisplayName("Sessions that the server ends are replaced")
    void sessionsEnd() throws Exception {
        try (OpenStore store = open()) {
            store.write(List.of(put("a", "1")));
            sql("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()");
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> store.write(List.of(put("a", "2"))));
            store.write(List.of(put("a", "2")));
            assertThat(records(store)).containsExactly(Map.entry("a", "2"));
        }
    }

    @Test
    void saysHowToMakeAMissingTable() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> JdbcStore.in(dataSource()).open("shop"))
                .withMessage("there is no table sitemonitor_store: postgresql.sql beside"
                        + " io.sitemonitor.store.jdbc.JdbcStore makes it, or createTable()");
    }
}
