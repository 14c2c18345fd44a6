package io.sitemonitor.store.jdbc;

import io.sitemonitor.store.jdbc.Draft.Added;
import io.sitemonitor.store.jdbc.Draft.Places;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of one monitor. Immutable; each call belongs to the transaction of the session that it is given. */
final class Rows {

    private static final int FETCH = 500;
    private static final int BATCH = 500;
    private static final long OWNER = 0;

    /** A record as it is kept. */
    record Kept(String key, byte[] bytes) {}

    private final Statements sql;
    private final String monitor;

    Rows(Statements sql) {
        this.sql = sql;
        this.monitor = sql.row();
    }

    /** Who has the records; null if nobody has. */
    @Nullable
    Owner owner(Session on) throws SQLException {
        try (PreparedStatement statement = on.prepare(sql.owner())) {
            statement.setString(1, monitor);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Owner.of(rows.getBytes(1), rows.getBytes(2)) : null;
            }
        }
    }

    void addOwner(Session on, Owner owner) throws SQLException {
        try (PreparedStatement statement = on.prepare(sql.add())) {
            add(statement, OWNER, owner.key(), owner.value());
            statement.executeUpdate();
        }
    }

    /** Writes who has the records in place of the one with this token, and tells whether that one still had them. */
    boolean replaceOwner(Session on, Owner before, Owner owner) throws SQLException {
        try (PreparedStatement statement = on.prepare(sql.replaceOwner())) {
            statement.setBytes(1, owner.key());
            statement.setBytes(2, owner.value());
            statement.setString(3, monitor);
            statement.setBytes(4, before.key());
            return statement.executeUpdate() == 1;
        }
    }

    void removeOwner(Session on, Owner owner) throws SQLException {
        try (PreparedStatement statement = on.prepare(sql.removeOwner())) {
            statement.setString(1, monitor);
            statement.setBytes(2, owner.key());
            statement.executeUpdate();
        }
    }

    Places places(Session on) throws SQLException {
        Places places = new Places();
        try (PreparedStatement statement = on.prepare(sql.keys())) {
            statement.setString(1, monitor);
            statement.setFetchSize(FETCH);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    places.found(key(rows), rows.getLong(1));
                }
            }
        }
        return places;
    }

    /** Reads all records in their order, and notes where they stand. */
    List<Kept> records(Session on, Places places) throws SQLException {
        List<Kept> records = new ArrayList<>();
        try (PreparedStatement statement = on.prepare(sql.records())) {
            statement.setString(1, monitor);
            statement.setFetchSize(FETCH);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String key = key(rows);
                    places.found(key, rows.getLong(1));
                    records.add(new Kept(key, rows.getBytes(3)));
                }
            }
        }
        return records;
    }

    private static String key(ResultSet rows) throws SQLException {
        return new String(rows.getBytes(2), StandardCharsets.UTF_8);
    }

    void write(Session on, Draft draft) throws SQLException {
        each(on, sql.remove(), draft.removed(), (statement, place) -> {
            statement.setString(1, monitor);
            statement.setLong(2, place);
        });
        each(on, sql.change(), draft.changed().entrySet(), this::change);
        each(on, sql.add(), draft.added().entrySet(), (statement, entry) -> {
            Added record = entry.getValue();
            add(statement, entry.getKey(), record.key().getBytes(StandardCharsets.UTF_8), record.bytes());
        });
    }

    private void change(PreparedStatement statement, Map.Entry<Long, byte[]> entry) throws SQLException {
        statement.setBytes(1, entry.getValue());
        statement.setString(2, monitor);
        statement.setLong(3, entry.getKey());
    }

    private void add(PreparedStatement statement, long place, byte[] key, byte[] value) throws SQLException {
        statement.setString(1, monitor);
        statement.setLong(2, place);
        statement.setBytes(3, key);
        statement.setBytes(4, value);
    }

    /** Fills in the parameters of one row. */
    @FunctionalInterface
    private interface Filling<T> {
        void fill(PreparedStatement statement, T row) throws SQLException;
    }

    private static <T> void each(Session on, String sql, Iterable<T> rows, Filling<T> filling) throws SQLException {
        if (!rows.iterator().hasNext()) {
            return;
        }
        try (PreparedStatement statement = on.prepare(sql)) {
            int batch = 0;
            for (T row : rows) {
                filling.fill(statement, row);
                statement.addBatch();
                batch++;
                if (batch == BATCH) {
                    statement.executeBatch();
                    batch = 0;
                }
            }
            if (batch > 0) {
                statement.executeBatch();
            }
        }
    }
}
