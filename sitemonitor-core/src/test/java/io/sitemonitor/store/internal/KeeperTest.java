package io.sitemonitor.store.internal;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.schedule.Platform;
import io.sitemonitor.schedule.internal.Timers;
import io.sitemonitor.store.Change;
import io.sitemonitor.store.OpenStore;
import io.sitemonitor.testing.ManualTime;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KeeperTest {

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-03-01T12:00:00Z"));
    private final Timers timers = new Timers(time, error -> {
        throw new IllegalStateException(error);
    });
    private final List<Throwable> complaints = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final Recording store = new Recording();

    /** Notes what is written, and fails when it is told to. */
    private static final class Recording implements OpenStore {

        private final Map<String, byte[]> records = new LinkedHashMap<>();
        private final List<Integer> writes = new ArrayList<>();
        private volatile @Nullable Throwable failure;
        private boolean closed;
        private Runnable meanwhile = () -> {};

        @Override
        public void read(BiConsumer<String, byte[]> reader) {
            records.forEach(reader);
        }

        @Override
        public List<String> losses() {
            return List.of();
        }

        @Override
        public synchronized void write(List<Change> changes) throws IOException {
            meanwhile.run();
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure != null) {
                throw new IOException(failure);
            }
            writes.add(changes.size());
            for (Change change : changes) {
                byte[] bytes = change.bytes();
                if (bytes == null) {
                    records.remove(change.key());
                } else {
                    records.put(change.key(), bytes);
                }
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private Keeper keeper() {
        Platform.Loop loop = time.loop("timer", timers);
        timers.attach(loop);
        return new Keeper(store, "store", time, timers, complaints::add);
    }

    private static List<Change> put(String... keys) {
        List<Change> changes = new ArrayList<>();
        for (String key : keys) {
            changes.add(Change.put(key, new byte[] {1}));
        }
        return changes;
    }

    @Test
    void whatFollowsComesAfterTheWrite() {
        Keeper keeper = keeper();
        keeper.keep(put("a", "b"), () -> done.add("a with " + store.records.size()));
        time.advance(ofSeconds(1));

        assertThat(done).containsExactly("a with 2");
        assertThat(keeper.isIdle()).isTrue();
        keeper.close(ofSeconds(1));
        assertThat(store.closed).isTrue();
        assertThat(complaints).isEmpty();
    }

    @Test
    void whatCannotBeWrittenHoldsNothingUpAndIsWrittenLater() {
        Keeper keeper = keeper();
        store.failure = new IOException("no room");
        keeper.keep(put("a"), () -> done.add("a"));
        time.advance(ofSeconds(1));
        keeper.keep(put("b"), () -> done.add("b"));
        keeper.keep(List.of(Change.remove("a")), () -> done.add("c"));
        keeper.keep(put("d"), () -> done.add("d"));
        time.advance(ofSeconds(600));

        assertThat(done).containsExactly("a", "b", "c", "d");
        assertThat(store.records).isEmpty();
        assertThat(keeper.owed()).isEqualTo(3);
        assertThat(complaints).as("growing pauses").hasSizeBetween(10, 20);

        store.failure = null;
        time.advance(ofSeconds(61));
        assertThat(store.records).containsOnlyKeys("b", "d");
        assertThat(keeper.owed()).isZero();
        keeper.keep(put("e"), () -> done.add("e"));
        time.advance(ofSeconds(1));
        assertThat(store.records).containsOnlyKeys("b", "d", "e");
    }

    @Test
    void whatComesDuringAWriteThatFailsIsOwedToo() {
        Keeper keeper = keeper();
        store.failure = new IOException("no room");
        store.meanwhile = () -> {
            store.meanwhile = () -> {};
            keeper.keep(put("b"), () -> done.add("b"));
        };
        keeper.keep(put("a"), () -> done.add("a"));
        time.advance(ofMillis(500));
        assertThat(done).containsExactly("a", "b");
        store.failure = null;
        time.advance(ofSeconds(2));

        assertThat(store.records).containsOnlyKeys("a", "b");
    }

    @Test
    void anErrorOfTheStoreIsAFailureLikeOthers() {
        Keeper keeper = keeper();
        store.failure = new NoClassDefFoundError("driver");
        keeper.keep(put("a"), () -> done.add("a"));
        time.advance(ofMillis(500));

        assertThat(done).containsExactly("a");
        assertThat(complaints).hasSize(1).first().isInstanceOf(NoClassDefFoundError.class);
    }

    @Test
    void aCloseTriesOnceMore() {
        Keeper keeper = keeper();
        store.failure = new IOException("no room");
        keeper.keep(put("a"), () -> {});
        time.advance(ofSeconds(500));
        store.failure = null;
        keeper.close(ofSeconds(1));

        assertThat(store.records).containsOnlyKeys("a");
    }

    @Test
    void afterTheEndNothingWaitsForIt() {
        Keeper keeper = keeper();
        keeper.close(ofSeconds(1));
        keeper.keep(put("a"), () -> done.add("a"));

        assertThat(done).containsExactly("a");
    }

    @Test
    void theOrderOfEachCallerHoldsWhateverTheStoreDoes() throws Exception {
        Platform platform = Platform.system();
        Timers real = new Timers(platform.time(), error -> {});
        Platform.Loop loop = platform.loop("timer", real);
        real.attach(loop);
        int callers = 4;
        int each = 5_000;
        CountDownLatch left = new CountDownLatch(callers * each);
        List<List<Integer>> followed = new ArrayList<>();
        Keeper keeper = new Keeper(store, "store", platform, real, thrown -> {});
        List<Thread> threads = new ArrayList<>();
        for (int caller = 0; caller < callers; caller++) {
            List<Integer> its = new ArrayList<>();
            followed.add(its);
            String name = "caller" + caller;
            threads.add(new Thread(() -> {
                for (int i = 0; i < each; i++) {
                    int number = i;
                    keeper.keep(put(name + " " + number), () -> {
                        synchronized (its) {
                            its.add(number);
                        }
                        left.countDown();
                    });
                }
            }));
        }
        threads.forEach(Thread::start);
        while (left.getCount() > 0) {
            store.failure = store.failure == null ? new IOException("no room") : null;
            left.await(1, TimeUnit.MILLISECONDS);
        }
        store.failure = null;
        keeper.close(ofSeconds(30));
        loop.close();
        for (List<Integer> its : followed) {
            assertThat(its).hasSize(each).isSorted();
        }
        assertThat(store.records).hasSize(callers * each);
    }
}
