package io.sitemonitor.testing;

import io.sitemonitor.store.Store;
import io.sitemonitor.store.StoreContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A store in memory does what every store does")
class MemoryStoreTest extends StoreContract {

    private final MemoryStore store = new MemoryStore();

    @Override
    protected Store store() {
        return store;
    }
}
