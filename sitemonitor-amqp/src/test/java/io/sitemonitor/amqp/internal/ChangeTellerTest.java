package io.sitemonitor.amqp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.sitemonitor.amqp.message.CheckStatus;
import io.sitemonitor.amqp.message.EventOrigin;
import io.sitemonitor.amqp.message.SnapshotMessage;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
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
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            said.add(event.getFormattedMessage());
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
        ChangeTeller teller = teller((check, from, to) -> told.add(check));
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
        ChangeTeller teller = teller((check, from, to) -> {});
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
        ChangeTeller teller = teller((check, from, to) -> {
            told.add(check);
            busy.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                told.add("interrupted");
            }
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
        ChangeTeller teller = teller((check, from, to) -> {
            busy.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                told.add("interrupted");
            }
        });
        teller.start();
        teller.changed("x", HealthState.UP, HealthState.DOWN);
        await().until(() -> busy.getCount() == 0);
        teller.close();
        await().until(() -> told.equals(List.of("interrupted")));
    }

    private ChangeTeller teller(Mirror.Changes listener) {
        return new ChangeTeller(LinkNames.of("shop", "remote"), "shop", 10, listener, new Link.Wiring(log, clock));
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
