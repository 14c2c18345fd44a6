package io.sitemonitor.store.jdbc;

import io.sitemonitor.store.StoreTakenException;
import io.sitemonitor.time.TimeSource;
import java.io.InterruptedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Becomes the owner of the records of a monitor. Nobody compares clocks: who finds another owner looks for as long as that one may be
 * silent whether it says anything, by its own monotonic clock. For one caller at a time.
 */
final class Claim {

    private static final long PAUSE = Duration.ofMillis(50).toNanos();

    private final Session session;
    private final Database database;
    private final Statements sql;
    private final Rows rows;
    private final long patience;
    private final TimeSource time = TimeSource.system();

    Claim(Session session, Database database, Statements sql, Rows rows, Duration patience) {
        this.session = session;
        this.database = database;
        this.sql = sql;
        this.rows = rows;
        this.patience = patience.toNanos();
    }

    /** Waits until the records are free, or somebody is known to have them. */
    void make(Owner me) throws SQLException, StoreTakenException, InterruptedIOException {
        Owner first = null;
        long since = time.nanos();
        while (true) {
            Owner present = rows.owner(session);
            if (present == null) {
                if (add(me)) {
                    return;
                }
            } else if (first != null && !present.equals(first)) {
                throw refusal(present);
            } else if (database.hasEnded(session, present.session()) || time.nanos() - since >= patience) {
                if (rows.replaceOwner(session, present, me)) {
                    session.commit();
                    return;
                }
            } else {
                first = present;
                session.commit();
                pause();
            }
        }
    }

    private StoreTakenException refusal(Owner by) throws SQLException {
        session.commit();
        return new StoreTakenException(taken(sql, by));
    }

    /** Says that somebody else has the records. */
    static String taken(Statements sql, @Nullable Owner by) {
        String who = by == null ? "nobody any more: its owner was removed" : by.who();
        return "what " + sql.table() + " has of '" + sql.monitor() + "' is in use by " + who;
    }

    private boolean add(Owner me) throws SQLException {
        try {
            rows.addOwner(session, me);
            session.commit();
            return true;
        } catch (SQLException e) {
            session.rollback();
            if (rows.owner(session) == null) {
                throw e;
            }
            return false; // another one was faster
        }
    }

    private static void pause() throws InterruptedIOException {
        LockSupport.parkNanos(PAUSE);
        if (Thread.interrupted()) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while another owner was given time to say that it lives");
        }
    }
}
