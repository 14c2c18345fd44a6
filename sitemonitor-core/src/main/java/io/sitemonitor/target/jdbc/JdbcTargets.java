package io.sitemonitor.target.jdbc;

import io.sitemonitor.check.Check;
import io.sitemonitor.definition.CheckSettingsBuilder;
import io.sitemonitor.target.TargetSource;
import io.sitemonitor.target.Targets;
import io.sitemonitor.target.internal.RowReader;
import io.sitemonitor.target.internal.SourceTexts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Checks from the rows of a database.
 *
 * <pre>{@code
 * JdbcTargets.query(dataSource, "select name, url, email, interval_seconds from sites", HttpCheck::get)
 *         .settings(c -> c.downAfter(2))
 * }</pre>
 *
 * <p>The first four columns of the query count, by position; their labels do not matter:
 *
 * <ol>
 *   <li>the name of the check, unique;
 *   <li>the URL, of which the given function makes the check;
 *   <li>whom alerts concern: an e-mail address, or a telephone number that begins with {@code +}. May be null, empty, or
 *       missing;
 *   <li>the interval: a plain number counts in seconds; {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h}, {@code 1d}
 *       and {@code PT30S} are understood too. May be null, empty, or missing: then {@link #settings} or the default holds.
 * </ol>
 *
 * <p>A row that cannot be used is rejected as {@code row 3}, counted from 1 in the order of the result, and the others
 * are used. When a name comes twice, its first row is used. So have the query sort its rows.
 *
 * <p><b>Threads:</b> immutable. Each reading takes one connection of the data source and gives it back.
 */
public final class JdbcTargets implements TargetSource {

    /** A query may take 20 seconds. */
    public static final Duration DEFAULT_QUERY_TIMEOUT = Duration.ofSeconds(20);

    /** A query may give {@value} rows. */
    public static final int DEFAULT_MAX_ROWS = 10_000;

    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);
    private static final int MOST_ROWS = 1_000_000;
    private static final int FETCH = 500;

    private final DataSource dataSource;
    private final String sql;
    private final Function<String, Check> checkOf;
    private final Consumer<CheckSettingsBuilder> settings;
    private final Duration queryTimeout;
    private final int maxRows;

    private JdbcTargets(
            DataSource dataSource,
            String sql,
            Function<String, Check> checkOf,
            Consumer<CheckSettingsBuilder> settings,
            Duration queryTimeout,
            int maxRows) {
        this.dataSource = dataSource;
        this.sql = sql;
        this.checkOf = checkOf;
        this.settings = settings;
        this.queryTimeout = queryTimeout;
        this.maxRows = maxRows;
    }

    /**
     * Reads checks with a query. Nothing is connected before the first reading.
     *
     * @param dataSource gives the connections; stays the caller's
     * @param sql a query whose first columns are name, url, contact and interval
     * @param checkOf makes the check of a URL, such as {@code HttpCheck::get}; whatever it throws rejects the row. A
     *     check without value equality counts as changed at each reading
     * @return the source
     * @throws IllegalArgumentException if the query is empty
     */
    public static JdbcTargets query(DataSource dataSource, String sql, Function<String, Check> checkOf) {
        Objects.requireNonNull(dataSource, "dataSource");
        Objects.requireNonNull(checkOf, "checkOf");
        Objects.requireNonNull(sql, "sql");
        if (sql.isBlank()) {
            throw new IllegalArgumentException(
                    "sql must be a query such as 'select name, url, email, interval_seconds from sites', but was empty");
        }
        return new JdbcTargets(dataSource, sql, checkOf, builder -> {}, DEFAULT_QUERY_TIMEOUT, DEFAULT_MAX_ROWS);
    }

    /**
     * Sets what all checks of this source have in common. The contact of a row is added, its interval goes before.
     *
     * <p>Default: nothing.
     *
     * @param settings sets what differs from the defaults; called once now, and once for each row at each reading
     * @return a copy with these settings
     * @throws IllegalArgumentException if an option refuses its value
     */
    public JdbcTargets settings(Consumer<CheckSettingsBuilder> settings) {
        return new JdbcTargets(dataSource, sql, checkOf, RowReader.requireValid(settings), queryTimeout, maxRows);
    }

    /**
     * Bounds how long the query may take, as far as the driver can. Counts in whole seconds, rounded up.
     *
     * <p>Default 20 seconds, from 1 millisecond to 1 hour. The monitor interrupts a reading after 30 seconds.
     *
     * @param timeout the longest the query may take
     * @return a copy with this bound
     * @throws IllegalArgumentException if the timeout is shorter or longer than allowed
     */
    public JdbcTargets queryTimeout(Duration timeout) {
        Objects.requireNonNull(timeout, "timeout");
        if (timeout.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("queryTimeout must be at least PT0.001S, but was " + timeout);
        }
        if (timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "queryTimeout must be at most " + LONGEST_TIMEOUT + ", but was " + timeout);
        }
        return new JdbcTargets(dataSource, sql, checkOf, settings, timeout, maxRows);
    }

    /**
     * Bounds how many rows the query may give. If it gives more, the reading fails and all checks stay as they are,
     * because which of them come first may change from one reading to the next.
     *
     * <p>Default {@value #DEFAULT_MAX_ROWS}, from 1 to 1,000,000.
     *
     * @param rows the largest number of rows
     * @return a copy with this bound
     * @throws IllegalArgumentException if the number is smaller or larger than allowed
     */
    public JdbcTargets maxRows(int rows) {
        if (rows < 1) {
            throw new IllegalArgumentException("maxRows must be at least 1, but was " + rows);
        }
        if (rows > MOST_ROWS) {
            throw new IllegalArgumentException("maxRows must be at most " + MOST_ROWS + ", but was " + rows);
        }
        return new JdbcTargets(dataSource, sql, checkOf, settings, queryTimeout, rows);
    }

    /**
     * Runs the query.
     *
     * @return the checks of the good rows, and the bad rows
     * @throws SQLException if the database cannot be reached or refuses the query; passwords in what the driver says
     *     are masked
     * @throws IllegalStateException if the query gives fewer than two columns, or more rows than allowed
     */
    @Override
    public Targets read() throws Exception {
        try (Connection connection = dataSource.getConnection()) {
            Targets targets = read(connection);
            if (!connection.getAutoCommit()) {
                // some drivers refuse to close a connection within a transaction, which the query has begun
                connection.rollback();
            }
            return targets;
        } catch (SQLException | RuntimeException e) {
            throw SourceTexts.withoutSecrets(e);
        }
    }

    @Override
    public String name() {
        return "jdbc";
    }

    @Override
    public String toString() {
        return "JdbcTargets[" + SourceTexts.masked(sql) + "]";
    }

    private Targets read(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            statement.setQueryTimeout((int) queryTimeout.plusNanos(999_999_999).toSeconds());
            statement.setMaxRows(maxRows + 1);
            statement.setFetchSize(Math.min(maxRows, FETCH));
            try (ResultSet rows = statement.executeQuery()) {
                return read(rows);
            }
        }
    }

    private Targets read(ResultSet rows) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        if (columns < 2) {
            throw new IllegalStateException(
                    "the query must give at least two columns, name and url in this order, but gives " + columns);
        }
        RowReader reader = new RowReader(checkOf, settings);
        for (int row = 1; rows.next(); row++) {
            if (row > maxRows) {
                throw new IllegalStateException(
                        "the query gives more than " + maxRows + " rows; narrow it, or raise maxRows");
            }
            reader.row(
                    "row " + row,
                    rows.getString(1),
                    rows.getString(2),
                    columns < 3 ? null : rows.getString(3),
                    columns < 4 ? null : rows.getString(4));
        }
        return reader.targets();
    }
}
