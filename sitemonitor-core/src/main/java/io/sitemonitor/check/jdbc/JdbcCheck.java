package io.sitemonitor.check.jdbc;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.internal.Expectations;
import io.sitemonitor.check.internal.LineText;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Passes if a database answers and is as expected, over a connection of the host's own data source.
 *
 * <pre>{@code
 * JdbcCheck.of(dataSource).warnWhenWaiting(ofMillis(200))                    // the connection is valid, and soon given
 * JdbcCheck.of(dataSource).query("select 1")
 * JdbcCheck.of(dataSource).query("select count(*) from outbox").expect(RowExpectation.atMost(500).orWarn())
 * JdbcCheck.of(dataSource).query("select id from jobs where failed").expectRows(0, 0)
 * }</pre>
 *
 * <p>Each run takes one connection of the data source and gives it back, whatever happens. If the connection does not commit
 * by itself, what the query has begun is rolled back; nothing else of the connection is changed. A connection that can be
 * used but not be given back is a warning.
 *
 * <p><b>Time:</b> the query is given what is left of the timeout, in whole seconds, rounded up, and is cancelled when the run
 * is ended from outside. A driver may ignore both, and a data source may ignore the interrupt while it waits for a
 * connection: then the run is stuck, as any other check would be, until they return; what they return is given back. Give a
 * pool a limit of its own, shorter than the timeout, since its message says more.
 *
 * <p><b>Failure:</b> {@code CONNECT} (no connection, one that is lost, SQLState 08…, or not valid, or refused credentials,
 * 28…), {@code TIMEOUT} (late, whoever noticed), {@code ASSERTION} (rows, the wait for the connection, or the latency are
 * not as expected), {@code CHECK_ERROR} (the statement is wrong, 42… or 0A…, driver or expectation throw what they should
 * not, or the data source gives null), {@code PROTOCOL} (any other error of the database). <b>Evidence:</b> the phases
 * {@code connect} (the wait for the connection), and {@code query} or {@code valid}; with {@link #expectRows} the fact
 * {@code rows}. No value of a row is shown, unless an expectation shows it in its objection.
 *
 * <p><b>Memory:</b> at most 64 columns of 4,000 characters of the first row are kept; large objects are read no further. What
 * the driver holds is the driver's: it is asked to fetch no more rows than are needed, and no longer values.
 *
 * <p><b>Secrets:</b> passwords in what drivers and pools say are masked, and so are the values within the quotes of the
 * statement, of which only the part before its first quote is shown.
 *
 * <p>Immutable: each option returns a copy. Two checks with the same options are equal if their data sources are.
 *
 * <p><b>Threads:</b> safe for use by any number of threads, as a data source is.
 */
public final class JdbcCheck implements Check {

    private static final int MAX_SQL = 100_000;
    private static final SqlText NO_QUERY = new SqlText("");

    private final DataSource dataSource;
    private final SqlText sql;
    private final List<Expectation<? super FirstRow>> expectations;
    private final Limits limits;
    private final @Nullable String description;

    private JdbcCheck(
            DataSource dataSource,
            SqlText sql,
            List<Expectation<? super FirstRow>> expectations,
            Limits limits,
            @Nullable String description) {
        this.dataSource = dataSource;
        this.sql = sql;
        this.expectations = expectations;
        this.limits = limits;
        this.description = description;
    }

    /**
     * Checks that a connection can be had and is valid, which is what {@link java.sql.Connection#isValid} says.
     *
     * @param dataSource gives the connections; stays the caller's
     * @return the check
     */
    public static JdbcCheck of(DataSource dataSource) {
        Objects.requireNonNull(dataSource, "dataSource");
        return new JdbcCheck(dataSource, NO_QUERY, List.of(), Limits.NONE, null);
    }

    /**
     * Asks this instead of whether the connection is valid.
     *
     * <p>Default: nothing is asked.
     *
     * @param statement a query without parameters, of 1 to 100,000 characters
     * @return a copy with that query
     * @throws IllegalArgumentException if it is blank or too long
     */
    public JdbcCheck query(String statement) {
        Objects.requireNonNull(statement, "query");
        if (statement.isBlank() || statement.length() > MAX_SQL) {
            throw new IllegalArgumentException("query must be a statement of 1 to " + MAX_SQL
                    + " characters such as 'select 1', but has " + statement.length());
        }
        return new JdbcCheck(dataSource, new SqlText(statement), expectations, limits, description);
    }

    /**
     * Expects something of the first row. Several expectations add up: all of them must hold. No row at all is a failure
     * then.
     *
     * <p>Default: none.
     *
     * @param expectation what is expected, such as {@code RowExpectation.atMost(500)}
     * @return a copy with that expectation
     * @throws IllegalArgumentException if there are more than 32 expectations
     * @throws IllegalStateException if there is no query yet
     */
    public JdbcCheck expect(Expectation<? super FirstRow> expectation) {
        requireQuery("expect");
        return new JdbcCheck(dataSource, sql, Expectations.append(expectations, expectation), limits, description);
    }

    /**
     * Expects a number of rows. At most one row more than that is read.
     *
     * <p>Default: any number; then only the first row is read.
     *
     * @param least the least number, from 0 to 10,000
     * @param most the largest number, from {@code least} to 10,000; {@link Integer#MAX_VALUE} for any
     * @return a copy with that expectation
     * @throws IllegalArgumentException if a number is outside its range
     * @throws IllegalStateException if there is no query yet
     */
    public JdbcCheck expectRows(int least, int most) {
        requireQuery("expectRows");
        return with(limits.rows(least, most));
    }

    /**
     * Warns if the data source takes longer than this to give a connection: because all of its pool are taken, or because
     * the database is slow to accept one.
     *
     * <p>Default: no limit; from 1 millisecond to 1 hour.
     *
     * @param limit the longest wait without a warning
     * @return a copy with that limit
     * @throws IllegalArgumentException if the limit is outside its range
     * @throws IllegalStateException if it is not less than {@link #failWhenWaiting}
     */
    public JdbcCheck warnWhenWaiting(Duration limit) {
        return with(limits.waiting(own -> own.warn(limit)));
    }

    /**
     * Fails with {@code ASSERTION} if the data source takes longer than this to give a connection. The run goes on to its
     * end; what is wrong with the answer counts for more. A data source that gives up by itself is {@code CONNECT} or
     * {@code TIMEOUT}, however long it took.
     *
     * <p>Default: no limit; from 1 millisecond to 1 hour.
     *
     * @param limit the longest wait without a failure
     * @return a copy with that limit
     * @throws IllegalArgumentException if the limit is outside its range
     * @throws IllegalStateException if it is not more than {@link #warnWhenWaiting}
     */
    public JdbcCheck failWhenWaiting(Duration limit) {
        return with(limits.waiting(own -> own.fail(limit)));
    }

    /**
     * Warns if it takes longer than this from the beginning of the run to the end of the answer.
     *
     * <p>Default: no limit; from 1 millisecond to 1 hour.
     *
     * @param limit the longest time without a warning
     * @return a copy with that limit
     * @throws IllegalArgumentException if the limit is outside its range
     * @throws IllegalStateException if it is not less than {@link #failAbove}
     */
    public JdbcCheck warnAbove(Duration limit) {
        return with(limits.whole(own -> own.warn(limit)));
    }

    /**
     * Fails with {@code ASSERTION} if it takes longer than this from the beginning of the run to the end of the answer. The
     * run goes on to its end; the timeout of the check is what ends it sooner.
     *
     * <p>Default: no limit; from 1 millisecond to 1 hour.
     *
     * @param limit the longest time without a failure
     * @return a copy with that limit
     * @throws IllegalArgumentException if the limit is outside its range
     * @throws IllegalStateException if it is not more than {@link #warnAbove}
     */
    public JdbcCheck failAbove(Duration limit) {
        return with(limits.whole(own -> own.fail(limit)));
    }

    /**
     * Names the database, to be shown as the {@linkplain #target() target}. A data source is not asked what it is called,
     * since many tell their password.
     *
     * <p>Default: the query without its values, or {@code a connection}.
     *
     * @param text one line of 1 to 100 characters
     * @return a copy with that name
     * @throws IllegalArgumentException if the text is no such line
     */
    public JdbcCheck describedAs(String text) {
        return new JdbcCheck(dataSource, sql, expectations, limits, LineText.requireName("describedAs", text));
    }

    private JdbcCheck with(Limits other) {
        return new JdbcCheck(dataSource, sql, expectations, other, description);
    }

    private void requireQuery(String option) {
        if (!hasQuery()) {
            throw new IllegalStateException(option + " needs a query; give it first");
        }
    }

    DataSource dataSource() {
        return dataSource;
    }

    boolean hasQuery() {
        return !sql.sql().isEmpty();
    }

    SqlText sql() {
        return sql;
    }

    List<Expectation<? super FirstRow>> expectations() {
        return expectations;
    }

    Limits limits() {
        return limits;
    }

    @Override
    public CheckResult run(CheckContext context) {
        return new JdbcRun(this, context).run();
    }

    @Override
    public String kind() {
        return "jdbc";
    }

    /**
     * Returns what is asked, or what {@link #describedAs} said.
     *
     * @return a text without a value, and without a name of the data source
     */
    @Override
    public String target() {
        if (description != null) {
            return description;
        }
        return hasQuery() ? sql.shown() : "a connection";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JdbcCheck that
                && dataSource.equals(that.dataSource)
                && sql.equals(that.sql)
                && expectations.equals(that.expectations)
                && limits.equals(that.limits)
                && Objects.equals(description, that.description);
    }

    @Override
    public int hashCode() {
        return Objects.hash(dataSource, sql, expectations, limits, description);
    }

    @Override
    public String toString() {
        return "JDBC " + target();
    }
}
