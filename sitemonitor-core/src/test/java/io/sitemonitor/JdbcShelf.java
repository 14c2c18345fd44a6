package io.sitemonitor;

import io.sitemonitor.store.OpenStore;
import io.sitemonitor.store.jdbc.FragileDataSource;
import io.sitemonitor.store.jdbc.JdbcStore;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A store in a database, which loses its connections when the process ends, and cannot be reached while it fails. */
final class JdbcShelf implements Shelf {

    private final DataSource database;
    private FragileDataSource connections;
    private @Nullable OpenStore open;

    JdbcShelf(DataSource database) {
        this.database = database;
        this.connections = new FragileDataSource(database);
    }

    @Override
    public OpenStore open(String monitor) throws IOException {
        OpenStore opened = JdbcStore.in(connections).createTable().open(monitor);
        open = opened;
        return opened;
    }

    @Override
    public void failWith(@Nullable IOException thrown) {
        try {
            connections.away(thrown == null ? null : new SQLException(thrown.getMessage()));
            if (thrown != null) {
                connections.cut();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void kill() throws SQLException {
        connections.away(new SQLException("this process has ended"));
        connections.cut();
        Objects.requireNonNull(open).close(); // only its thread is left
        connections = new FragileDataSource(database);
    }

    @Override
    public int size(String monitor) throws IOException {
        AtomicInteger size = new AtomicInteger();
        Objects.requireNonNull(open).read((key, bytes) -> size.incrementAndGet());
        return size.get();
    }
}
