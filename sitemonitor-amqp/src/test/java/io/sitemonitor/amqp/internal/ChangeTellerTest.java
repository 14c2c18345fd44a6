package io.sitemonitor.amqp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.sitemonitor.amqp.RemoteMonitor;
import io.sitemonitor.amqp.message.CheckStatus;
import io.sitemonitor.amqp.message.EventMessage;
import io.sitemonitor.amqp.message.EventOrigin;
import io.sitemonitor.amqp.message.SnapshotMessage;
import io.sitemonitor.event.MonitorClosed;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ChangeTellerTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final String STALE =
            "[shop] amqp remote: nothing complete was heard of the monitor for three periods, or it"
                    + " was closed; its checks are not known until it is heard of again";
    private static final String AGAIN = "[shop] amqp remote: the monitor is heard of again";

    private final Logger log = (Logger) LoggerFactory.getLogger(ChangeTellerTest.class);
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final List<String> thrown = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            said.add(event.getFormattedMessage());
            if (event.getThrowableProxy() != null) {
                thrown.add(event.getThrowableProxy().getMessage());
            }
        }
    };
    private final Clock clock = new Clock();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private long number;

    @BeforeEach
    void listen() {
        appender.start();
        log.setLevel(ch.qos.logback.classic.Level.INFO);
        log.addAppender(appender);
    }

    @AfterEach
    void listenNoMore() {
        log.detachAppender(appender);
    }

    @Test
    void saysOnceEachTimeThatNothingIsHeard() {
        ChangeTeller teller = teller(change -> told.add(change.check()));
        teller.start();
        teller.mirror().take(snapshot(HealthState.UP));
        await().until(() -> told.equals(List.of("x")));
        for (int round = 1; round <= 2; round++) {
            int times = round;
            clock.nanos.addAndGet(Duration.ofSeconds(15).toNanos());
            await().until(() -> count(STALE) == times);
            teller.mirror().take(snapshot(HealthState.UP));
            await().until(() -> count(AGAIN) == times);
        }
        teller.close();
        assertThat(said).containsExactly(STALE, AGAIN, STALE, AGAIN);
    }

    @Test
    void saysThatNothingWasEverHeard() {
        ChangeTeller teller = teller(change -> {});
        teller.start();
        teller.changed("x", HealthState.UP, HealthState.DOWN);
        clock.nanos.addAndGet(Duration.ofSeconds(15).toNanos() + 1);
        await().until(() -> count(STALE) == 1);
        teller.close();
    }

    @Test
    void dropsTheOldestChangesOfAListenerThatIsTooSlow() {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ChangeTeller teller = teller(change -> {
            told.add(change.check());
            busy.countDown();
            awaitOrSay(goOn);
        });
        teller.start();
        teller.changed("first", HealthState.UP, HealthState.DOWN);
        await().until(() -> busy.getCount() == 0);
        for (int i = 0; i < 10_005; i++) {
            teller.changed("c" + i, HealthState.UP, HealthState.DOWN);
        }
        goOn.countDown();
        await().until(() -> told.size() == 10_001 && told.contains("c10004"));
        teller.close();
        assertThat(told).startsWith("first", "c5", "c6");
    }

    @Test
    void closingInterruptsAListenerThatHangs() {
        CountDownLatch busy = new CountDownLatch(1);
        ChangeTeller teller = teller(change -> {
            busy.countDown();
            awaitOrSay(new CountDownLatch(1));
        });
        teller.start();
        teller.changed("x", HealthState.UP, HealthState.DOWN);
        await().until(() -> busy.getCount() == 0);
        teller.close();
        await().until(() -> told.equals(List.of("interrupted")));
    }

    @Test
    void tellsByItselfThatNothingIsHeardAndInOrderWithTheChanges() {
        ChangeTeller teller = teller(List.of(this::tell), List.of(this::tell));
        teller.start();
        teller.mirror().take(snapshot(HealthState.UP));
        await().until(() -> told.equals(List.of("x UP", "fresh")));
        clock.nanos.addAndGet(Duration.ofSeconds(15).toNanos() - 1);
        teller.mirror().take(snapshot(HealthState.DOWN));
        await().until(() -> told.equals(List.of("x UP", "fresh", "x DOWN")));
        clock.nanos.addAndGet(Duration.ofSeconds(15).toNanos());
        await().until(() -> told.equals(List.of("x UP", "fresh", "x DOWN", "stale")));
        teller.mirror().take(snapshot(HealthState.UP));
        teller.mirror()
                .take(new EventMessage(new EventOrigin("a", NOON, ++number), new MonitorClosed("shop", NOON, 0)));
        await().until(() -> told.equals(List.of("x UP", "fresh", "x DOWN", "stale", "x UP", "fresh", "stale")));
        teller.close();
    }

    @Test
    void whatAnybodyThrowsKeepsNobodyElseFromKnowing() {
        AtomicBoolean interrupted = new AtomicBoolean();
        ChangeTeller teller = teller(
                List.of(
                        change -> {
                            throw new StackOverflowError("deep");
                        },
                        this::tell),
                List.of(
                        fresh -> ChangeTellerTest.<RuntimeException>sneak(new InterruptedException("stop")),
                        fresh -> interrupted.set(Thread.currentThread().isInterrupted()),
                        this::tell));
        teller.start();
        teller.mirror().take(snapshot(HealthState.UP));
        await().until(() -> told.equals(List.of("x UP", "fresh")));
        assertThat(interrupted).as("the interrupt is not swallowed").isTrue();
        teller.mirror().take(snapshot(HealthState.DOWN));
        await().until(() -> told.equals(List.of("x UP", "fresh", "x DOWN")));
        teller.close();
        assertThat(said)
                .singleElement()
                .asString()
                .matches("\\[shop] amqp remote: listener " + ChangeTellerTest.class.getName()
                        + "\\S+ failed on a change of state: StackOverflowError: deep");
        assertThat(thrown).as("with its stack").containsExactly("deep");
    }

    @Test
    void whoIsTooSlowKnowsInTheEndWhetherAnythingIsKnown() {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ChangeTeller teller = teller(
                List.of(change -> {
                    if (change.check().equals("first")) {
                        busy.countDown();
                        awaitOrSay(goOn);
                    }
                }),
                List.of(this::tell));
        teller.start();
        teller.changed("first", HealthState.UP, HealthState.DOWN);
        await().until(() -> busy.getCount() == 0);
        teller.freshness(true);
        teller.freshness(false);
        teller.freshness(true);
        for (int i = 0; i < 10_005; i++) {
            teller.changed("c" + i, HealthState.UP, HealthState.DOWN);
        }
        goOn.countDown();
        await().until(() -> told.equals(List.of("fresh")));
        teller.freshness(false);
        await().until(() -> told.equals(List.of("fresh", "stale")));
        teller.close();
    }

    @Test
    void nobodyIsToldAfterTheEnd() {
        CountDownLatch busy = new CountDownLatch(1);
        ChangeTeller teller = teller(
                List.of(
                        change -> {
                            busy.countDown();
                            awaitOrSay(new CountDownLatch(1));
                        },
                        this::tell),
                List.of(this::tell));
        teller.start();
        teller.mirror().take(snapshot(HealthState.UP));
        await().until(() -> busy.getCount() == 0);
        teller.close();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("sitemonitor-shop-amqp-remote-changes")));
        assertThat(told).containsExactly("interrupted");
    }

    private void awaitOrSay(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            told.add("interrupted");
        }
    }

    private void tell(RemoteMonitor.Change change) {
        told.add(change.check() + " " + change.to());
    }

    private void tell(RemoteMonitor.Freshness news) {
        assertThat(news.monitor()).isEqualTo("shop");
        told.add(news.fresh() ? "fresh" : "stale");
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }

    private ChangeTeller teller(Consumer<RemoteMonitor.Change> listener) {
        return teller(List.of(listener), List.of());
    }

    private ChangeTeller teller(
            List<Consumer<RemoteMonitor.Change>> changes, List<Consumer<RemoteMonitor.Freshness>> freshness) {
        return new ChangeTeller(
                LinkNames.of("shop", "remote"), "shop", 10, changes, freshness, new Link.Wiring(log, clock));
    }

    private long count(String line) {
        return said.stream().filter(line::equals).count();
    }

    private SnapshotMessage snapshot(HealthState state) {
        number++;
        return new SnapshotMessage(
                new EventOrigin("a", NOON, number),
                "shop",
                NOON,
                Duration.ofSeconds(5),
                1,
                1,
                false,
                List.of(new CheckStatus("x", state, true, NOON, List.of())));
    }

    /** Moves when told, seen by all threads. */
    private static final class Clock implements TimeSource {
        private final AtomicLong nanos = new AtomicLong();

        @Override
        public Instant now() {
            return NOON.plusNanos(nanos.get());
        }

        @Override
        public long nanos() {
            return nanos.get();
        }
    }
}
