package io.sitemonitor;

import io.sitemonitor.breaker.internal.Breaker;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.definition.CheckSettings;
import io.sitemonitor.schedule.Platform.Tick;
import io.sitemonitor.schedule.internal.Grid;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When the next run of one check is due: on its grid, sooner while a change of state is suspected, and more rarely while
 * the target stays down. All times are monotonic. Guarded by the lock of its cell.
 */
final class CheckPace {

    private final String name;
    private final TimeSource time;
    private Grid grid;
    private long nextDue = Tick.NEVER;
    private @Nullable Breaker breaker;

    CheckPace(String name, TimeSource time, Duration interval) {
        this.name = name;
        this.time = time;
        this.grid = new Grid(0, interval.toNanos());
    }

    /** Begins at {@code first}, which becomes a line of the grid. */
    void start(long first) {
        grid = new Grid(first, grid.interval());
        nextDue = first;
    }

    /** Returns when the next run is due, or {@link Tick#NEVER}. */
    long nextDue() {
        return nextDue;
    }

    boolean isDue(long now) {
        return nextDue != Tick.NEVER && now - nextDue >= 0;
    }

    /** Counts the lines of the grid that have passed since the run was due. */
    long linesSinceDue(long now) {
        return grid.between(nextDue, now);
    }

    /** The next run is due at the next line of the grid. */
    void waitForGrid(long now) {
        nextDue = grid.after(now);
    }

    void beDue(long now) {
        nextDue = now;
    }

    /** The next run is due no later than that. */
    void beDueBy(long at) {
        if (nextDue == Tick.NEVER || at - nextDue < 0) {
            nextDue = at;
        }
    }

    /** Tells whether a target that stays down is to be left alone this time; sets the next due time then. */
    boolean isSpared(long now) {
        Breaker held = breaker;
        if (held == null || held.tryAcquire()) {
            return false;
        }
        nextDue = lineFrom(Math.max(held.trialAt(), now + 1));
        return true;
    }

    /** Sets the next due time after a run that took {@code took} nanoseconds. */
    void decided(HealthState state, boolean undecided, Verdict verdict, CheckSettings settings, long took, long now) {
        Breaker held = breakerAfter(state, verdict, settings, took);
        breaker = held;
        nextDue = grid.after(now);
        if (undecided) {
            long retry = now + settings.retryEvery().toNanos();
            nextDue = retry - nextDue < 0 ? retry : nextDue;
        } else if (held != null && held.isOpen()) {
            long trial = lineFrom(held.trialAt());
            nextDue = trial - nextDue > 0 ? trial : nextDue;
        }
    }

    /** A result came unasked: unless a change is suspected, nobody needs to ask for a whole interval. */
    void spare(long now) {
        if (nextDue == grid.after(now)) {
            nextDue = grid.after(now + grid.interval() - 1);
        }
    }

    /** Forgets how long the target has been down. */
    void forgetBreaker() {
        breaker = null;
    }

    /** Keeps the place of the grid when the interval changes. */
    void change(Duration interval) {
        grid = new Grid(grid.phase(), interval.toNanos());
        breaker = null;
    }

    /** A check that is not down has no breaker: most never need one. */
    private @Nullable Breaker breakerAfter(HealthState state, Verdict verdict, CheckSettings settings, long took) {
        Breaker held = breaker;
        if (state != HealthState.DOWN) {
            return null;
        }
        if (verdict == Verdict.FAIL) {
            Breaker failing = held == null ? new Breaker(name, settings.backOff(), 1, time) : held;
            failing.failed(took);
            return failing;
        }
        if (held != null && verdict == Verdict.INCONCLUSIVE) {
            held.release();
        } else if (held != null) {
            held.succeeded();
        }
        return held;
    }

    /** Returns the first line of the grid at a moment or after it. */
    private long lineFrom(long moment) {
        return grid.after(moment - 1);
    }
}
