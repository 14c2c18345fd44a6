package io.sitemonitor.store.jdbc;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against MariaDB. Needs mariadbd. */
@DisplayName("P1: what is kept in MariaDB")
class MariadbStoreTest extends JdbcStoreContract {

    private static DatabaseServer server;

    @BeforeAll
    static void begin(@TempDir Path directory) throws Exception {
        server = DatabaseServer.mariadb(directory);
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
    void saysHowToMakeAMissingTable() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> JdbcStore.in(dataSource()).open("shop"))
                .withMessage(
                        "there is no table sitemonitor_store: mysql.sql beside io.sitemonitor.store.jdbc.JdbcStore makes"
                                + " it, or createTable()");
    }
}
