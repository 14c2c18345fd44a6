package io.sitemonitor.store.jdbc;

import io.sitemonitor.schedule.Platform;
import io.sitemonitor.store.Change;
import io.sitemonitor.store.OpenStore;
import io.sitemonitor.store.StoreTakenException;
import io.sitemonitor.store.jdbc.Draft.Places;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The records of one monitor in a table, open. Two threads use its connection, one at a time: the caller's, and the one that
 * says again and again that this owner lives. Whoever is last after the close gives the connection back.
 */
final class OpenTable implements OpenStore {

    /** How long a close waits for a statement, or for a connection that nobody gives. */
    private static final long CLOSE_LIMIT = Duration.ofSeconds(2).toNanos();

    private final Connector connector;
    private final Statements sql;
    private final Rows rows;
    private final Renewing renewing;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean closed;

    // guarded by lock
    private Database database = Database.OTHER;
    private Owner owner = Owner.me();
    private @Nullable Session session;

    /** Null if the database has to be asked: what was written last is not known. */
    private @Nullable Places places;

    /** Who has the records now, if this is no longer the owner. */
    private @Nullable String taken;

    /** Takes a connection of the host's. */
    @FunctionalInterface
    interface Connector {
        Session connect() throws SQLException;
    }

    private OpenTable(Connector connector, Statements sql, Duration takeOverAfter) {
        this.connector = connector;
        this.sql = sql;
        this.rows = new Rows(sql);
        this.renewing = new Renewing(this::renew, takeOverAfter.dividedBy(3));
    }

    static OpenTable open(Connector connector, Statements sql, Duration takeOverAfter, boolean creates)
            throws IOException {
        OpenTable table = new OpenTable(connector, sql, takeOverAfter);
        boolean opened = false;
        try {
            table.inSession(session -> {
                table.requireTable(session, creates);
                new Claim(session, table.database, sql, table.rows, takeOverAfter).make(table.owner);
                return session;
            });
            opened = true;
            table.renewing.start(Platform.system().promptWorkers("sitemonitor-" + sql.monitor() + "-lease", 1));
            return table;
        } finally {
            if (!opened) {
                table.giveBack();
            }
        }
    }

    private void requireTable(Session on, boolean creates) throws SQLException, IOException {
        try {
            rows.owner(on);
        } catch (SQLException e) {
            String creation = database.creation(sql.table());
            if (!SqlTroubles.isNoTable(e)) {
                throw e;
            }
            if (!creates || creation == null) {
                throw new IOException(
                        "there is no table " + sql.table() + ": " + database.advice() + ", or createTable()",
                        SqlTroubles.toIo(e));
            }
            on.rollback();
            on.run(creation);
        }
        on.commit();
    }

    @Override
    public void read(BiConsumer<String, byte[]> reader) throws IOException {
        Places found = new Places();
        List<Rows.Kept> records = inSession(on -> {
            List<Rows.Kept> all = rows.records(on, found);
            places = found;
            return all;
        });
        records.forEach(each -> reader.accept(each.key(), each.bytes()));
    }

    @Override
    public List<String> losses() {
        return List.of();
    }

    @Override
    public void write(List<Change> changes) throws IOException {
        List<Change> all = new ArrayList<>(changes);
        inSession(on -> {
            own(on);
            Places before = places == null ? rows.places(on) : places;
            places = null; // until the database has said that it is done
            Draft draft = new Draft(before, all);
            rows.write(on, draft);
            on.commit();
            draft.done();
            places = before;
            return all;
        });
    }

    /** Makes sure within the transaction that this is the owner, and says that it lives. */
    private void own(Session on) throws SQLException, StoreTakenException {
        Owner renewed = owner.renewed();
        if (!rows.replaceOwner(on, owner, renewed)) {
            String now = Claim.taken(sql, rows.owner(on));
            taken = now;
            throw new StoreTakenException(now);
        }
        owner = renewed;
    }

    private boolean renew() {
        try {
            inSession(on -> {
                own(on);
                return owner;
            });
            return true;
        } catch (IOException e) {
            return false; // the next write says so
        }
    }

    /** What is done in a transaction. */
    @FunctionalInterface
    private interface Work<T> {
        T on(Session session) throws SQLException, IOException;
    }

    private <T> T inSession(Work<T> work) throws IOException {
        lock.lock();
        try {
            requireOpen();
            Session on = connected();
            boolean done = false;
            try {
                T result = work.on(on);
                on.commit();
                done = true;
                return result;
            } finally {
                if (!done && (taken != null || !on.recover())) {
                    disconnect();
                }
            }
        } catch (SQLException | RuntimeException e) {
            throw SqlTroubles.toIo(e);
        } finally {
            if (closed) {
                giveBack();
            }
            lock.unlock();
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("the store is closed");
        }
        if (taken != null) {
            throw new StoreTakenException(taken);
        }
    }

    /** The caller holds the lock. */
    private Session connected() throws SQLException {
        Session present = session;
        if (present == null) {
            present = connector.connect();
            session = present;
            try {
                database = present.database();
                owner = owner.in(database.session(present));
            } catch (SQLException | RuntimeException e) {
                disconnect();
                throw e;
            }
        }
        return present;
    }

    /** The caller holds the lock. */
    private void disconnect() {
        Session present = session;
        session = null;
        if (present != null) {
            present.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        renewing.close();
        boolean mine = lock.tryLock();
        try {
            mine = mine || lock.tryLock(CLOSE_LIMIT, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (mine) {
            giveBack();
            lock.unlock();
        }
    }

    /** Lets others have the records. */
    private void giveBack() {
        lock.lock();
        try {
            Session present = session;
            if (present != null) {
                rows.removeOwner(present, owner);
                present.commit();
            }
        } catch (SQLException | RuntimeException e) {
            // then others see that the session has ended
        } finally {
            disconnect();
            lock.unlock();
        }
    }
}
