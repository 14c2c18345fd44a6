package io.sitemonitor;

import io.sitemonitor.alert.internal.Wording;
import io.sitemonitor.event.ClockStepped;
import io.sitemonitor.event.ProcessPaused;
import io.sitemonitor.schedule.internal.Timer;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Notices when the process has been standing still and when the wall clock has jumped: once a second it looks how late it
 * is itself, and how far the two clocks have moved apart. Runs that went on meanwhile may have failed for that reason. A
 * clock that is corrected little by little jumps at no moment, but what waits for a wall time has to look again as well.
 */
final class Vigil extends Timer {

    private static final long SECOND = 1_000_000_000L;

    /** How late the look may be, and how far the clocks may move apart, before it counts. */
    private static final long TOLERANCE = SECOND;

    /** How far apart the two clocks may be read to be compared, and how often to try. */
    private static final long ONE_MOMENT = SECOND / 10;

    private static final int TRIES = 10;

    /** Both clocks at one moment. */
    private record Reading(Instant wall, long nanos) {}

    private final Engine engine;
    private final TimeSource time;

    /** When the next look is due. */
    private volatile long expected;

    /** When the process last went on after a pause; before the beginning if it never paused. */
    private volatile long resumedAt;

    // touched by the loop only
    private Instant wall;
    private long nanos;
    private Duration drift = Duration.ZERO;

    Vigil(Engine engine) {
        this.engine = engine;
        this.time = engine.time();
        this.wall = time.now();
        this.nanos = time.nanos();
        this.expected = nanos + SECOND;
        this.resumedAt = nanos;
    }

    void start() {
        engine.timers().wake(this, expected);
    }

    @Override
    protected long fire(long now) {
        long late = now - expected;
        if (late < 0) {
            return expected;
        }
        if (late >= TOLERANCE) {
            resumedAt = now;
            Duration pause = Duration.ofNanos(late);
            Instant at = time.now();
            engine.help(() -> engine.publish(new ProcessPaused(engine.name(), at, pause)));
        }
        expected = now + SECOND;
        Reading reading = read();
        if (reading != null) {
            compare(reading);
        }
        return expected;
    }

    private void compare(Reading reading) {
        Instant wallNow = reading.wall();
        Duration step = step(wall, wallNow, reading.nanos() - nanos);
        wall = wallNow;
        nanos = reading.nanos();
        drift = drift.plus(step);
        if (isJump(step)) {
            engine.help(() -> engine.publish(new ClockStepped(engine.name(), wallNow, step)));
        }
        if (isJump(step) || isJump(drift)) {
            drift = Duration.ZERO;
            engine.help(engine::clockStepped);
        }
    }

    /** Reads both clocks; null if the process gets so little time that they cannot be read at one moment. */
    private @Nullable Reading read() {
        for (int i = 0; i < TRIES; i++) {
            long before = time.nanos();
            Instant read = time.now();
            if (time.nanos() - before <= ONE_MOMENT) {
                return new Reading(read, before);
            }
        }
        return null;
    }

    /** Tells why a run that failed may have failed without the target being to blame; null if there is no such reason. */
    @Nullable
    String doubt(Instant startedAt, long startedNanos, long now) {
        long late = now - expected;
        if (late >= TOLERANCE || resumedAt - startedNanos > 0) {
            return "the process stood still during the run";
        }
        Reading reading = read();
        Duration step =
                reading == null ? Duration.ZERO : step(startedAt, reading.wall(), reading.nanos() - startedNanos);
        return isJump(step) ? "the clock jumped by " + signed(step) + " during the run" : null;
    }

    private static Duration step(Instant from, Instant to, long elapsed) {
        return Duration.between(from, to).minusNanos(elapsed);
    }

    private static boolean isJump(Duration step) {
        return step.abs().compareTo(Duration.ofNanos(TOLERANCE)) >= 0;
    }

    private static String signed(Duration step) {
        return (step.isNegative() ? "-" : "+") + Wording.duration(step.abs());
    }
}
