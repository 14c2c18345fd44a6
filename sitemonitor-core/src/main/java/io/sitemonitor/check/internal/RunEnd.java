package io.sitemonitor.check.internal;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import org.jspecify.annotations.Nullable;

/** Whether a run has to end, and what it counts as then. For the thread of the run. */
public final class RunEnd {

    private RunEnd() {}

    /**
     * Tells whether it is time to end: it is late, or was ended from outside, or its thread was interrupted.
     *
     * @param deadline the deadline of the run
     * @return whether nothing more should be begun
     */
    public static boolean isDue(Deadline deadline) {
        return deadline.isOver() || isFromOutside(deadline);
    }

    /**
     * Tells whether somebody else has ended the run: it was cancelled, or its thread was interrupted.
     *
     * @param deadline the deadline of the run
     * @return whether its result tells nothing about the target
     */
    public static boolean isFromOutside(Deadline deadline) {
        return deadline.context().isCancelled() || Thread.currentThread().isInterrupted();
    }

    /**
     * Returns what a run counts as that somebody else has ended before it was late.
     *
     * @param deadline the deadline of the run
     * @return an inconclusive result that says who has ended it; null if it is late, or need not end
     */
    public static @Nullable CheckResult fromOutside(Deadline deadline) {
        if (deadline.isOver()) {
            return null;
        }
        if (deadline.context().isCancelled()) {
            return CheckResult.inconclusive("the run was ended from outside");
        }
        return Thread.currentThread().isInterrupted() ? CheckResult.inconclusive("the run was interrupted") : null;
    }

    /**
     * Returns what a run counts as that has to end.
     *
     * @param deadline the deadline of the run
     * @param late what to say if it is late, such as {@code no answer within 5 s}
     * @return {@code TIMEOUT} if it is late, otherwise an inconclusive result that says who has ended it
     */
    public static CheckResult result(Deadline deadline, String late) {
        CheckResult outside = fromOutside(deadline);
        return outside == null ? CheckResult.fail(FailureKind.TIMEOUT, late) : outside;
    }
}
