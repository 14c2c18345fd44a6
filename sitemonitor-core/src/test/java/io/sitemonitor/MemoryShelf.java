package io.sitemonitor;

import io.sitemonitor.store.OpenStore;
import io.sitemonitor.testing.MemoryStore;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A store in memory, of which the next process finds a copy. */
final class MemoryShelf implements Shelf {

    private MemoryStore store = new MemoryStore();

    @Override
    public OpenStore open(String monitor) throws IOException {
        return store.open(monitor);
    }

    @Override
    public void failWith(@Nullable IOException thrown) {
        store.failWith(thrown);
    }

    @Override
    public void kill() {
        store = store.copy();
    }

    @Override
    public int size(String monitor) {
        return store.size(monitor);
    }
}
