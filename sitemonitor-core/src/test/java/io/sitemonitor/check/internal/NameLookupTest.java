package io.sitemonitor.check.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class NameLookupTest {

    private static final long LONG = Duration.ofSeconds(30).toNanos();

    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private final NameLookup hanging = new NameLookup(host -> {
        asked.incrementAndGet();
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return List.of(InetAddress.getLoopbackAddress());
    });

    @Test
    void findsTheAddressesOfTheMachine() throws Exception {
        assertThat(NameLookup.await(NameLookup.shared().start("localhost"), LONG))
                .allMatch(InetAddress::isLoopbackAddress);
    }

    @Test
    void waitsNoLongerThanItMay() {
        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> NameLookup.await(hanging.start("slow"), 1_000_000));
        over.countDown();
    }

    @Test
    void asksOnceForAllWhoWaitForTheSameName() throws Exception {
        List<CompletableFuture<List<InetAddress>>> lookups = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            lookups.add(hanging.start("slow"));
        }
        over.countDown();

        for (CompletableFuture<List<InetAddress>> lookup : lookups) {
            assertThat(NameLookup.await(lookup, LONG)).hasSize(1);
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void asksAgainAfterAnAnswer() throws Exception {
        over.countDown();
        NameLookup.await(hanging.start("quick"), LONG);
        NameLookup.await(hanging.start("quick"), LONG);

        assertThat(asked).hasValue(2);
    }

    @Test
    void cancellingOneLeavesTheOthersWaiting() throws Exception {
        CompletableFuture<List<InetAddress>> first = hanging.start("slow");
        CompletableFuture<List<InetAddress>> second = hanging.start("slow");

        first.cancel(false);

        assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> NameLookup.await(first, LONG));
        over.countDown();
        assertThat(NameLookup.await(second, LONG)).hasSize(1);
    }

    @Test
    @DisplayName("P26: has at most 32 threads, and a bound for those that wait")
    void isBounded() throws Exception {
        List<CompletableFuture<List<InetAddress>>> lookups = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            lookups.add(hanging.start("name-" + i));
        }

        await().until(() -> asked.get() == 32);
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> NameLookup.await(lookups.get(4_999), LONG));
        over.countDown();
        assertThat(NameLookup.await(lookups.get(0), LONG)).hasSize(1);
        assertThat(NameLookup.await(lookups.get(4_000), LONG)).hasSize(1);
    }

    @Test
    @DisplayName("P24: leaves no thread behind")
    void itsThreadsEnd() throws Exception {
        List<Thread> threads = new ArrayList<>();
        NameLookup names = new NameLookup(host -> {
            threads.add(Thread.currentThread());
            return List.of(InetAddress.getLoopbackAddress());
        });

        NameLookup.await(names.start("quick"), LONG);

        assertThat(threads).singleElement().satisfies(thread -> {
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getName()).isEqualTo("sitemonitor-dns-1");
            await().until(() -> !thread.isAlive());
        });
    }

    @Test
    void passesOnWhyThereIsNoAddress() {
        NameLookup names = new NameLookup(host -> {
            throw new UnknownHostException(host + ": Temporary failure in name resolution");
        });

        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> NameLookup.await(names.start("db"), LONG))
                .satisfies(e -> assertThat(NameLookup.describe("db", e))
                        .isEqualTo("cannot look up 'db': Temporary failure in name resolution"));
    }

    @Test
    void aNameWithoutAddressIsUnknown() {
        NameLookup names = new NameLookup(host -> List.of());

        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> NameLookup.await(names.start("db"), LONG))
                .withMessage("it has no address");
    }

    @Test
    void survivesAResolverThatBreaks() throws Exception {
        NameLookup names = new NameLookup(host -> {
            if (host.equals("bad")) {
                throw new StackOverflowError("deep");
            }
            return List.of(InetAddress.getLoopbackAddress());
        });

        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> NameLookup.await(names.start("bad"), LONG));
        assertThat(NameLookup.await(names.start("good"), LONG)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"'db: reason',reason", "'db',no such name", "'something else',something else"})
    void describesWhatTheSystemSays(String message, String reason) {
        assertThat(NameLookup.describe("db", new UnknownHostException(message)))
                .isEqualTo("cannot look up 'db': " + reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "255.255.255.255", "::1", "2001:db8::7"})
    void readsAddressesWithoutAsking(String text) throws Exception {
        assertThat(NameLookup.literal(text)).isEqualTo(InetAddress.getByName(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1..2.3", "1.2.3.", "", "1.2.3.x", "a:b"})
    void takesEverythingElseForAName(String text) {
        assertThat(NameLookup.literal(text)).isNull();
    }
}
