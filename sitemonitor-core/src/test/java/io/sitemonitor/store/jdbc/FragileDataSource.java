package io.sitemonitor.store.jdbc;

import io.sitemonitor.BareDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Gives connections of another one, and lets them break on demand. */
public final class FragileDataSource extends BareDataSource {

    private final DataSource dataSource;
    private final List<Connection> given = new CopyOnWriteArrayList<>();
    private volatile boolean autoCommit = true;
    private volatile @Nullable SQLException away;

    /** Before which call of this method of a connection or statement it breaks, or after which; null for none. */
    private volatile @Nullable String breaks;

    private volatile boolean doesItFirst;

    public FragileDataSource(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public Connection getConnection() throws SQLException {
        SQLException thrown = away;
        if (thrown != null) {
            throw thrown;
        }
        Connection connection = dataSource.getConnection();
        connection.setAutoCommit(autoCommit);
        given.add(connection);
        return around(Connection.class, connection);
    }

    private <T> T around(Class<T> type, T inner) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    boolean now = method.getName().equals(breaks);
                    if (now) {
                        breaks = null;
                    }
                    if (now && !doesItFirst) {
                        throw new SQLException("it broke before " + method.getName());
                    }
                    Object result;
                    try {
                        result = method.invoke(inner, arguments);
                    } catch (InvocationTargetException e) {
                        throw Objects.requireNonNull(e.getCause());
                    }
                    if (now) {
                        throw new SQLException("it broke after " + method.getName());
                    }
                    return result instanceof PreparedStatement statement
                            ? around(PreparedStatement.class, statement)
                            : result;
                }));
    }

    FragileDataSource withoutAutoCommit() {
        autoCommit = false;
        return this;
    }

    /** Each connection that was given so far, without what is around it. */
    List<Connection> given() {
        return given;
    }

    /** No more connections are given; null to give some again. */
    public void away(@Nullable SQLException thrown) {
        away = thrown;
    }

    /** Breaks all connections, as the end of this process would. */
    public void cut() throws SQLException {
        for (Connection connection : given) {
            connection.abort(Runnable::run);
            connection.close(); // not every driver can abort
        }
    }

    /** Lets the next call of a method fail. */
    void failBefore(String method) {
        doesItFirst = false;
        breaks = method;
    }

    /** Lets the next call of a method do its work and fail then. */
    void failAfter(String method) {
        doesItFirst = true;
        breaks = method;
    }
}
