package io.sitemonitor.testing;

import io.sitemonitor.store.Change;
import io.sitemonitor.store.OpenStore;
import io.sitemonitor.store.Store;
import io.sitemonitor.store.StoreTakenException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory, for tests of what a restart leaves: a monitor that opens it finds what the one before had written. A
 * {@link #copy} is what the next process finds if this one ends at once, without a close.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class MemoryStore implements Store {

    private final Map<String, Map<String, byte[]>> records = new LinkedHashMap<>();
    private final Map<String, Opened> open = new LinkedHashMap<>();
    private @Nullable IOException failure;

    /** Begins empty. */
    public MemoryStore() {}

    /**
     * Copies what is written by now; nobody has the copy open.
     *
     * @return an independent store
     */
    public synchronized MemoryStore copy() {
        MemoryStore copy = new MemoryStore();
        records.forEach((monitor, its) -> copy.records.put(monitor, new LinkedHashMap<>(its)));
        return copy;
    }

    /**
     * Lets each write fail from now on.
     *
     * @param thrown what is thrown; null to let them succeed again
     */
    public synchronized void failWith(@Nullable IOException thrown) {
        failure = thrown;
    }

    /**
     * Counts the records of a monitor.
     *
     * @param monitor its name
     * @return how many there are
     */
    public synchronized int size(String monitor) {
        return records.getOrDefault(monitor, Map.of()).size();
    }

    @Override
    public synchronized OpenStore open(String monitor) throws IOException {
        if (open.containsKey(monitor)) {
            throw new StoreTakenException("the records of '" + monitor + "' are in use");
        }
        Opened opened = new Opened(monitor);
        open.put(monitor, opened);
        return opened;
    }

    private synchronized Map<String, byte[]> of(String monitor) {
        return new LinkedHashMap<>(records.getOrDefault(monitor, Map.of()));
    }

    private synchronized void write(Opened by, String monitor, List<Change> changes) throws IOException {
        if (open.get(monitor) != by) {
            throw new IOException("the store is closed");
        }
        if (failure != null) {
            throw failure;
        }
        Map<String, byte[]> its = records.computeIfAbsent(monitor, name -> new LinkedHashMap<>());
        for (Change change : changes) {
            byte[] bytes = change.bytes();
            if (bytes == null) {
                its.remove(change.key());
            } else {
                its.put(change.key(), bytes);
            }
        }
    }

    private synchronized void close(Opened by, String monitor) {
        open.remove(monitor, by);
    }

    private final class Opened implements OpenStore {

        private final String monitor;

        Opened(String monitor) {
            this.monitor = monitor;
        }

        @Override
        public void read(BiConsumer<String, byte[]> reader) {
            of(monitor).forEach(reader);
        }

        @Override
        public List<String> losses() {
            return List.of();
        }

        @Override
        public void write(List<Change> changes) throws IOException {
            MemoryStore.this.write(this, monitor, changes);
        }

        @Override
        public void close() {
            MemoryStore.this.close(this, monitor);
        }
    }
}
