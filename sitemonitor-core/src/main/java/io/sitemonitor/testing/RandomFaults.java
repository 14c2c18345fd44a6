package io.sitemonitor.testing;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The random faults of one place: works and fails by turns, for times that are exponentially distributed (by inversion,
 * Devroye, Non-Uniform Random Variate Generation, II.2). {@link Random} and {@link StrictMath} give the same numbers on
 * every machine.
 */
final class RandomFaults {

    private static final Duration LONGEST_MEAN = Duration.ofDays(3_660);
    private static final long LONGEST = 10 * LONGEST_MEAN.toMillis(); // what is later is out of sight

    private final long seed;
    private final String name;
    private final long meanTimeBetween;
    private final long meanDuration;
    private final ManualTime time;
    private final Consumer<String> notes;
    private final Random random;
    private @Nullable CheckResult fault;
    private long count;
    private boolean ended;

    RandomFaults(
            long seed,
            String name,
            Duration meanTimeBetween,
            Duration meanDuration,
            ManualTime time,
            Consumer<String> notes) {
        this.seed = seed;
        this.name = name;
        this.meanTimeBetween = millis("meanTimeBetween", meanTimeBetween);
        this.meanDuration = millis("meanDuration", meanDuration);
        this.time = time;
        this.notes = notes;
        this.random = new Random(seed ^ (name.hashCode() * 0x9E3779B97F4A7C15L));
        after(this.meanTimeBetween, this::begin);
    }

    private static long millis(String what, Duration mean) {
        if (mean.compareTo(Duration.ofMillis(1)) < 0 || mean.compareTo(LONGEST_MEAN) > 0) {
            throw new IllegalArgumentException(
                    what + " must be from 1 ms to " + LONGEST_MEAN.toDays() + " days, but was " + mean);
        }
        return mean.toMillis();
    }

    @Nullable
    CheckResult fault() {
        return fault;
    }

    void end() {
        ended = true;
        fault = null;
    }

    private void begin() {
        count++;
        String message = "random fault " + count + " of seed " + seed;
        fault = CheckResult.fail(FailureKind.CONNECT, message);
        notes.accept(name + " fails: " + message);
        after(meanDuration, this::restore);
    }

    private void restore() {
        fault = null;
        notes.accept(name + " is restored from random fault " + count);
        after(meanTimeBetween, this::begin);
    }

    private void after(long mean, Runnable action) {
        long drawn = Math.round(-StrictMath.log(1 - random.nextDouble()) * mean);
        long millis = Math.min(Math.max(1, drawn), LONGEST);
        time.at(time.elapsed().plusMillis(millis), () -> {
            if (!ended) {
                action.run();
            }
        });
    }
}
