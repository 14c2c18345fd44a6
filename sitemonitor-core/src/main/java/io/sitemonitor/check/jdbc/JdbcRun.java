package io.sitemonitor.check.jdbc;

import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.check.internal.Deadline;
import io.sitemonitor.check.internal.Expectations;
import io.sitemonitor.check.internal.RunEnd;
import io.sitemonitor.check.internal.Wording;
import io.sitemonitor.check.jdbc.FirstRow.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run of a {@link JdbcCheck}; used by its thread alone, except for what ends it from outside. */
final class JdbcRun {

    private static final int MOST_FETCHED = 100;

    /** Four bytes for each character that is kept. */
    private static final int MAX_FIELD = 4 * FirstRow.MAX_TEXT;

    private final JdbcCheck check;
    private final SqlTroubles troubles;
    private final CheckContext context;
    private final Deadline deadline;
    private final Cancelling cancelling = new Cancelling();
    private final Map<String, Duration> phases = new LinkedHashMap<>();
    private final Map<String, String> facts = new LinkedHashMap<>();
    private final long startedAt;
    private Duration waited = Duration.ZERO;
    private @Nullable Exception untidy;

    JdbcRun(JdbcCheck check, CheckContext context) {
        this.check = check;
        this.context = context;
        troubles = new SqlTroubles(check.sql());
        deadline = Deadline.of(context);
        startedAt = context.time().nanos();
    }

    CheckResult run() {
        CheckResult result = connected();
        if (untidy != null && result.verdict() == Verdict.PASS) {
            result =
                    CheckResult.warn(result.message() + ", but it could not be tidied up: " + troubles.message(untidy));
        }
        return result.with(new Evidence(null, phases, facts, null));
    }

    private CheckResult connected() {
        if (RunEnd.isDue(deadline)) {
            return ended("connecting");
        }
        Connection connection;
        try {
            connection = check.dataSource().getConnection();
        } catch (SQLException | RuntimeException e) {
            return isEnd(e) ? ended("connecting") : troubles.unconnected(e);
        } finally {
            waited = since(startedAt);
            phases.put("connect", waited);
        }
        if (connection == null) {
            return CheckResult.fail(FailureKind.CHECK_ERROR, "the data source gave null for a connection");
        }
        long from = context.time().nanos();
        String phase = check.hasQuery() ? "query" : "valid";
        try {
            if (RunEnd.isDue(deadline)) {
                return ended("connecting");
            }
            return check.hasQuery() ? queried(connection) : validated(connection);
        } catch (SQLException | RuntimeException e) {
            return isEnd(e) ? ended(phase) : troubles.unanswered(e);
        } finally {
            phases.put(phase, since(from));
            giveBack(connection);
        }
    }

    private CheckResult validated(Connection connection) throws SQLException {
        if (connection.isValid(secondsLeft())) {
            return check.limits().timed("the connection is valid", waited, since(startedAt), null);
        }
        return RunEnd.isDue(deadline)
                ? ended("valid")
                : CheckResult.fail(FailureKind.CONNECT, "the connection is not valid");
    }

    private CheckResult queried(Connection connection) throws SQLException {
        String sql = check.sql().sql();
        PreparedStatement statement =
                connection.prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
        Integer timeoutBefore = null;
        try {
            int rows = check.limits().rowsRead();
            timeoutBefore = timeout(statement);
            ask(() -> statement.setQueryTimeout(secondsLeft()));
            ask(() -> statement.setMaxRows(rows));
            ask(() -> statement.setFetchSize(Math.min(rows, MOST_FETCHED)));
            ask(() -> statement.setMaxFieldSize(MAX_FIELD));
            cancelling.watch(statement, context);
            return RunEnd.isDue(deadline) ? ended("query") : answered(statement.executeQuery());
        } finally {
            cancelling.letGo();
            restoreTimeout(statement, timeoutBefore);
            close(statement);
        }
    }

    private static @Nullable Integer timeout(PreparedStatement statement) throws SQLException {
        try {
            return statement.getQueryTimeout();
        } catch (SQLFeatureNotSupportedException | UnsupportedOperationException e) {
            return null;
        }
    }

    /** To some drivers the timeout of a statement is that of its connection, which others will use. */
    private void restoreTimeout(PreparedStatement statement, @Nullable Integer seconds) {
        try {
            if (seconds != null) {
                ask(() -> statement.setQueryTimeout(seconds));
            }
        } catch (SQLException | RuntimeException e) {
            untidy(e);
        }
    }

    private CheckResult answered(ResultSet rows) throws SQLException {
        List<Column> columns = List.of();
        int count = 0;
        try {
            while (count < check.limits().rowsRead() && rows.next()) {
                if (RunEnd.isDue(deadline)) {
                    return ended("reading row " + (count + 1));
                }
                columns = count == 0 ? Rows.columns(rows) : columns;
                count++;
            }
        } finally {
            close(rows);
        }
        return RunEnd.isDue(deadline) ? ended("query") : judged(columns, count);
    }

    private CheckResult judged(List<Column> columns, int count) {
        Duration took = since(startedAt);
        if (check.limits().counted()) {
            facts.put("rows", count > check.limits().mostRows() ? "more than " + (count - 1) : Integer.toString(count));
            CheckResult objection = check.limits().objection(count);
            if (objection != null) {
                return objection;
            }
        }
        CheckResult warning = null;
        if (!check.expectations().isEmpty()) {
            if (count == 0) {
                return CheckResult.fail("the query gives no row");
            }
            warning = Expectations.judge(check.expectations(), new FirstRow(columns, count), "row");
            if (warning != null && warning.verdict() != Verdict.WARN) {
                return warning;
            }
        }
        return check.limits().timed("the query is answered", waited, took, warning);
    }

    /** A driver that cannot do what is only asked for does without. */
    private static void ask(Request request) throws SQLException {
        try {
            request.ask();
        } catch (SQLFeatureNotSupportedException | UnsupportedOperationException e) {
            // what would be bounded earlier is bounded by the run then
        }
    }

    private interface Request {
        void ask() throws SQLException;
    }

    /** Ends the transaction that the query has begun, without which some drivers refuse to close the connection. */
    private void giveBack(Connection connection) {
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        } catch (SQLException | RuntimeException e) {
            untidy(e);
        } finally {
            close(connection);
        }
    }

    private void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            untidy(e);
        }
    }

    private void untidy(Exception thrown) {
        keepInterruption(thrown);
        untidy = untidy == null ? thrown : untidy;
    }

    /** Whether it was thrown because the run has to end. */
    private boolean isEnd(Exception thrown) {
        keepInterruption(thrown);
        return RunEnd.isDue(deadline);
    }

    private static void keepInterruption(Exception thrown) {
        if (SqlTroubles.isInterruption(thrown)) {
            Thread.currentThread().interrupt();
        }
    }

    private CheckResult ended(String doing) {
        return RunEnd.result(deadline, "no answer within " + Wording.duration(deadline.limit()) + " (" + doing + ")");
    }

    /** Zero would mean that there is no limit. */
    private int secondsLeft() {
        return (int) Math.max(1, (deadline.nanosLeft() + 999_999_999) / 1_000_000_000);
    }

    private Duration since(long nanos) {
        return Duration.ofNanos(Math.max(0, context.time().nanos() - nanos));
    }
}
