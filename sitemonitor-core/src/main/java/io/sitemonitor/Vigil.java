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
 * is itself, and how far the two clocks have moved apart. Runs that went on meanwhile may have failed for that reason.
 */
final class Vigil extends Timer {

    private static final long SECOND = 1_000_000_000L;

    /** How late the look may be, and how far the clocks may move apart, before it counts. */
    private static final long TOLERANCE = SECOND;

    private final Engine engine;
    private final TimeSource time;

    /** When the next look is due. */
    private volatile long expected;

    /** When the process last went on after a pause; before the beginning if it never paused. */
    private volatile long resumedAt;

    // touched by the loop only
    private Instant wall;
    private long nanos;

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
        Instant wallNow = time.now();
        if (late >= TOLERANCE) {
            resumedAt = now;
            Duration pause = Duration.ofNanos(late);
            engine.help(() -> engine.publish(new ProcessPaused(engine.name(), wallNow, pause)));
        }
        Duration step = step(wall, wallNow, now - nanos);
        wall = wallNow;
        nanos = now;
        expected = now + SECOND;
        if (isJump(step)) {
            engine.help(() -> {
                engine.publish(new ClockStepped(engine.name(), wallNow, step));
                engine.clockStepped();
            });
        }
        return expected;
    }

    /** Tells why a run that failed may have failed without the target being to blame; null if there is no such reason. */
    @Nullable
    String doubt(Instant startedAt, long startedNanos, long now) {
        long late = now - expected;
        if (late >= TOLERANCE || resumedAt - startedNanos > 0) {
            return "the process stood still during the run";
        }
        Duration step = step(startedAt, time.now(), now - startedNanos);
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
