package io.sitemonitor.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A connection for as long as it is ours, with transactions of its own. For one caller at a time. */
final class Session {

    private static final Duration AFTER_QUERY = Duration.ofSeconds(5);
    private static final int VALID_WITHIN = 5;

    private final Connection connection;
    private final Duration queryTimeout;

    /** What makes the connection what it was, the latest first. */
    private final List<Undo> undo = new ArrayList<>();

    /** Undoes a setting. */
    @FunctionalInterface
    private interface Undo {
        void run() throws SQLException;
    }

    private Session(Connection connection, Duration queryTimeout) {
        this.connection = connection;
        this.queryTimeout = queryTimeout;
    }

    static Session open(DataSource dataSource, Duration queryTimeout) throws SQLException {
        Session session = new Session(dataSource.getConnection(), queryTimeout);
        try {
            session.begin();
            return session;
        } catch (SQLException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** Makes the connection what this needs. */
    private void begin() throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        int isolation = connection.getTransactionIsolation();
        if (!autoCommit) {
            connection
                    .rollback(); // some drivers had to begin a transaction in order to tell, and change nothing within
            // one
        }
        if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            undo.add(0, () -> connection.setTransactionIsolation(isolation));
        }
        if (autoCommit) {
            connection.setAutoCommit(false);
            undo.add(0, () -> connection.setAutoCommit(true));
        }
        limitNetwork();
        keepQueryTimeout();
    }

    /** A connection that was cut without a word would hold a write up for as long as the system tries. */
    private void limitNetwork() throws SQLException {
        try {
            int before = connection.getNetworkTimeout();
            long limit = queryTimeout.plus(AFTER_QUERY).toMillis();
            connection.setNetworkTimeout(Runnable::run, (int) limit);
            undo.add(0, () -> connection.setNetworkTimeout(Runnable::run, before));
        } catch (SQLFeatureNotSupportedException | AbstractMethodError e) {
            // then only the timeout of the statement holds
        }
    }

    /** Some databases keep the timeout of a statement for those that come after it. */
    private void keepQueryTimeout() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int before = statement.getQueryTimeout();
            undo.add(0, () -> resetQueryTimeout(before));
        }
    }

    private void resetQueryTimeout(int before) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(before);
        }
    }

    Database database() throws SQLException {
        return Database.of(connection.getMetaData().getDatabaseProductName());
    }

    PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            statement.setQueryTimeout((int) queryTimeout.plusNanos(999_999_999).toSeconds());
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    /** Asks for one value; null if there is none. */
    @Nullable
    String text(String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        }
    }

    void run(String sql) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            statement.execute();
        }
    }

    void commit() throws SQLException {
        connection.commit();
    }

    void rollback() throws SQLException {
        connection.rollback();
    }

    /** Gives up what has been done since the last commit, and tells whether the connection is still good. */
    boolean recover() {
        try {
            connection.rollback();
            return connection.isValid(VALID_WITHIN);
        } catch (SQLException | RuntimeException e) {
            return false;
        }
    }

    /** Gives the connection back as it was. */
    void close() {
        recover(); // some drivers refuse to close a connection, or to change it, within a transaction
        for (Undo each : undo) {
            try {
                each.run();
            } catch (SQLException | RuntimeException e) {
                // it is broken, and its pool will find out
            }
        }
        try {
            connection.close();
        } catch (SQLException | RuntimeException e) {
            // broken as well
        }
    }
}
