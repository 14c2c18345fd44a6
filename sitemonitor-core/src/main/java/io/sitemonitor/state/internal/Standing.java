package io.sitemonitor.state.internal;

import io.sitemonitor.check.Verdict;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.state.Thresholds;
import io.sitemonitor.state.Transition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a check stands: its state and the streaks that may change it. Each streak counts runs in a row and stops
 * counting at its threshold, so that a check at rest always stands on the same object.
 *
 * @param state the health state
 * @param since when the state was entered
 * @param fails failed runs in a row; any run that does not fail ends the streak
 * @param troubles runs that warned or failed since the last passing run
 * @param works runs in a row that did not fail
 * @param passes passing runs in a row
 */
public record Standing(HealthState state, Instant since, Streak fails, Streak troubles, Streak works, Streak passes) {

    /**
     * Begins without any knowledge.
     *
     * @param at the present
     * @return unknown, with no streak
     */
    public static Standing unknown(Instant at) {
        return new Standing(HealthState.UNKNOWN, at, Streak.NONE, Streak.NONE, Streak.NONE, Streak.NONE);
    }

    /**
     * Takes over a state that was decided before.
     *
     * @param known the state
     * @return that state since the same time, with no streak
     */
    public Standing in(HealthState known) {
        return new Standing(known, since, Streak.NONE, Streak.NONE, Streak.NONE, Streak.NONE);
    }

    /**
     * Tells whether another run like those before changes nothing, which is what nearly all runs do.
     *
     * @param verdict what the run found
     * @param thresholds how many runs it takes
     * @return true only if {@link #after} would return this object
     */
    public boolean isAtRest(Verdict verdict, Thresholds thresholds) {
        return switch (verdict) {
            case PASS -> state == HealthState.UP && troubles.runs() == 0 && passes.runs() >= thresholds.upAfter();
            case FAIL ->
                state == HealthState.DOWN
                        && works.runs() == 0
                        && fails.runs() >= thresholds.downAfter()
                        && troubles.runs() >= thresholds.degradedAfter();
            case WARN -> false;
            case INCONCLUSIVE -> true;
        };
    }

    /**
     * Decides what a run means.
     *
     * @param verdict what the run found
     * @param startedAt when the run started
     * @param startedNanos the monotonic time of the same moment
     * @param at when the decision is made, which becomes the time of a change
     * @param thresholds how many runs it takes
     * @return where the check stands now; this object if nothing has changed
     */
    public Standing after(Verdict verdict, Instant startedAt, long startedNanos, Instant at, Thresholds thresholds) {
        if (verdict == Verdict.INCONCLUSIVE) {
            return this;
        }
        boolean failed = verdict == Verdict.FAIL;
        boolean passed = verdict == Verdict.PASS;
        Streak nextFails = failed ? fails.plus(startedAt, startedNanos, thresholds.downAfter()) : Streak.NONE;
        Streak nextTroubles = passed ? Streak.NONE : troubles.plus(startedAt, startedNanos, thresholds.degradedAfter());
        Streak nextWorks = failed ? Streak.NONE : works.plus(startedAt, startedNanos, thresholds.upAfter());
        Streak nextPasses = !passed
                ? Streak.NONE
                : passes.equals(works) ? nextWorks : passes.plus(startedAt, startedNanos, thresholds.upAfter());
        HealthState next = decide(nextFails, nextTroubles, nextWorks, nextPasses, thresholds);
        if (next == state
                && nextFails.equals(fails)
                && nextTroubles.equals(troubles)
                && nextWorks.equals(works)
                && nextPasses.equals(passes)) {
            return this;
        }
        return new Standing(next, next == state ? since : at, nextFails, nextTroubles, nextWorks, nextPasses);
    }

    private HealthState decide(
            Streak nextFails, Streak nextTroubles, Streak nextWorks, Streak nextPasses, Thresholds thresholds) {
        if (nextFails.runs() >= thresholds.downAfter()) {
            return HealthState.DOWN;
        }
        return switch (state) {
            case DOWN ->
                nextPasses.runs() >= thresholds.upAfter()
                        ? HealthState.UP
                        : nextWorks.runs() >= thresholds.upAfter() ? HealthState.DEGRADED : HealthState.DOWN;
            case DEGRADED -> nextPasses.runs() >= thresholds.upAfter() ? HealthState.UP : HealthState.DEGRADED;
            case UP -> nextTroubles.runs() >= thresholds.degradedAfter() ? HealthState.DEGRADED : HealthState.UP;
            case UNKNOWN ->
                nextPasses.runs() > 0
                        ? HealthState.UP
                        : nextTroubles.runs() >= thresholds.degradedAfter()
                                ? HealthState.DEGRADED
                                : HealthState.UNKNOWN;
        };
    }

    /**
     * Tells whether runs speak for another state, but not yet enough of them.
     *
     * @return whether a change is suspected
     */
    public boolean isUndecided() {
        return switch (state) {
            case UNKNOWN, UP -> troubles.runs() > 0;
            case DEGRADED -> fails.runs() > 0 || passes.runs() > 0;
            case DOWN -> works.runs() > 0;
        };
    }

    /**
     * Returns the change that led from an earlier standing to this one.
     *
     * @param before where the check stood before the latest run
     * @return the transition, or null if the state is the same
     */
    public @Nullable Transition transitionFrom(Standing before) {
        if (before.state == state) {
            return null;
        }
        Streak reason = reasonFor(before.state);
        Instant from = reason.startedAt();
        return new Transition(before.state, state, from == null ? since : from, since, reason.runs());
    }

    /**
     * Returns the runs that led from another state to this one.
     *
     * @param before the state before
     * @return the streak that decided
     */
    public Streak reasonFor(HealthState before) {
        return switch (state) {
            case DOWN -> fails;
            case DEGRADED -> before == HealthState.DOWN ? works : troubles;
            case UP -> before == HealthState.DOWN ? works : passes;
            case UNKNOWN -> Streak.NONE;
        };
    }

    /**
     * Forgets what earlier runs suspected, but not the state: for a check whose settings were changed or that was paused.
     *
     * @return the same state without any streak
     */
    public Standing withoutStreaks() {
        return new Standing(state, since, Streak.NONE, Streak.NONE, Streak.NONE, Streak.NONE);
    }
}
