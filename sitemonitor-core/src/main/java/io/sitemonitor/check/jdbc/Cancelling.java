package io.sitemonitor.check.jdbc;

import io.sitemonitor.check.CheckContext;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Cancels the statement of a run from another thread, but never after the statement was let go: by then its connection may
 * be back in its pool and work for somebody else. So whoever lets go waits for a cancel that has begun.
 */
final class Cancelling {

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Statement statement; // guarded by lock

    /** Begins: what ends the run from outside cancels this statement. */
    void watch(Statement running, CheckContext context) {
        lock.lock();
        try {
            statement = running;
        } finally {
            lock.unlock();
        }
        context.onCancel(this::cancel);
    }

    void letGo() {
        lock.lock();
        try {
            statement = null;
        } finally {
            lock.unlock();
        }
    }

    private void cancel() {
        lock.lock();
        try {
            if (statement != null) {
                statement.cancel();
            }
        } catch (SQLException | RuntimeException e) {
            // Some drivers cannot cancel. Then the query goes on until its own timeout, or the end of the connection.
        } finally {
            lock.unlock();
        }
    }
}
