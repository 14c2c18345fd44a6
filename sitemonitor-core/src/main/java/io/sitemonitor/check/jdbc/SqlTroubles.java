package io.sitemonitor.check.jdbc;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.SafeText;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is made of what drivers and pools throw. */
final class SqlTroubles {

    /** A query that was ended by its timeout, or by the server's own. */
    private static final Set<String> TIMEOUTS = Set.of("57014", "HYT00", "HYT01");

    /** A server that shuts down or starts up. */
    private static final Set<String> GOING = Set.of("57P01", "57P02", "57P03");

    private static final int MAX_MESSAGE = 300;

    /** How much of a message is looked at: far more than is shown, so that no secret is cut in two at its end. */
    private static final int MAX_SAID = 10_000;

    private static final int MOST_CAUSES = 20;

    private final SqlText sql;

    SqlTroubles(SqlText sql) {
        this.sql = sql;
    }

    /** No connection came of it. */
    CheckResult unconnected(Exception thrown) {
        FailureKind kind = thrown instanceof SQLTimeoutException ? FailureKind.TIMEOUT : FailureKind.CONNECT;
        String what = state(thrown).startsWith("28") ? "the database refuses the credentials: " : "no connection: ";
        return CheckResult.fail(kind, what + message(thrown));
    }

    /** The database has answered with an error, or not at all. */
    CheckResult unanswered(Exception thrown) {
        return CheckResult.fail(kind(thrown), message(thrown));
    }

    private static FailureKind kind(Exception thrown) {
        String state = state(thrown);
        if (!(thrown instanceof SQLException)
                || thrown instanceof SQLSyntaxErrorException
                || thrown instanceof SQLFeatureNotSupportedException
                || state.startsWith("42")
                || state.startsWith("0A")) {
            return FailureKind.CHECK_ERROR;
        }
        if (thrown instanceof SQLTimeoutException || TIMEOUTS.contains(state)) {
            return FailureKind.TIMEOUT;
        }
        boolean lost = thrown instanceof SQLTransientConnectionException
                || thrown instanceof SQLNonTransientConnectionException
                || thrown instanceof SQLRecoverableException
                || state.startsWith("08")
                || GOING.contains(state);
        return lost ? FailureKind.CONNECT : FailureKind.PROTOCOL;
    }

    private static String state(Exception thrown) {
        String state = thrown instanceof SQLException e ? e.getSQLState() : null;
        return state == null ? "" : state.toUpperCase(Locale.ROOT);
    }

    /** What it says, what its root says if that is something else, and its state; all of it fit to be shown. */
    String message(Exception thrown) {
        Throwable root = thrown;
        for (int depth = 0; root.getCause() != null && depth < MOST_CAUSES; depth++) {
            root = root.getCause();
        }
        String text = said(thrown);
        String cause = root == thrown ? text : said(root);
        String state = state(thrown);
        String whole = (text.contains(cause) ? text : text + " (" + cause + ")")
                + (state.isEmpty() ? "" : " [SQLState " + state + "]");
        return SafeText.line(whole, MAX_MESSAGE);
    }

    /** Only the first line counts: in those after it drivers repeat the statement and rows of the database. */
    private String said(Throwable thrown) {
        String message = Objects.requireNonNullElse(thrown.getMessage(), "").strip();
        String line = message.substring(0, Math.min(message.length(), MAX_SAID))
                .lines()
                .findFirst()
                .orElse("")
                .replace("; SQL statement:", "");
        return line.isBlank() ? thrown.getClass().getSimpleName() : sql.clean(line);
    }

    /** Whether somebody interrupted what was thrown, which pools like to hide. */
    static boolean isInterruption(@Nullable Throwable thrown) {
        Throwable each = thrown;
        for (int depth = 0; each != null && depth < MOST_CAUSES; depth++) {
            if (each instanceof InterruptedException) {
                return true;
            }
            each = each.getCause();
        }
        return false;
    }
}
