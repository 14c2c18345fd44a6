package io.sitemonitor.amqp.internal;

import io.sitemonitor.amqp.message.CheckStatus;
import io.sitemonitor.amqp.message.EventMessage;
import io.sitemonitor.amqp.message.EventOrigin;
import io.sitemonitor.amqp.message.SnapshotMessage;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a monitor somewhere else. It follows one start of one publisher: of those that send under the name of the
 * monitor the one that was started last, and another one only when nothing has come from that for three periods.
 *
 * <p>Read without a lock by any thread; what comes in is taken under the lock of this object.
 */
public final class Mirror {

    /** Is told of each change, under the lock: it must return at once. */
    @FunctionalInterface
    public interface Changes {

        /**
         * Is told of a change.
         *
         * @param check the name of the check
         * @param from the state before
         * @param to the state from now on
         */
        void changed(String check, HealthState from, HealthState to);

        /**
         * Is told that everything is known, after the changes with which it became known; or that nothing is any more.
         *
         * @param fresh whether everything is known; the other of the time before, and true the first time
         */
        default void freshness(boolean fresh) {}
    }

    private final String monitor;
    private final int most;
    private final TimeSource time;
    private final Changes changes;
    private final CountDownLatch ready = new CountDownLatch(1);
    private volatile @Nullable Followed followed;

    // guarded by this
    private @Nullable Followed next;
    private boolean toldFresh;

    /**
     * Creates a mirror that knows nothing.
     *
     * @param monitor the name of the monitor; what comes from another is ignored
     * @param most how many checks are remembered at most
     * @param time the clock
     * @param changes is told of changes
     */
    public Mirror(String monitor, int most, TimeSource time, Changes changes) {
        this.monitor = monitor;
        this.most = most;
        this.time = time;
        this.changes = changes;
    }

    /**
     * Returns what is known of a check.
     *
     * @param check its name
     * @return what is known; null if nothing is, or nothing recent enough
     */
    public @Nullable CheckStatus fresh(String check) {
        Followed present = followed;
        return present != null && present.isFresh(time.nanos()) ? present.status(check) : null;
    }

    /**
     * Returns what was heard last of a check, however long ago.
     *
     * @param check its name
     * @return what was heard; null if there is no such check
     */
    public @Nullable CheckStatus last(String check) {
        Followed present = followed;
        return present == null ? null : present.status(check);
    }

    /**
     * Returns the names of the checks heard of last.
     *
     * @return the names, sorted; a copy
     */
    public Set<String> checks() {
        Followed present = followed;
        return present == null
                ? new TreeSet<>()
                : new TreeSet<>(present.checks().keySet());
    }

    /**
     * Tells whether everything is known and recent enough.
     *
     * @return whether a complete snapshot came within three periods
     */
    public boolean isFresh() {
        Followed present = followed;
        return present != null && present.isFresh(time.nanos());
    }

    /**
     * Tells whether the monitor said that it is offline itself.
     *
     * @return whether it did, and recently enough
     */
    public boolean isIsolated() {
        Followed present = followed;
        return present != null && present.isFresh(time.nanos()) && present.isIsolated();
    }

    /**
     * Returns how old the last complete snapshot is.
     *
     * @return the time since it came; empty if there has been none
     */
    public Optional<Duration> snapshotAge() {
        Followed present = followed;
        return present == null
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(time.nanos() - present.snapshotNanos()));
    }

    /**
     * Waits until everything is known for the first time.
     *
     * @param limit how long to wait
     * @return whether it is
     * @throws InterruptedException if the thread was interrupted
     */
    public boolean awaitReady(Duration limit) throws InterruptedException {
        return ready.await(limit.toNanos(), TimeUnit.NANOSECONDS) && isFresh();
    }

    /**
     * Takes a part of a snapshot.
     *
     * @param message what came
     * @return whether it is from the publisher that is followed
     */
    public synchronized boolean take(SnapshotMessage message) {
        look();
        boolean taken = put(message);
        look();
        return taken;
    }

    private boolean put(SnapshotMessage message) {
        if (!message.monitor().equals(monitor)) {
            return true;
        }
        Followed from = from(message.origin());
        if (from == null) {
            return false;
        }
        List<CheckStatus> before = from.take(message, time.nanos());
        if (from == followed) {
            tell(before, from);
        } else if (from.isComplete()) {
            follow(from);
        }
        return true;
    }

    /**
     * Takes an event.
     *
     * @param message what came
     * @return whether it is from the publisher that is followed
     */
    public synchronized boolean take(EventMessage message) {
        look();
        boolean taken = put(message);
        look();
        return taken;
    }

    private boolean put(EventMessage message) {
        if (!message.event().monitor().equals(monitor)) {
            return true;
        }
        Followed from = from(message.origin());
        if (from == null) {
            return false;
        }
        List<CheckStatus> before = from.take(message, time.nanos());
        if (from == followed) {
            tell(before, from);
        }
        return true;
    }

    /** Tells whether everything is known if that has changed. To be called again and again, for silence tells nobody that it is there. */
    public synchronized void look() {
        boolean fresh = isFresh();
        if (fresh != toldFresh) {
            toldFresh = fresh;
            changes.freshness(fresh);
        }
    }

    /** Returns what is known from there; null if that one is not followed. */
    private @Nullable Followed from(EventOrigin origin) {
        long now = time.nanos();
        Followed present = followed;
        if (present != null && present.isFrom(origin)) {
            return present;
        }
        Followed coming = next;
        if (coming != null && coming.isFrom(origin)) {
            return coming;
        }
        boolean presentGivesWay = present == null || present.isOlderThan(origin) || !present.isFresh(now);
        boolean comingGivesWay = coming == null || coming.isOlderThan(origin) || coming.isSilent(now);
        if (!presentGivesWay || !comingGivesWay) {
            return null;
        }
        coming = new Followed(origin, most, now);
        next = coming;
        return coming;
    }

    /** Shows what the new one says only now that all of it is known; until then the old one was good enough. */
    private void follow(Followed complete) {
        Followed past = followed;
        followed = complete;
        next = null;
        List<CheckStatus> before = new ArrayList<>();
        complete.checks().values().forEach(entry -> {
            CheckStatus known = past == null ? null : past.status(entry.status().name());
            before.add(
                    known == null
                            ? Followed.unknown(
                                    entry.status().name(), entry.status().since())
                            : known);
        });
        if (past != null) {
            past.checks().values().stream()
                    .map(Followed.Entry::status)
                    .filter(status -> complete.status(status.name()) == null)
                    .forEach(before::add);
        }
        tell(before, complete);
        ready.countDown();
    }

    private void tell(List<CheckStatus> before, Followed present) {
        for (CheckStatus was : before) {
            CheckStatus is = present.status(was.name());
            HealthState state = is == null ? HealthState.UNKNOWN : is.state();
            if (state != was.state()) {
                changes.changed(was.name(), was.state(), state);
            }
        }
    }
}
