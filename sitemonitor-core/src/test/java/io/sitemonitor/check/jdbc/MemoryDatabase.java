package io.sitemonitor.check.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;

/** A database of its own for a test. */
final class MemoryDatabase implements AutoCloseable {

    /** A query that goes on until somebody ends it. */
    static final String ENDLESS = "select a.x, b.x, c.x from system_range(1, 100000) a, system_range(1, 100000) b,"
            + " system_range(1, 100000) c where a.x + b.x + c.x < 0";

    private final JdbcDataSource source = new JdbcDataSource();
    private final Connection keepAlive;

    MemoryDatabase() {
        source.setURL("jdbc:h2:mem:" + UUID.randomUUID());
        source.setUser("sa");
        source.setPassword("t0p-s3cret");
        try {
            keepAlive = source.getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    JdbcDataSource source() {
        return source;
    }

    void sql(String sql) throws SQLException {
        try (Statement statement = keepAlive.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        keepAlive.close();
    }
}
