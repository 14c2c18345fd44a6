package io.sitemonitor.schedule.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.schedule.Platform.Tick;
import io.sitemonitor.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimersTest {

    private final ManualTime time = ManualTime.startingAt(Instant.EPOCH);
    private final List<Throwable> errors = new ArrayList<>();
    private final Timers timers = new Timers(time, errors::add);
    private final List<String> fired = new ArrayList<>();

    TimersTest() {
        timers.attach(time.loop("test", timers));
    }

    @Test
    void firesInTheOrderOfTime() {
        timers.wake(once("b"), 20);
        timers.wake(once("a"), 10);
        timers.wake(once("c"), 30);
        time.advance(Duration.ofNanos(25));
        assertThat(fired).containsExactly("a@10", "b@20");
        time.advance(Duration.ofNanos(5));
        assertThat(fired).containsExactly("a@10", "b@20", "c@30");
    }

    @Test
    void movesATimerForwardButNeverBack() {
        Timer timer = once("a");
        timers.wake(timer, 50);
        timers.wake(timer, 20);
        timers.wake(timer, 90);
        time.advance(Duration.ofNanos(100));
        assertThat(fired).as("a timer that wants to come again says so itself").containsExactly("a@20");
    }

    @Test
    void aTimerThatThrowsComesBackAndHarmsNoOther() {
        Timer broken = new Timer() {
            @Override
            protected long fire(long now) {
                throw new IllegalStateException("broken");
            }
        };
        timers.wake(broken, 10);
        timers.wake(once("a"), 10);
        time.advance(Duration.ofNanos(20));
        assertThat(fired).containsExactly("a@10");
        assertThat(errors).singleElement().extracting(Throwable::getMessage).isEqualTo("broken");
        time.advance(Duration.ofSeconds(1));
        assertThat(errors).hasSize(2);
    }

    /** The heap against a list that is searched each time. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithAModelThatSearches(long seed) {
        Random random = new Random(seed);
        List<long[]> model = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        int count = 200;
        for (int i = 0; i < count; i++) {
            int interval = 1 + random.nextInt(50);
            long first = random.nextInt(100);
            model.add(new long[] {first, interval});
            timers.wake(repeating(i, interval), first);
        }
        for (long now = 0; now <= 500; now++) {
            for (long[] timer : model) {
                if (timer[0] == now) {
                    expected.add("@" + now);
                    timer[0] += timer[1];
                }
            }
        }
        time.advance(Duration.ofNanos(500));
        assertThat(fired.stream()
                        .map(entry -> entry.substring(entry.indexOf('@')))
                        .toList())
                .as("seed %d", seed)
                .isEqualTo(expected);
        assertThat(fired.stream().map(entry -> Long.valueOf(entry.substring(entry.indexOf('@') + 1))))
                .isSortedAccordingTo(Comparator.naturalOrder());
    }

    private Timer once(String name) {
        return new Timer() {
            @Override
            protected long fire(long now) {
                fired.add(name + "@" + now);
                return Tick.NEVER;
            }
        };
    }

    private Timer repeating(int number, long interval) {
        return new Timer() {
            @Override
            protected long fire(long now) {
                fired.add(number + "@" + now);
                return now + interval;
            }
        };
    }
}
