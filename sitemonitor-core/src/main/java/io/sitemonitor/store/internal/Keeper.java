package io.sitemonitor.store.internal;

import io.sitemonitor.schedule.Platform;
import io.sitemonitor.schedule.internal.Timer;
import io.sitemonitor.schedule.internal.Timers;
import io.sitemonitor.store.Change;
import io.sitemonitor.store.OpenStore;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes changes into a store, in order, on a thread of its own; those that wait together are written together. What is to
 * follow upon a change follows once it is written, or once it is known that it cannot be written now: then the change is
 * tried again, with growing pauses, and nothing waits for it.
 */
public final class Keeper extends Timer {

    /** How many bytes are written at once, if there are several changes. */
    private static final int AT_ONCE = 1024 * 1024;

    private static final long FIRST_PAUSE = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofMinutes(1).toNanos();

    /** Changes that belong together, and what follows upon them. */
    private record Group(List<Change> changes, Runnable then) {}

    private final OpenStore store;
    private final TimeSource time;
    private final Timers timers;
    private final Platform platform;
    private final Platform.Workers workers;
    private final Consumer<Throwable> complaints;

    // guarded by this; the store is not called while it is held
    private final Deque<Group> waiting = new ArrayDeque<>();

    /** What could not be written, the latest change of each record. */
    private final Map<String, Change> owed = new LinkedHashMap<>();

    private boolean busy;

    /** Nothing waits for the store: it cannot be written, and all that waited has been done. */
    private boolean direct;

    private boolean closed;
    private long pause = FIRST_PAUSE;
    private long retryAt = Platform.Tick.NEVER;

    /**
     * Begins with nothing to write.
     *
     * @param store where to write
     * @param name the name of the thread
     * @param platform the clocks and threads
     * @param timers the timers of the engine
     * @param complaints is told each time that something cannot be written; must not block
     */
    public Keeper(OpenStore store, String name, Platform platform, Timers timers, Consumer<Throwable> complaints) {
        this.store = store;
        this.time = platform.time();
        this.timers = timers;
        this.platform = platform;
        this.workers = platform.promptWorkers(name, 1);
        this.complaints = complaints;
    }

    /**
     * Writes changes, all of them or none. Never blocks.
     *
     * @param changes what to change
     * @param then what follows upon it; must not block and must not throw
     */
    public void keep(List<Change> changes, Runnable then) {
        boolean waits;
        boolean begins = false;
        synchronized (this) {
            waits = !direct;
            if (waits) {
                waiting.addLast(new Group(changes, then));
                begins = !busy;
                busy = true;
            } else {
                owe(changes);
            }
        }
        if (!waits) {
            then.run();
        } else if (begins && !workers.start(new Writing())) {
            doWithoutStore();
        }
    }

    /** The caller holds the lock. */
    private void owe(List<Change> changes) {
        changes.forEach(change -> {
            owed.remove(change.key());
            owed.put(change.key(), change);
        });
    }

    /** Counts the records whose change could not be written until now. */
    synchronized int owed() {
        return owed.size();
    }

    @Override
    protected long fire(long now) {
        synchronized (this) {
            if (!owed.isEmpty() && now - retryAt < 0) {
                return retryAt;
            }
            if (!claim()) {
                return Platform.Tick.NEVER;
            }
        }
        workers.start(new Writing());
        return Platform.Tick.NEVER;
    }

    /** The caller holds the lock, and tries again to write what is owed if this says so. */
    private boolean claim() {
        if (closed || busy || owed.isEmpty()) {
            return false;
        }
        busy = true;
        return true;
    }

    /**
     * Writes what can be written within the limit, and closes the store. Nothing may be kept any more.
     *
     * @param limit how long it may take
     */
    public void close(Duration limit) {
        long end = time.nanos() + limit.toNanos();
        platform.await(this::isIdle, limit);
        boolean again;
        synchronized (this) {
            again = claim();
        }
        if (again) {
            workers.start(new Writing()); // once more, whatever the pause
            platform.await(this::isIdle, Duration.ofNanos(Math.max(0, end - time.nanos())));
        }
        synchronized (this) {
            closed = true;
        }
        workers.close();
        store.close();
    }

    /**
     * Tells whether nothing is being written and nothing waits for it.
     *
     * @return whether all that was to follow upon changes has been done
     */
    public synchronized boolean isIdle() {
        return !busy;
    }

    private final class Writing implements Platform.Work {

        @Override
        public void call() {
            boolean goesOn = writeOwed();
            while (goesOn) {
                List<Group> groups = take();
                goesOn = !groups.isEmpty() && write(groups);
            }
        }

        @Override
        public boolean done() {
            return true;
        }
    }

    /** Writes what could not be written before; returns whether it can be gone on. */
    private boolean writeOwed() {
        while (true) {
            List<Change> changes;
            synchronized (this) {
                if (owed.isEmpty()) {
                    direct = false;
                    pause = FIRST_PAUSE;
                    return true;
                }
                changes = List.copyOf(owed.values());
            }
            if (!tryWrite(changes)) {
                synchronized (this) {
                    busy = false;
                }
                return false;
            }
            synchronized (this) {
                changes.forEach(change -> owed.remove(change.key(), change));
            }
        }
    }

    private synchronized List<Group> take() {
        List<Group> groups = new ArrayList<>();
        for (int bytes = 0; !waiting.isEmpty() && bytes < AT_ONCE; ) {
            Group group = waiting.removeFirst();
            groups.add(group);
            bytes += group.changes().stream().mapToInt(Keeper::size).sum();
        }
        busy = !groups.isEmpty();
        return groups;
    }

    private static int size(Change change) {
        byte @Nullable [] bytes = change.bytes();
        return change.key().length() + (bytes == null ? 0 : bytes.length);
    }

    private boolean write(List<Group> groups) {
        List<Change> changes = new ArrayList<>();
        groups.forEach(group -> changes.addAll(group.changes()));
        boolean written = changes.isEmpty() || tryWrite(changes);
        if (!written) {
            synchronized (this) {
                owe(changes);
            }
        }
        groups.forEach(group -> group.then().run());
        if (!written) {
            doWithoutStore();
        }
        return written;
    }

    /** Foreign code: whatever it throws means that nothing was written. */
    private boolean tryWrite(List<Change> changes) {
        try {
            store.write(changes);
            return true;
        } catch (Throwable e) {
            long at;
            synchronized (this) {
                at = time.nanos() + pause;
                retryAt = at;
                pause = Math.min(2 * pause, LONGEST_PAUSE);
            }
            complaints.accept(e);
            timers.wake(this, at);
            return false;
        }
    }

    /** Nothing can be written now, so nobody waits for it. */
    private void doWithoutStore() {
        while (true) {
            Group group;
            synchronized (this) {
                group = waiting.pollFirst();
                if (group == null) {
                    direct = true;
                    busy = false;
                    return;
                }
                owe(group.changes());
            }
            group.then().run();
        }
    }
}
