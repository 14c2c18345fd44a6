package io.sitemonitor.check.jdbc;

import io.sitemonitor.BareDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;

/**
 * A data source between a check and a real one: it writes down each call, and misbehaves at those that a test names, such as
 * {@code Connection.close}.
 */
final class TrickyDataSource extends BareDataSource {

    /** What happens in place of a call. */
    @FunctionalInterface
    interface Trick {
        Object instead(Real call) throws Throwable;
    }

    /** The call as it would be. */
    @FunctionalInterface
    interface Real {
        Object call() throws Throwable;
    }

    private final DataSource delegate;
    private final Map<String, Trick> tricks = new ConcurrentHashMap<>();
    private final Queue<String> calls = new ConcurrentLinkedQueue<>();
    private final Queue<Connection> given = new ConcurrentLinkedQueue<>();

    TrickyDataSource(DataSource delegate) {
        this.delegate = delegate;
    }

    TrickyDataSource on(String call, Trick trick) {
        tricks.put(call, trick);
        return this;
    }

    /** Does what is asked and then throws, as a broken pool does. */
    static Trick throwing(Throwable thrown) {
        return real -> {
            real.call();
            throw thrown;
        };
    }

    List<String> calls() {
        return List.copyOf(calls);
    }

    long count(String call) {
        return calls.stream().filter(call::equals).count();
    }

    void forget() {
        calls.clear();
    }

    boolean allAreClosed() throws SQLException {
        for (Connection connection : given) {
            if (!connection.isClosed()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            return (Connection) call("DataSource.getConnection", () -> {
                Connection connection = delegate.getConnection();
                given.add(connection);
                return wrapped(Connection.class, connection);
            });
        } catch (SQLException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private Object call(String name, Real real) throws Throwable {
        calls.add(name);
        Trick trick = tricks.get(name);
        return trick == null ? real.call() : trick.instead(real);
    }

    private <T> T wrapped(Class<T> type, T object) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call(
                        type.getSimpleName() + "." + method.getName(),
                        () -> wrapped(invoke(object, method, arguments)))));
    }

    private Object wrapped(Object result) {
        if (result instanceof PreparedStatement statement) {
            return wrapped(PreparedStatement.class, statement);
        }
        return result instanceof ResultSet rows ? wrapped(ResultSet.class, rows) : result;
    }

    private static Object invoke(Object object, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(object, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Tells a password, as many data sources do. */
    @Override
    public String toString() {
        return "TrickyDataSource[jdbc:tricky://user:t0p-s3cret@db/x]";
    }
}
