package io.sitemonitor;

import java.io.PrintWriter;
import java.sql.Connection;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A data source that gives connections, and nothing else that one could ask of it. */
public abstract class BareDataSource implements DataSource {

    @Override
    public final Connection getConnection(String user, String password) {
        throw new UnsupportedOperationException();
    }

    @Override
    public final PrintWriter getLogWriter() {
        throw new UnsupportedOperationException();
    }

    @Override
    public final void setLogWriter(PrintWriter out) {
        throw new UnsupportedOperationException();
    }

    @Override
    public final void setLoginTimeout(int seconds) {
        throw new UnsupportedOperationException();
    }

    @Override
    public final int getLoginTimeout() {
        return 0;
    }

    @Override
    public final Logger getParentLogger() {
        throw new UnsupportedOperationException();
    }

    @Override
    public final <T> T unwrap(Class<T> type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public final boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
