package io.sitemonitor;

import io.sitemonitor.check.Verdict;
import io.sitemonitor.state.HealthState;

/** §6.10: how long a target that stays down is left alone; nothing is asked of it while no trial has failed. */
final class ModelBreaker {

    private static final long MILLI = 1_000_000L;
    private static final long SLOWEST = 300_000 * MILLI;

    private int failedTrials;
    private long trialAt;

    /** The engine's breaker counts whole milliseconds, so whoever asks may be up to two of them early. */
    private long sparedUntil;

    private boolean trying;

    /** Tells whether no trial is due yet. */
    boolean spares(Step.Settings settings, long now) {
        return !trying && until(settings) != Long.MIN_VALUE && now <= sparedUntil;
    }

    /** A run begins; what is asked for by hand, or to decide a suspicion, is no trial. */
    void begins(boolean asked, boolean undecided) {
        trying = failedTrials > 0 && (trying || (!undecided && !asked)); // until a run tells something
    }

    void ended(HealthState state, Verdict verdict, Step.Settings settings, long took, long now) {
        if (state != HealthState.DOWN || verdict == Verdict.PASS || verdict == Verdict.WARN) {
            failedTrials = 0;
        } else if (verdict == Verdict.FAIL && (failedTrials == 0 || trying)) {
            failedTrials++;
            long longest = longestPause(settings);
            long pause = settings.every();
            for (int i = 1; i < failedTrials && pause < longest; i++) {
                pause *= 2;
            }
            long left = Math.max(2 * MILLI, Math.min(pause, longest) - took);
            trialAt = now + left;
            sparedUntil = now + (left / MILLI - 1) * MILLI;
        }
        trying = trying && verdict == Verdict.INCONCLUSIVE;
    }

    /** Until when the target is left alone; {@link Long#MIN_VALUE} if it is not. */
    long until(Step.Settings settings) {
        return failedTrials > 0 && longestPause(settings) > settings.every() ? trialAt : Long.MIN_VALUE;
    }

    private static long longestPause(Step.Settings settings) {
        return Math.max(settings.every(), Math.min(5 * settings.every(), SLOWEST));
    }

    void forget() {
        failedTrials = 0;
    }
}
