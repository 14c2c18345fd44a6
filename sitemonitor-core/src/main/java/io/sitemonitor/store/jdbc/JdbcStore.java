package io.sitemonitor.store.jdbc;

import io.sitemonitor.store.OpenStore;
import io.sitemonitor.store.Store;
import io.sitemonitor.store.StoreTakenException;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Keeps records in a table of a database: PostgreSQL, MySQL, MariaDB, H2, or another one with a table of the same columns.
 *
 * <pre>{@code
 * Monitor.named("shop").store(JdbcStore.in(dataSource))
 * }</pre>
 *
 * <p>Several monitors may share a table; those of different names share nothing. The table is not made unless
 * {@link #createTable()} asks for it: {@code postgresql.sql}, {@code mysql.sql} (for MariaDB, too) and {@code h2.sql} beside this
 * class make it. A write is one transaction, at the isolation level READ COMMITTED.
 *
 * <p><b>Connections:</b> from its opening to its close a store holds one connection of the data source, on which it does
 * everything; a pool must have one to spare. Auto-commit, isolation level and network timeout are as they were when the
 * connection is given back. A connection that breaks is replaced with the next write, or within a third of
 * {@link #takeOverAfter}.
 *
 * <p><b>One owner:</b> the table says which process has the records of a monitor open, and which session of the database that
 * process uses. Each write first makes sure that this still holds, within its transaction, so a process that is no longer the
 * owner writes nothing, ever. Who opens the records of an owner that still says that it lives, which it does three times within
 * {@link #takeOverAfter}, gets a {@link StoreTakenException}. Who finds that the session of the owner has ended, as it does when
 * the process is killed, takes over at once. Where that cannot be seen, because the machine or the network between has gone, or
 * the database does not tell, it takes over after {@link #takeOverAfter}.
 *
 * <p><b>Threads:</b> immutable. Each store that is open has a daemon thread, {@code sitemonitor-<monitor>-lease-1}.
 */
public final class JdbcStore implements Store {

    /** The name of the table unless another one is given. */
    public static final String DEFAULT_TABLE = "sitemonitor_store";

    /** A statement may take 10 seconds. */
    public static final Duration DEFAULT_QUERY_TIMEOUT = Duration.ofSeconds(10);

    /** An owner of which nothing is heard for 15 seconds has gone. */
    public static final Duration DEFAULT_TAKE_OVER_AFTER = Duration.ofSeconds(15);

    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(3);
    private static final Duration LONGEST_LEASE = Duration.ofMinutes(10);
    private static final Pattern TABLE = Pattern.compile("([A-Za-z_]\\w{0,62}\\.)?[A-Za-z_]\\w{0,62}");

    private final DataSource dataSource;
    private final String table;
    private final Duration queryTimeout;
    private final Duration takeOverAfter;
    private final boolean creates;

    private JdbcStore(
            DataSource dataSource, String table, Duration queryTimeout, Duration takeOverAfter, boolean creates) {
        this.dataSource = dataSource;
        this.table = table;
        this.queryTimeout = queryTimeout;
        this.takeOverAfter = takeOverAfter;
        this.creates = creates;
    }

    /**
     * Keeps records in the table {@value #DEFAULT_TABLE}. Nothing is connected before the monitor starts.
     *
     * @param dataSource gives the connections; stays the caller's
     * @return the store
     */
    public static JdbcStore in(DataSource dataSource) {
        Objects.requireNonNull(dataSource, "dataSource");
        return new JdbcStore(dataSource, DEFAULT_TABLE, DEFAULT_QUERY_TIMEOUT, DEFAULT_TAKE_OVER_AFTER, false);
    }

    /**
     * Chooses another table.
     *
     * <p>Default {@value #DEFAULT_TABLE}, in the schema in which the database looks first.
     *
     * @param name its name, or schema and name with a dot between. Each has from 1 to 63 characters, which are letters of ASCII,
     *     digits and underscores, and does not begin with a digit; it is not quoted
     * @return a copy with this table
     * @throws IllegalArgumentException if the name is none of these
     */
    public JdbcStore table(String name) {
        Objects.requireNonNull(name, "name");
        if (!TABLE.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "table must be a name such as 'sitemonitor_store' or 'ops.sitemonitor_store',"
                            + " of letters, digits and underscores, at most 63 characters each, but was '" + shown(name)
                            + "'");
        }
        return new JdbcStore(dataSource, name, queryTimeout, takeOverAfter, creates);
    }

    private static String shown(String name) {
        return name.substring(0, Math.min(name.length(), 150)).replaceAll("\\p{C}", "?");
    }

    /**
     * Bounds how long a statement may take, as far as the driver can. Counts in whole seconds, rounded up. Five seconds later
     * the connection itself is given up, where the driver can do that.
     *
     * <p>Default 10 seconds, from 1 millisecond to 1 hour.
     *
     * @param timeout the longest a statement may take
     * @return a copy with this bound
     * @throws IllegalArgumentException if the timeout is shorter or longer than allowed
     */
    public JdbcStore queryTimeout(Duration timeout) {
        Duration within = within("queryTimeout", timeout, SHORTEST_TIMEOUT, LONGEST_TIMEOUT);
        return new JdbcStore(dataSource, table, within, takeOverAfter, creates);
    }

    /**
     * Sets how long an owner may be silent until another process takes its records over, where the database cannot tell that
     * the session of the owner has ended. A start may have to wait that long after the machine of the owner has failed. An
     * owner that was only frozen for longer than this writes nothing any more.
     *
     * <p>Default 15 seconds, from 3 seconds to 10 minutes. All processes should use the same.
     *
     * @param silence how long nothing is heard
     * @return a copy with this bound
     * @throws IllegalArgumentException if it is shorter or longer than allowed
     */
    public JdbcStore takeOverAfter(Duration silence) {
        Duration within = within("takeOverAfter", silence, SHORTEST_LEASE, LONGEST_LEASE);
        return new JdbcStore(dataSource, table, queryTimeout, within, creates);
    }

    /**
     * Makes the table when the store is opened and the table is not there, which takes the right to do so. Only for PostgreSQL,
     * MySQL, MariaDB and H2.
     *
     * <p>Default: a table that is not there is an error.
     *
     * @return a copy that makes its table
     */
    public JdbcStore createTable() {
        return new JdbcStore(dataSource, table, queryTimeout, takeOverAfter, true);
    }

    /**
     * Opens what is kept for one monitor. Waits up to {@link #takeOverAfter} where somebody else may have it open.
     *
     * @param monitor the name of the monitor; monitors of different names share nothing
     * @return what is kept
     * @throws StoreTakenException if somebody else has it open
     * @throws IOException if it cannot be read or written; passwords in what the driver says are masked
     */
    @Override
    public OpenStore open(String monitor) throws IOException {
        Statements statements = new Statements(table, monitor);
        return OpenTable.open(() -> Session.open(dataSource, queryTimeout), statements, takeOverAfter, creates);
    }

    private static Duration within(String option, Duration given, Duration least, Duration most) {
        Objects.requireNonNull(given, option);
        if (given.compareTo(least) < 0) {
            throw new IllegalArgumentException(option + " must be at least " + least + ", but was " + given);
        }
        if (given.compareTo(most) > 0) {
            throw new IllegalArgumentException(option + " must be at most " + most + ", but was " + given);
        }
        return given;
    }

    @Override
    public String toString() {
        return "JdbcStore[" + table + "]";
    }
}
